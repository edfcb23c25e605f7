import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGray, createRgba, type GrayImage } from '../../image/raster'
import { selectByColor } from '../select/colorSelect'
import { decodeRuns, encodeRuns } from '../raster/maskRuns'
import { feather, fillHoles, grow, removeSpecks, shrink } from './morphology'

/** Random blobs of full coverage. */
const blobs: fc.Arbitrary<GrayImage> = fc
  .record({
    width: fc.integer({ min: 8, max: 70 }),
    height: fc.integer({ min: 8, max: 60 }),
    boxes: fc.array(fc.tuple(fc.nat(70), fc.nat(60), fc.integer({ min: 1, max: 20 })), {
      minLength: 1,
      maxLength: 5,
    }),
  })
  .map(({ width, height, boxes }) => {
    const image = createGray(width, height)
    for (const [x0, y0, side] of boxes) {
      for (let y = y0 % height; y < Math.min(height, (y0 % height) + side); y++) {
        for (let x = x0 % width; x < Math.min(width, (x0 % width) + side); x++)
          image.data[y * width + x] = 255
      }
    }
    return image
  })

/** Distance to the nearest pixel inside, the slow way. */
function slowDistance(image: GrayImage, x: number, y: number): number {
  let best = Infinity
  for (let p = 0; p < image.data.length; p++) {
    if (image.data[p] < 128) continue
    best = Math.min(best, Math.hypot((p % image.width) - x, Math.floor(p / image.width) - y))
  }
  return best
}

describe('grow and shrink', () => {
  it('grow covers what is within the radius, and nothing a pixel further', () => {
    fc.assert(
      fc.property(blobs, fc.integer({ min: 1, max: 12 }), (image, radius) => {
        const grown = grow(image, radius)
        for (let p = 0; p < grown.data.length; p++) {
          const d = slowDistance(image, p % image.width, Math.floor(p / image.width))
          if (d <= radius - 0.5 && grown.data[p] !== 255) return false
          if (d >= radius + 0.51 && grown.data[p] !== 0) return false
        }
        return true
      }),
      { numRuns: 25 },
    )
  })

  it('contain: shrunk <= mask <= grown, and growing then shrinking keeps the mask', () => {
    fc.assert(
      fc.property(blobs, fc.integer({ min: 1, max: 10 }), (image, radius) => {
        const grown = grow(image, radius)
        const shrunk = shrink(image, radius)
        const closed = shrink(grown, radius)
        for (let p = 0; p < image.data.length; p++) {
          if (shrunk.data[p] > image.data[p] || image.data[p] > grown.data[p]) return false
          if (image.data[p] === 255 && closed.data[p] < 128) return false
        }
        return true
      }),
      { numRuns: 60 },
    )
  })

  it('shrink is grow of what is not masked', () => {
    fc.assert(
      fc.property(blobs, fc.integer({ min: 1, max: 10 }), (image, radius) => {
        const inverted = { ...image, data: image.data.map((value) => 255 - value) }
        const other = grow(inverted, radius).data.map((value) => 255 - value)
        return Buffer.compare(other, shrink(image, radius).data) === 0
      }),
      { numRuns: 40 },
    )
  })
})

describe('grow and shrink of crisp edges', () => {
  /** A square of 255 from 20 to 40. */
  const square = () => {
    const image = createGray(60, 60)
    for (let y = 20; y < 40; y++) image.data.fill(255, y * 60 + 20, y * 60 + 40)
    return image
  }
  const rowOf = (data: Uint8Array) => [...data.subarray(30 * 60, 31 * 60)]

  it.each([1, 2, 3, 12])('by %d px move the edge by exactly that and leave it crisp', (radius) => {
    const line = (from: number, to: number) =>
      Array.from({ length: 60 }, (_, x) => (x >= from && x < to ? 255 : 0))
    expect(rowOf(grow(square(), radius, true).data)).toEqual(line(20 - radius, 40 + radius))
    if (radius < 10) {
      expect(rowOf(shrink(square(), radius, true).data)).toEqual(line(20 + radius, 40 - radius))
    }
    for (const { data } of [grow(square(), radius, true), shrink(square(), radius, true)]) {
      expect(data.every((value) => value === 0 || value === 255)).toBe(true)
    }
  })

  it('take every pixel within the radius, of any shape of 0 and 255', () => {
    fc.assert(
      fc.property(blobs, fc.integer({ min: 1, max: 6 }), (image, radius) => {
        const hard = { ...image, data: image.data.map((value) => (value >= 128 ? 255 : 0)) }
        const { width, height } = image
        const { data } = grow(hard, radius, true)
        for (let p = 0; p < data.length; p++) {
          const x = p % width
          const y = Math.floor(p / width)
          let near = false
          for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++)
            for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++)
              if ((u - x) ** 2 + (v - y) ** 2 <= radius * radius) near ||= hard.data[v * width + u] === 255
          if (data[p] !== (near ? 255 : 0)) return false
        }
        return true
      }),
      { numRuns: 30 },
    )
  })

  it('smooth an edge that is soft, as before', () => {
    const soft = feather(square(), 4)
    expect(Buffer.compare(grow(soft, 3, true).data, grow(soft, 3).data)).toBe(0)
  })
})

