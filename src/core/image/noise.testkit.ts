import fc from 'fast-check'
import { createRgba, type RgbaImage } from './raster'

/** An alpha of 0, over colours that are hidden then, of 255 and between. */
export const anyAlpha = (byte: number) => (byte < 100 ? 0 : byte < 180 ? 255 : byte)

/** Bytes of any value. @param alphaOf the alpha that a random byte makes; opaque without it */
export function noise(
  width: number,
  height: number,
  seed: number,
  alphaOf: (byte: number) => number = () => 255,
): RgbaImage {
  const image = createRgba(width, height)
  let state = seed | 1
  for (let i = 0; i < image.data.length; i++) {
    state = Math.imul(state, 1664525) + 1013904223
    const byte = state >>> 24
    image.data[i] = i % 4 === 3 ? alphaOf(byte) : byte
  }
  return image
}

/** A width or a height, px. */
export const side = fc.integer({ min: 1, max: 60 })
