import type { Rect } from '../../core/geometry'
import { type GrayImage, createGray, createRgba, type RgbaImage, pasteInto } from '../../core/image/raster'
import { type Mask, readMask } from '../../core/mask/mask'
import { type OutputPlace, placeRect } from '../../core/run/placeOutput'
import type { Ports } from '../ports'
import { readPicture } from '../session/patches'
import { baseOf, pictureSize, type SourceImage } from '../session/source'

/** Pixels that are copied in one task: a few ms. */
const BAND_PIXELS = 2_000_000

/** What an answer is put into. */
export interface PlaceTarget extends Omit<OutputPlace, 'picture'> {
  readonly source: SourceImage
  /** null where the model painted by itself. */
  readonly mask: Mask | null
}

/**
 * Puts an answer into a picture: the page's thread only copies, in bands, what a worker then blends.
 * @param answer its pixels are gone afterwards
 * @throws AppError where the worker fails
 */
export async function placeAnswer(
  codec: Pick<Ports['codec'], 'place'>,
  answer: RgbaImage,
  { source, mask, frame, region }: PlaceTarget,
): ReturnType<Ports['codec']['place']> {
  const place = { picture: pictureSize(source), frame, region }
  return codec.place({ ...place, answer, ...(await readBands(source, mask, placeRect(place))) })
}

/** A copy of a part of the picture and of the mask over it, made in bands. @param rect inside the picture, px of it */
export async function readBands(
  source: SourceImage,
  mask: Mask | null,
  rect: Rect,
): Promise<{ before: RgbaImage; coverage: GrayImage | null }> {
  const { x, y, width, height } = rect
  const before = createRgba(width, height, baseOf(source).pixels.profile)
  const coverage = mask && createGray(width, height)
  const rows = Math.max(1, Math.floor(BAND_PIXELS / Math.max(1, width)))
  for (let top = 0; top < height; top += rows) {
    if (top > 0) await nextTask()
    const band = { x, y: y + top, width, height: Math.min(rows, height - top) }
    pasteInto(before, readPicture(source, band), 0, top)
    if (mask) coverage?.data.set(readMask(mask, band).data, top * width)
  }
  return { before, coverage }
}

/** Lets the page draw and take input. A timer would take a second or more in a tab that is not seen. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      port1.close()
      resolve()
    })
    port1.start()
    port2.postMessage(null)
  })
}
