import type { Size } from '../../geometry'

/** How a PNG stores its pixels. */
export interface PngPixels extends Size {
  /** Bits per sample. */
  readonly depth: number
  /** 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha. */
  readonly colorType: number
  readonly interlaced: boolean
  /** Three bytes a colour. */
  readonly palette: Uint8Array | null
  /** Alpha by palette index, or the one colour that is transparent. */
  readonly transparency: Uint8Array | null
}

/**
 * Writes a row's pixels.
 * @param line the unfiltered row, behind one byte
 * @param out RGBA, 8 bits
 * @param at of the first pixel in `out`
 * @param stride from pixel to pixel in `out`, bytes
 */
export type RowWriter = (
  line: Uint8Array,
  width: number,
  out: Uint8ClampedArray,
  at: number,
  stride: number,
) => void

/** @returns the writer for a way of storing pixels */
export function rowWriter(pixels: PngPixels): RowWriter {
  const { depth, colorType } = pixels
  if (colorType === 3 || (colorType === 0 && depth <= 8)) return tableWriter(pixels)
  return depth === 16 ? wideWriter(pixels) : byteWriter(pixels)
}

/** Palettes and grey up to 8 bits: one sample a pixel, looked up. */
function tableWriter({ depth, colorType, palette, transparency }: PngPixels): RowWriter {
  const colors = new Uint8Array(256 * 4)
  const max = 2 ** depth - 1
  const clear = transparency && transparency.length >= 2 ? transparency[0] * 256 + transparency[1] : -1
  for (let i = 0; i < 256; i++) {
    const value = colorType === 3 ? null : Math.round((Math.min(i, max) * 255) / max)
    for (let c = 0; c < 3; c++) colors[i * 4 + c] = value ?? palette?.[i * 3 + c] ?? 0
    colors[i * 4 + 3] = colorType === 3 ? (transparency?.[i] ?? 255) : i === clear ? 0 : 255
  }
  return (line, width, out, start, stride) => {
    let at = start
    for (let x = 0; x < width; x++) {
      const bit = x * depth
      const sample = (line[1 + (bit >> 3)] >> (8 - depth - (bit & 7))) & max
      for (let c = 0; c < 4; c++) out[at + c] = colors[sample * 4 + c]
      at += stride
    }
  }
}

/** RGB and alpha of 8 bits. */
function byteWriter({ colorType, transparency }: PngPixels): RowWriter {
  const gray = colorType === 4
  const step = gray ? 2 : colorType === 6 ? 4 : 3
  const clear = colorType === 2 && transparency && transparency.length >= 6 ? transparency : null
  return (line, width, out, start, stride) => {
    let at = start
    for (let i = 1, x = 0; x < width; x++, i += step) {
      out[at] = line[i]
      out[at + 1] = line[gray ? i : i + 1]
      out[at + 2] = line[gray ? i : i + 2]
      const isClear =
        clear !== null && line[i] === clear[1] && line[i + 1] === clear[3] && line[i + 2] === clear[5]
      out[at + 3] = step === 3 ? (isClear ? 0 : 255) : line[i + step - 1]
      at += stride
    }
  }
}

/** Samples of 16 bits, rounded to 8; one colour is transparent by all its 16 bits. */
function wideWriter({ colorType, transparency }: PngPixels): RowWriter {
  const gray = colorType === 0 || colorType === 4
  const colors = gray ? 1 : 3
  const hasAlpha = colorType === 4 || colorType === 6
  const step = 2 * (colors + (hasAlpha ? 1 : 0))
  const clear = !hasAlpha && transparency && transparency.length >= 2 * colors ? transparency : null
  return (line, width, out, start, stride) => {
    let at = start
    for (let i = 1, x = 0; x < width; x++, i += step) {
      for (let c = 0; c < 3; c++) out[at + c] = rounded(line, gray ? i : i + 2 * c)
      let isClear = clear !== null
      for (let k = 0; isClear && k < 2 * colors; k++) isClear = line[i + k] === clear?.[k]
      out[at + 3] = hasAlpha ? rounded(line, i + 2 * colors) : isClear ? 0 : 255
      at += stride
    }
  }
}

function rounded(line: Uint8Array, at: number): number {
  return ((line[at] * 256 + line[at + 1]) * 255 + 32895) >> 16
}
