import type { Size } from '../../core/geometry'
import { createGray, createRgba, type GrayImage, type RgbaImage } from '../../core/image/raster'
import { simdCore } from '../simd/simdCore'
import { patchMatchFill } from './patchMatchFill'

/** What a fill is judged with: no law holds for one lucky seed. */
export const SEEDS = [1, 2, 77, 5, 9]
export const QUALITIES = ['standard', 'best'] as const

export type Shade = (x: number, y: number) => readonly number[]

/** @param grain added to each channel of a pixel, levels */
export function drawScene({ width, height }: Size, shade: Shade, grain?: Int32Array): RgbaImage {
  const image = createRgba(width, height)
  for (let p = 0; p < width * height; p++) {
    const color = shade(p % width, Math.floor(p / width))
    image.data.set([...color.map((value) => value + (grain?.[p] ?? 0)), 255], p * 4)
  }
  return image
}

export function maskWhere({ width, height }: Size, inside: (x: number, y: number) => boolean): GrayImage {
  const mask = createGray(width, height)
  for (let p = 0; p < mask.data.length; p++) if (inside(p % width, Math.floor(p / width))) mask.data[p] = 255
  return mask
}

/** The picture without what the mask covers: a fill that looks there shows magenta. */
export function withoutHole(image: RgbaImage, mask: GrayImage): RgbaImage {
  const data = image.data.slice()
  for (let p = 0; p < mask.data.length; p++) if (mask.data[p]) data.set([255, 0, 255, 255], p * 4)
  return { ...image, data }
}

/** A fill with each seed and quality. */
export async function* fillings(image: RgbaImage, mask: GrayImage) {
  const engine = patchMatchFill(simdCore)
  for (const quality of QUALITIES)
    for (const seed of SEEDS)
      yield await engine.run({ image: withoutHole(image, mask), mask, seed, quality, patchSide: 7 }, () => {})
}
