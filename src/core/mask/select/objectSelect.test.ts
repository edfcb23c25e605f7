import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRgba, cropRgba, type RgbaImage } from '../../image/raster'
import { minCut } from './minCut'
import { type ObjectSelection, selectObject } from './objectSelect'

const DX = [1, -1, 0, 0, 1, -1, 1, -1]
const DY = [0, 0, 1, -1, 1, -1, -1, 1]

describe('minCut', () => {
  it('is as cheap as the cheapest of all cuts', () => {
    const graph = fc.record({
      width: fc.integer({ min: 1, max: 4 }),
      height: fc.integer({ min: 1, max: 3 }),
      bias: fc.array(fc.integer({ min: -10, max: 10 }), { minLength: 12, maxLength: 12 }),
      weights: fc.array(fc.nat(8), { minLength: 96, maxLength: 96 }),
    })
    fc.assert(
      fc.property(graph, ({ width, height, bias, weights }) => {
        const count = width * height
        const neighbors = new Int32Array(8 * count).fill(-1)
        const capacity = new Float32Array(8 * count)
        for (let p = 0; p < count; p++) {
          for (let d = 0; d < 8; d++) {
            const x = (p % width) + DX[d]
            const y = Math.floor(p / width) + DY[d]
            if (x < 0 || y < 0 || x >= width || y >= height) continue
            neighbors[8 * p + d] = y * width + x
            capacity[8 * p + d] = weights[8 * p + d]
          }
        }
        const costs = capacity.slice()
        const cost = (onSource: (p: number) => boolean) => {
          let sum = 0
          for (let p = 0; p < count; p++) {
            if (onSource(p) ? bias[p] < 0 : bias[p] > 0) sum += Math.abs(bias[p])
            for (let d = 0; d < 8; d++) {
              const q = neighbors[8 * p + d]
              if (q >= 0 && onSource(p) && !onSource(q)) sum += costs[8 * p + d]
            }
          }
          return sum
        }
        let cheapest = Infinity
        for (let set = 0; set < 1 << count; set++)
          cheapest = Math.min(
            cheapest,
            cost((p) => ((set >> p) & 1) === 1),
          )
        const terminal = Float32Array.from(bias.slice(0, count))
        const found = minCut({ count, neighbors, capacity, terminal })
        expect(cost((p) => found[p] === 1)).toBe(cheapest)
      }),
      { numRuns: 150 },
    )
  })
})

/** A wavy blob with stripes on a noisy ground that gets darker to one side. */
function scene(seed: number): {
  picture: RgbaImage
  inside: (x: number, y: number) => boolean
  edge: (a: number) => number
} {
  const picture = createRgba(620, 460)
  let state = seed | 1
  const noise = () => {
    state = Math.imul(state, 1664525) + 1013904223
    return ((state >>> 16) & 15) - 8
  }
  const edge = (angle: number) => 120 + 30 * Math.sin(3 * angle + seed) + 12 * Math.cos(7 * angle)
  const inside = (x: number, y: number) => Math.hypot(x - 300, y - 230) < edge(Math.atan2(y - 230, x - 300))
  for (let y = 0; y < 460; y++) {
    for (let x = 0; x < 620; x++) {
      const n = noise()
      const ground = 205 - x / 20
      const stripe = ((x >> 4) & 1) * 30
      picture.data.set(
        inside(x + 0.5, y + 0.5)
          ? [140 + stripe + n, 70 + n, 60 + n, 255]
          : [ground + n, ground + n, ground + n, 255],
        4 * (y * 620 + x),
      )
    }
  }
  return { picture, inside, edge }
}

/** Intersection over union, 0..1. */
function overlap({ rect, image }: ObjectSelection, inside: (x: number, y: number) => boolean): number {
  let both = 0
  let either = 0
  for (let y = 0; y < 460; y++) {
    for (let x = 0; x < 620; x++) {
      const ix = x - rect.x
      const iy = y - rect.y
      const inRect = ix >= 0 && iy >= 0 && ix < rect.width && iy < rect.height
      const found = inRect && image.data[iy * rect.width + ix] >= 128
      const wanted = inside(x + 0.5, y + 0.5)
      if (found && wanted) both++
      if (found || wanted) either++
    }
  }
  return both / either
}

describe('selecting an object', () => {
  for (const seed of [1, 2, 3]) {
    it(`snaps a rough loop to the edges of an object on plain ground (${seed})`, () => {
      const { picture, inside, edge } = scene(seed)
      // Up to a seventh too wide, and here and there inside the edge.
      const loop = Array.from({ length: 40 }, (_, k) => {
        const angle = (k / 40) * 2 * Math.PI
        const radius = edge(angle) * (1.06 + 0.08 * Math.sin(5 * angle + seed))
        return { x: 300 + radius * Math.cos(angle), y: 230 + radius * Math.sin(angle) }
      })
      expect(overlap(selectObject(picture, loop), inside)).toBeGreaterThan(0.97)
    })

    it(`finds the whole object from a click (${seed})`, () => {
      const { picture, inside } = scene(seed)
      expect(overlap(selectObject(picture, [{ x: 300, y: 230 }]), inside)).toBeGreaterThan(0.97)
    })
  }

  it('stays within the picture, whatever the loop', () => {
    const picture = cropRgba(scene(5).picture, { x: 140, y: 80, width: 310, height: 230 })
    const point = fc.record({
      x: fc.integer({ min: -100, max: 400 }),
      y: fc.integer({ min: -100, max: 350 }),
    })
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 8 }), (outline) => {
        const { rect, image } = selectObject(picture, outline)
        expect(rect.x >= 0 && rect.y >= 0 && rect.x + rect.width <= 310 && rect.y + rect.height <= 230).toBe(
          true,
        )
        expect(image.data.length).toBe(rect.width * rect.height)
      }),
      { numRuns: 25 },
    )
  })
})
