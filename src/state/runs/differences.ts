import { movedRect, type Rect, rectOf } from '../../core/geometry'
import { bandsOf } from '../../core/image/bands'
import { createRgba, cropRgba, pasteInto, type RgbaImage } from '../../core/image/raster'
import { MAX_FULL_PIXELS } from '../../core/image/seenPart'
import type { Ports } from '../ports'
import { readPicture } from '../session/patches'
import type { SourceImage } from '../session/source'
import { readBands } from './readBands'
import type { ReadyOutput } from './runs'
import { createTurns } from './turns'

export interface Differences {
  /**
   * A heat map over all of an output, of `MAX_FULL_PIXELS` at most. One after the other: each needs the output's pixels.
   * @throws AppError where they are gone from disk, or the worker fails
   */
  whole(source: SourceImage, output: ReadyOutput): Promise<RgbaImage>
}

/** True where each pixel of an output is one of the picture's. */
export function hasOwnPixels({ crop, rect }: ReadyOutput): boolean {
  return crop.width === rect.width && crop.height === rect.height
}

export function createDifferences({ codec, page }: Pick<Ports, 'codec' | 'page'>): Differences {
  const inTurn = createTurns()

  /** A copy, made in bands. */
  const copyOf = async (image: RgbaImage): Promise<RgbaImage> => {
    const out = createRgba(image.width, image.height, image.profile)
    for (const band of bandsOf(rectOf(image))) {
      await page.nextTask()
      pasteInto(out, cropRgba(image, band), 0, band.y)
    }
    return out
  }

  const make = async (source: SourceImage, output: ReadyOutput): Promise<RgbaImage> => {
    const { crop, rect } = output
    const side = sideOf(crop)
    const pixels = await crop.read()
    if (!hasOwnPixels(output)) {
      const { before } = await readBands(source, null, rect, rect, page.nextTask)
      return codec.difference(before, await copyOf(pixels), side)
    }
    const out = createRgba(Math.ceil(crop.width / side), Math.ceil(crop.height / side))
    for (const band of bandsIn(crop, side)) {
      await page.nextTask()
      const before = readPicture(source, movedRect(band, rect.x, rect.y))
      pasteInto(out, await codec.difference(before, cropRgba(pixels, band), side), 0, band.y / side)
    }
    return out
  }

  return { whole: (source, output) => inTurn(() => make(source, output)) }
}

/** Of the squares that a pixel of the map stands for, px. */
function sideOf({ width, height }: Pick<RgbaImage, 'width' | 'height'>): number {
  let side = 1
  while (Math.ceil(width / side) * Math.ceil(height / side) > MAX_FULL_PIXELS) side *= 2
  return side
}

/** Bands of whole rows of squares. */
function bandsIn({ width, height }: Pick<RgbaImage, 'width' | 'height'>, side: number): Rect[] {
  const rows = bandsOf({ x: 0, y: 0, width: width * side, height: Math.ceil(height / side) })
  return rows.map(({ y, height: count }) => {
    const top = y * side
    return { x: 0, y: top, width, height: Math.min(count * side, height - top) }
  })
}
