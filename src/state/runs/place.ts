import type { RgbaImage } from '../../core/image/raster'
import type { Mask } from '../../core/mask/mask'
import { type OutputPlace, placeRect } from '../../core/run/placeOutput'
import type { Ports } from '../ports'
import type { SourceImage } from '../session/source'
import { readBands } from './readBands'

/** What an answer is put into. */
export interface PlaceTarget extends OutputPlace {
  readonly source: SourceImage
  /** null where the model painted by itself. */
  readonly mask: Mask | null
}

/**
 * Puts an answer into a picture: the page's thread only copies, in bands, what a worker then blends.
 * @param answer its pixels are gone afterwards
 * @param isDrawn false where only the pixels are wanted: the bitmaps that draw them take as much memory
 * @throws AppError where the worker fails
 */
export async function placeAnswer(
  ports: Pick<Ports, 'codec' | 'page'>,
  answer: RgbaImage,
  { source, mask, frame, region, sent }: PlaceTarget,
  isDrawn: boolean,
): ReturnType<Ports['codec']['place']> {
  const place = { frame, region, sent }
  const read = await readBands(source, mask, frame, placeRect(place), ports.page.nextTask)
  return ports.codec.place({ ...place, answer, ...read }, isDrawn)
}
