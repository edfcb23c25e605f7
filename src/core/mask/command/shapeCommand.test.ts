import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MaskCommand } from './maskCommand'
import { bytesOf, commandList, FRAME, raster, shape } from './maskCommand.testkit'

describe('shapes', () => {
  const filled = (command: MaskCommand) => bytesOf([command])

  it('a rectangle on whole pixels is exact', () => {
    fc.assert(
      fc.property(shape(FRAME), (any) => {
        if (any.kind !== 'rectangle') return true
        const { x, y, width, height } = any.rect
        const bytes = filled({ ...any, mode: 'paint' })
        for (let p = 0; p < bytes.length; p++) {
          const px = p % FRAME.width
          const py = Math.floor(p / FRAME.width)
          const inside = px >= x && px < x + width && py >= y && py < y + height
          if (bytes[p] !== (inside ? 255 : 0)) return false
        }
        return true
      }),
      { numRuns: 40 },
    )
  })

  it('intersecting keeps the smaller coverage of mask and area at every pixel', () => {
    fc.assert(
      fc.property(commandList(FRAME, 3), fc.oneof(shape(FRAME), raster(FRAME)), (before, any) => {
        if (!('mode' in any) || any.kind === 'stroke') return
        const area = filled({ ...any, mode: 'paint' })
        const was = bytesOf(before)
        const after = bytesOf([...before, { ...any, mode: 'intersect' }])
        expect(after.findIndex((byte, p) => byte !== Math.min(was[p], area[p]))).toBe(-1)
      }),
      { numRuns: 60 },
    )
  })

  it('a triangle covers each pixel by the part of its area that is inside', () => {
    const half = (max: number) => fc.integer({ min: -20, max: max * 2 + 20 }).map((value) => value / 2)
    const corner = fc.record({ x: half(60), y: half(50) })
    fc.assert(
      fc.property(fc.tuple(corner, corner, corner), ([a, b, c]) => {
        const bytes = filled({ kind: 'polygon', mode: 'paint', points: [a, b, c] })
        const side = (p: typeof a, q: typeof a, x: number, y: number) =>
          (q.x - p.x) * (y - p.y) - (q.y - p.y) * (x - p.x)
        const [left, right] = [Math.min(a.x, b.x, c.x), Math.max(a.x, b.x, c.x)]
        const [top, bottom] = [Math.min(a.y, b.y, c.y), Math.max(a.y, b.y, c.y)]
        let worst = 0
        for (let y = 0; y < 52; y++) {
          for (let x = 0; x < 62; x++) {
            const isInside = (sx: number, sy: number) => {
              const [u, v, w] = [side(a, b, sx, sy), side(b, c, sx, sy), side(c, a, sx, sy)]
              return (u >= 0 && v >= 0 && w >= 0) || (u <= 0 && v <= 0 && w <= 0)
            }
            const corners = [isInside(x, y), isInside(x + 1, y), isInside(x, y + 1), isInside(x + 1, y + 1)]
            const isBeyond = x + 1 < left || x > right || y + 1 < top || y > bottom
            // A triangle has no hole: only its edge needs samples.
            let hits = corners.every(Boolean) ? 256 : 0
            if (hits === 0 && !isBeyond)
              for (let k = 0; k < 256; k++)
                if (isInside(x + ((k & 15) + 0.5) / 16, y + ((k >> 4) + 0.5) / 16)) hits++
            worst = Math.max(worst, Math.abs(bytes[y * FRAME.width + x] - (hits / 256) * 255))
          }
        }
        // The reference itself only counts samples.
        return worst < 24
      }),
      { numRuns: 30 },
    )
  })

  it('an ellipse has the area of an ellipse, and is symmetric', () => {
    const bytes = filled({ kind: 'ellipse', mode: 'paint', rect: { x: 100, y: 60, width: 300, height: 180 } })
    const sum = bytes.reduce((total, byte) => total + byte, 0) / 255
    expect(sum / (Math.PI * 150 * 90)).toBeCloseTo(1, 3)
    for (const [x, y] of [
      [110, 120],
      [250, 60],
      [180, 75],
    ] as const) {
      expect(bytes[y * FRAME.width + x]).toBe(bytes[y * FRAME.width + (499 - x)])
      expect(bytes[y * FRAME.width + x]).toBe(bytes[(299 - y) * FRAME.width + x])
    }
  })
})