describe('feather', () => {
  it('makes a monotone ramp across an edge, and keeps 0 and 255 beyond it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (radius) => {
        const image = createGray(200, 9)
        for (let y = 0; y < 9; y++) image.data.fill(255, y * 200 + 100, (y + 1) * 200)
        const row = feather(image, radius).data.subarray(4 * 200, 5 * 200)
        for (let x = 1; x < 200; x++) if (row[x] < row[x - 1]) return false
        return row[99 - radius] === 0 && row[100 + radius] === 255 && row[99] > 60 && row[99] < 195
      }),
      { numRuns: 40 },
    )
  })
})

describe('holes and specks', () => {
  it('a ring is filled, what is open is not', () => {
    const ring = createGray(40, 40)
    for (let p = 0; p < 1600; p++) {
      const d = Math.hypot((p % 40) - 20, Math.floor(p / 40) - 20)
      ring.data[p] = d < 15 && d > 10 ? 255 : 0
    }
    const filled = fillHoles(ring)
    expect(filled.data[20 * 40 + 20]).toBe(255)
    expect(filled.data[0]).toBe(0)
    for (let y = 0; y < 40; y++) ring.data[y * 40 + 20] = 0
    expect(fillHoles(ring).data[20 * 40 + 20]).toBe(0)
  })

  it('parts below the size go, the others stay to the byte', () => {
    fc.assert(
      fc.property(blobs, fc.integer({ min: 1, max: 200 }), (image, size) => {
        const out = removeSpecks(image, size)
        for (let p = 0; p < out.data.length; p++)
          if (out.data[p] !== 0 && out.data[p] !== image.data[p]) return false
        return Buffer.compare(removeSpecks(out, size).data, out.data) === 0
      }),
    )
  })
})

describe('selecting by colour', () => {
  it('equals a slow reference', () => {
    const image = fc
      .record({
        width: fc.integer({ min: 2, max: 24 }),
        height: fc.integer({ min: 2, max: 24 }),
        seed: fc.integer(),
      })
      .map(({ width, height, seed }) => {
        const out = createRgba(width, height)
        let state = seed | 1
        for (let p = 0; p < width * height; p++) {
          state = Math.imul(state, 1664525) + 1013904223
          out.data.set([(state >>> 24) & 0xc0, 40, 90, 255], p * 4)
        }
        return out
      })
    fc.assert(
      fc.property(
        image,
        fc.nat(23),
        fc.nat(23),
        fc.constantFrom(0, 64, 128),
        fc.boolean(),
        (picture, px, py, tolerance, contiguous) => {
          const x = px % picture.width
          const y = py % picture.height
          const { data } = selectByColor(
            picture,
            { x: x + 0.5, y: y + 0.5 },
            { tolerance, contiguous, sample: 1 },
          )
          const at = (p: number) => picture.data[p * 4]
          const start = y * picture.width + x
          const alike = (p: number) => Math.abs(at(p) - at(start)) <= tolerance
          const wanted = new Set<number>()
          const queue = contiguous ? [start] : [...data.keys()].filter(alike)
          while (queue.length > 0) {
            const p = queue.pop()!
            if (wanted.has(p) || !alike(p)) continue
            wanted.add(p)
            if (!contiguous) continue
            if (p % picture.width > 0) queue.push(p - 1)
            if ((p + 1) % picture.width > 0) queue.push(p + 1)
            if (p >= picture.width) queue.push(p - picture.width)
            if (p + picture.width < data.length) queue.push(p + picture.width)
          }
          return data.every((value, p) => value === (wanted.has(p) ? 255 : 0))
        },
      ),
    )
  })
})

it('decodeRuns(encodeRuns(image)) = image', () => {
  fc.assert(
    fc.property(blobs, (image) => {
      expect(Buffer.compare(decodeRuns(encodeRuns(image), image.width, image.height).data, image.data)).toBe(
        0,
      )
    }),
  )
})
