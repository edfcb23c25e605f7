import { isEqual } from '../../document/equality'
import type { Rect } from '../../geometry'
import { createRgba, type RgbaImage } from '../raster'

type Pixels = Pick<RgbaImage, 'width' | 'height' | 'data'>

/** Converts each pixel by itself: the same value comes to the same value everywhere. */
export type ConvertPixels = (image: RgbaImage) => Pixels

/** Pixels of a row of what is converted anew. */
const ROW = 1024

/**
 * The frames of a drag in the colours of the screen. A pixel that is as it was in the frame before is not converted again:
 * of a rim that moves only the rim is.
 */
export class FrameColors {
  private last: { readonly at: Rect; readonly own: Uint32Array; readonly shown: Uint32Array } | null = null

  /**
   * @param at where the frame lies, image px; of another place all is converted
   * @returns what `convert` makes of the frame
   */
  shown(frame: RgbaImage, at: Rect, convert: ConvertPixels): Pixels {
    const { width, height } = frame
    const own = wordsOf(frame)
    const { last } = this
    const isKnown = last !== null && last.own.length === own.length && isEqual(last.at, at)
    const shown = isKnown ? changed(frame, own, last, convert) : wordsOf(convert(frame))
    this.last = { at, own, shown }
    return { width, height, data: new Uint8ClampedArray(shown.buffer, shown.byteOffset, shown.byteLength) }
  }
}

/** The last frame's colours, with those that differ converted: in rows, as one picture. */
function changed(
  frame: RgbaImage,
  own: Uint32Array,
  last: { readonly own: Uint32Array; readonly shown: Uint32Array },
  convert: ConvertPixels,
): Uint32Array<ArrayBuffer> {
  let count = 0
  for (let i = 0; i < own.length; i++) if (own[i] !== last.own[i]) count++
  // Sorting them out would cost more than it saves.
  if (2 * count > own.length) return wordsOf(convert(frame))
  const shown = Uint32Array.from(last.shown)
  if (count === 0) return shown
  const some = createRgba(ROW, Math.ceil(count / ROW), frame.profile)
  const from = wordsOf(some)
  let at = 0
  for (let i = 0; i < own.length; i++) if (own[i] !== last.own[i]) from[at++] = own[i]
  const to = wordsOf(convert(some))
  at = 0
  for (let i = 0; i < own.length; i++) if (own[i] !== last.own[i]) shown[i] = to[at++]
  return shown
}

function wordsOf({ data }: Pixels): Uint32Array<ArrayBuffer> {
  return new Uint32Array(data.buffer, data.byteOffset, data.length / 4)
}
