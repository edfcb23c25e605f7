import { encode } from 'fast-png'
import { createRgba, type GrayImage, overlayRgba, type RgbaImage } from '../../src/core/image/raster'
import { resampleRgba } from '../../src/core/image/resample'
import type { BenchCase } from './bench'

const CELL = 96
const GAP = 4
/** One for each mask of the bench. */
const COLUMNS = 9

/** The picture with its mask in red over it. */
function masked(image: RgbaImage, { data: mask }: GrayImage): RgbaImage {
  const data = new Uint8ClampedArray(image.data)
  for (let p = 0; p < mask.length; p++) if (mask[p]) data.set([230, 40, 60, 255], p * 4)
  return { ...image, data }
}

function blank(width: number, height: number): RgbaImage {
  const sheet = createRgba(width, height)
  sheet.data.fill(255)
  return sheet
}

function png({ width, height, data }: RgbaImage): Uint8Array {
  const rgb = new Uint8Array(width * height * 3)
  for (let p = 0; p < width * height; p++) rgb.set(data.subarray(p * 4, p * 4 + 3), p * 3)
  return encode({ width, height, data: rgb, channels: 3, depth: 8 })
}

/** The original, the masked picture and the fill, side by side. */
export function triplet({ truth, mask, filled }: BenchCase): Uint8Array {
  const side = 320
  let sheet = blank(3 * side + 2 * GAP, side)
  for (const [k, picture] of [truth, masked(truth, mask), filled].entries())
    sheet = overlayRgba(sheet, resampleRgba(picture, side, side), k * (side + GAP), 0)
  return png(sheet)
}

/** All cases: the masked picture above its fill. */
export function contactSheet(cases: readonly BenchCase[]): Uint8Array {
  const rows = Math.ceil(cases.length / COLUMNS)
  const [width, height] = [COLUMNS * (CELL + GAP), rows * (2 * CELL + 3 * GAP)]
  let sheet = blank(width, height)
  for (const [k, { truth, mask, filled }] of cases.entries()) {
    const [x, y] = [(k % COLUMNS) * (CELL + GAP), Math.floor(k / COLUMNS) * (2 * CELL + 3 * GAP)]
    sheet = overlayRgba(sheet, resampleRgba(masked(truth, mask), CELL, CELL), x, y)
    sheet = overlayRgba(sheet, resampleRgba(filled, CELL, CELL), x, y + CELL + GAP)
  }
  return png(sheet)
}
