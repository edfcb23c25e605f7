import fc from 'fast-check'
import type { RgbaImage } from '../image/raster'
import type { PixelsOf } from './composeRegion'
import type { Patch } from './document'
import { patch } from './document.testkit'
import { anyAlpha, noise } from '../image/noise.testkit'

export const CANVAS = { x: 0, y: 0, width: 90, height: 70 }
export const BASE = {
  key: 'base',
  name: 'base.png',
  width: 90,
  height: 70,
  link: { kind: 'sample', id: 's' },
} as const

/** The base and each patch, as pixels of their own. @param alpha of every pixel; any without it */
export function pixelsOf(patches: readonly Patch[], alpha?: number): PixelsOf {
  const alphaOf = alpha === undefined ? anyAlpha : () => alpha
  const base = noise(BASE.width, BASE.height, 77, alphaOf)
  const made = new Map(
    patches.map(({ pixels, rect }, i) => [pixels, noise(rect.width, rect.height, i + 5, alphaOf)]),
  )
  return (key) => (key === BASE.key ? base : made.get(key)!)
}

/** Up to four patches on the canvas. */
export const patches = fc.array(patch(CANVAS), { maxLength: 4 })

export function sameBytes(a: RgbaImage, b: RgbaImage): boolean {
  return a.width === b.width && Buffer.from(a.data.buffer).equals(Buffer.from(b.data.buffer))
}
