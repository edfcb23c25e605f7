import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMask, readMask } from '../mask'
import { MaskEdit } from '../maskEdit'
import { type MaskCommand, replayCommands, type StrokeCommand } from './maskCommand'
import { bytesOf, FRAME, stroke } from './maskCommand.testkit'
import { rasterizeSegment, rasterizeStep } from '../raster/rasterizeStroke'

/** A crisp brush always reaches the pixels around its centre. */
function radiusAt({ size, crisp }: StrokeCommand, pressure: number): number {
  const radius = ((size / 2) * pressure) / 255
  return crisp ? Math.max(radius, Math.min(size / 2, 0.7072)) : radius
}

/** The stroke's definition, pixel by pixel: no tiles, no spans. */
function slowStroke(command: StrokeCommand): Uint8Array {
  const out = new Uint8Array(FRAME.width * FRAME.height)
  const value = Math.round((command.opacity / 100) * 255)
  // It begins with a dab: the first point is swept to itself.
  const points = [command.points[0], ...command.points]
  for (let y = 0; y < FRAME.height; y++) {
    for (let x = 0; x < FRAME.width; x++) {
      for (let i = 1; i < points.length; i++) {
        const a = points[i - 1]
        const b = points[i]
        const dx = b.x - a.x
        const dy = b.y - a.y
        const length = dx * dx + dy * dy
        const u =
          length === 0 ? 0 : Math.min(1, Math.max(0, ((x + 0.5 - a.x) * dx + (y + 0.5 - a.y) * dy) / length))
        const [ra, rb] = [a, b].map(({ pressure }) => radiusAt(command, pressure))
        const radius = ra + (rb - ra) * u
        const ex = x + 0.5 - (a.x + u * dx)
        const ey = y + 0.5 - (a.y + u * dy)
        const squared = ex * ex + ey * ey
        const rim = command.crisp ? 0 : 0.5
        const inner = Math.max(0, Math.min(radius * (command.hardness / 100), radius - rim))
        const t = (squared - inner * inner) / ((radius + rim) ** 2 - inner * inner)
        if (squared > inner * inner && t >= 1) continue
        const coverage = squared <= inner * inner ? value : Math.round(value * (1 - t * t * (3 - 2 * t)))
        out[y * FRAME.width + x] = Math.max(out[y * FRAME.width + x], coverage)
      }
    }
  }
  return out
}

function largestDifference(a: Uint8Array, b: Uint8Array): number {
  let max = Math.abs(a.length - b.length)
  for (let i = 0; i < a.length; i++) max = Math.max(max, Math.abs(a[i] - b[i]))
  return max
}

describe('strokes', () => {
  it('equal their definition pixel by pixel, to one level of rounding', () => {
    fc.assert(
      fc.property(stroke(FRAME, 4), (command) => {
        const fast = bytesOf([{ ...command, mode: 'paint' }])
        const slow = slowStroke({ ...command, mode: 'paint' })
        return largestDifference(fast, slow) <= 1
      }),
      { numRuns: 25 },
    )
  })

  it('do not build up where they cross themselves', () => {
    const there = [
      { x: 100, y: 100, pressure: 255 },
      { x: 300, y: 200, pressure: 255 },
    ]
    const base = { kind: 'stroke', mode: 'paint', size: 60, hardness: 30, opacity: 40 } as const
    const once = bytesOf([{ ...base, points: there }])
    const thrice = bytesOf([{ ...base, points: [...there, there[0], there[1]] }])
    expect(largestDifference(thrice, once)).toBe(0)
    expect(once.reduce((max, byte) => Math.max(max, byte), 0)).toBe(102)
  })

  it('leave out of each step only what the one before has covered', () => {
    const side = fc.integer({ min: -80, max: 1000 }).map((half) => half / 2)
    const steps = fc.record({
      style: fc.record({
        mode: fc.constantFrom('paint' as const, 'erase' as const),
        radius: fc.integer({ min: 1, max: 260 }).map((size) => size / 2),
        hardness: fc.constantFrom(0, 0.3, 0.8, 1),
        opacity: fc.constantFrom(0.4, 1),
        crisp: fc.boolean(),
      }),
      points: fc.array(fc.record({ x: side, y: side, pressure: fc.constantFrom(255, 255, 255, 90) }), {
        minLength: 1,
        maxLength: 5,
      }),
    })
    fc.assert(
      fc.property(steps, ({ style, points }) => {
        const [stepwise, whole] = [true, false].map((leavesOut) => {
          const mask = createMask(FRAME)
          if (style.mode === 'erase') replayCommands(mask, [{ kind: 'invert' }])
          const edit = new MaskEdit(mask)
          points.forEach((point, i) => {
            if (leavesOut) rasterizeStep(edit, style, points, i)
            else rasterizeSegment(edit, style, points[i - 1] ?? point, point, false)
          })
          return readMask(mask, FRAME).data
        })
        return largestDifference(stepwise, whole) === 0
      }),
      { numRuns: 150 },
    )
  })

  it('make the same bytes however often the pointer was sampled on a line', () => {
    const base = { kind: 'stroke', mode: 'paint', size: 41, hardness: 50, opacity: 100 } as const
    const at = (k: number) => ({ x: 50 + k * 18, y: 60 + k * 10, pressure: 255 })
    const coarse = bytesOf([{ ...base, points: [at(0), at(16)] }])
    const fine = bytesOf([{ ...base, points: Array.from({ length: 17 }, (_, k) => at(k)) }])
    expect(largestDifference(coarse, fine)).toBeLessThanOrEqual(1)
  })

  it('erase what they painted when they are harder and wider', () => {
    const points = [
      { x: 120, y: 100, pressure: 255 },
      { x: 320, y: 220, pressure: 255 },
    ]
    const painted: MaskCommand = {
      kind: 'stroke',
      mode: 'paint',
      size: 40,
      hardness: 80,
      opacity: 100,
      points,
    }
    const erased: MaskCommand = {
      kind: 'stroke',
      mode: 'erase',
      size: 44,
      hardness: 100,
      opacity: 100,
      points,
    }
    expect(bytesOf([painted, erased]).reduce((max, byte) => Math.max(max, byte), 0)).toBe(0)
  })
})
