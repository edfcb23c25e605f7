import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Random } from '../random'
import type { Level } from './level'
import { halveLevel, writeTexture } from './pyramid'

/** Any colours, with pixels that are holes, known or neither: of these, in blocks as well as alone. */
const levels = fc
  .record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 40 }),
    block: fc.integer({ min: 1, max: 8 }),
    unknown: fc.integer({ min: 0, max: 6 }),
    seed: fc.integer({ min: 0, max: 1e6 }),
  })
  .map(({ width, height, block, unknown, seed }): Level => {
    const random = new Random(seed)
    const color = Int32Array.from({ length: width * height }, () => random.below(2 ** 24))
    const kinds = Array.from({ length: 1600 }, () => random.below(10))
    const known = new Uint8Array(width * height)
    const hole = new Uint8Array(width * height)
    for (let p = 0; p < known.length; p++) {
      const kind = kinds[Math.floor((p % width) / block) + 40 * Math.floor(p / width / block)]
      if (kind >= unknown) known[p] = 1
      else if (kind % 2 === 0) hole[p] = 1
    }
    return { width, height, color, hole, known, source: known }
  })

it('a pixel of the half-size level is the binomial mean of the known ones around its children', () => {
  fc.assert(
    fc.property(levels, (level) => {
      const { width, height, color, known, hole } = level
      const half = halveLevel(level)
      expect([half.width, half.height]).toEqual([Math.ceil(width / 2), Math.ceil(height / 2)])
      const expected: { known: number; hole: number; color: number }[] = []
      for (let y = 0; y < half.height; y++) {
        for (let x = 0; x < half.width; x++) {
          const sums = [0, 0, 0, 0]
          const children = { known: 0, hole: 0, all: 0 }
          for (let j = Math.max(0, 2 * y - 1); j < Math.min(height, 2 * y + 3); j++) {
            for (let i = Math.max(0, 2 * x - 1); i < Math.min(width, 2 * x + 3); i++) {
              const p = j * width + i
              const isChild = j >> 1 === y && i >> 1 === x
              if (isChild) {
                children.all++
                children.known += known[p]
                children.hole += hole[p]
              }
              if (!known[p]) continue
              const weight = (i >> 1 === x ? 3 : 1) * (j >> 1 === y ? 3 : 1)
              for (let c = 0; c < 3; c++) sums[c] += weight * ((color[p] >>> (8 * c)) & 255)
              sums[3] += weight
            }
          }
          const [red, green, blue] = sums.map((sum) => Math.round(sum / sums[3]))
          const isKnown = children.known > 0
          expected.push({
            known: isKnown ? 1 : 0,
            hole: !isKnown && children.hole === children.all ? 1 : 0,
            color: isKnown ? red | (green << 8) | (blue << 16) : 0,
          })
        }
      }
      for (const part of ['known', 'hole', 'color'] as const)
        expect([...half[part]]).toEqual(expected.map((pixel) => pixel[part]))
    }),
    { numRuns: 60 },
  )
})

/** The gradient of brightness at a pixel, eighths of a level; undefined where what it takes is not known. */
function gradientAt({ width, height, color, known }: Level, x: number, y: number): number | undefined {
  const p = y * width + x
  if (x + 1 >= width || y + 1 >= height) return undefined
  if (!known[p] || !known[p + 1] || !known[p + width]) return undefined
  const light = (at: number) => (color[at] & 255) + 2 * ((color[at] >>> 8) & 255) + ((color[at] >>> 16) & 255)
  return Math.abs(light(p + 1) - light(p)) + Math.abs(light(p + width) - light(p))
}

it('the texture of a known pixel is the mean gradient within 4 px of it', () => {
  fc.assert(
    fc.property(levels, fc.constantFrom(1, 4), (level, gain) => {
      const { width, height, known } = level
      const expected = level.color.slice()
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const gradients: number[] = []
          for (let j = Math.max(0, y - 4); j <= y + 4; j++)
            for (let i = Math.max(0, x - 4); i <= x + 4; i++) gradients.push(gradientAt(level, i, j) ?? -1)
          const there = gradients.filter((value) => value >= 0)
          const mean = there.reduce((sum, value) => sum + value, 0) / Math.max(1, there.length)
          const p = y * width + x
          const texture = known[p] ? Math.min(255, Math.round((gain * mean) / 8)) : 0
          expected[p] = (expected[p] & 0xffffff) | (texture << 24)
        }
      }
      writeTexture(level, gain)
      expect([...level.color]).toEqual([...expected])
    }),
    { numRuns: 40 },
  )
})
