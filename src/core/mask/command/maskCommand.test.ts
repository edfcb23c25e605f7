import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMask, isMaskEmpty, maskAt, maskBounds, maskCoverage, readMask } from '../mask'
import { MaskEdit } from '../maskEdit'
import {
  applyCommand,
  effectiveCommands,
  type MaskCommand,
  replayCommands,
  type StrokeCommand,
} from './maskCommand'
import { commandList, raster, shape, stroke } from './maskCommand.testkit'
import { rasterizeSegment, rasterizeStep } from '../raster/rasterizeStroke'
import { LEVEL_OFFSETS, TILE_LEVELS, TILE_SIZE, type Tile, updatePyramid } from '../tiles'

// Two tiles by two: every seam is met.
const FRAME = { x: 0, y: 0, width: 420, height: 300 }

function bytesOf(commands: readonly MaskCommand[]): Uint8Array {
  const mask = createMask(FRAME)
  replayCommands(mask, commands)
  return readMask(mask, FRAME).data
}

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
        let worst = 0
        for (let y = 0; y < 52; y++) {
          for (let x = 0; x < 62; x++) {
            let hits = 0
            for (let k = 0; k < 256; k++) {
              const sx = x + ((k & 15) + 0.5) / 16
              const sy = y + ((k >> 4) + 0.5) / 16
              const [u, v, w] = [side(a, b, sx, sy), side(b, c, sx, sy), side(c, a, sx, sy)]
              if ((u >= 0 && v >= 0 && w >= 0) || (u <= 0 && v <= 0 && w <= 0)) hits++
            }
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

describe('masks', () => {
  it('take an edit back to the same bytes, and forget tiles that did not change', () => {
    fc.assert(
      fc.property(commandList(FRAME, 4), commandList(FRAME, 2), (before, after) => {
        const mask = createMask(FRAME)
        replayCommands(mask, before)
        const saved = readMask(mask, FRAME).data
        const edit = new MaskEdit(mask)
        for (const command of after) applyCommand(edit, command)
        edit.commit()
        edit.revert()
        return Buffer.compare(saved, readMask(mask, FRAME).data) === 0
      }),
      { numRuns: 40 },
    )
  })

  it('invert twice to themselves', () => {
    fc.assert(
      fc.property(commandList(FRAME, 3), (commands) => {
        const plain = bytesOf(commands)
        const twice = bytesOf([...commands, { kind: 'invert' }, { kind: 'invert' }])
        return Buffer.compare(plain, twice) === 0
      }),
      { numRuns: 20 },
    )
  })

  it('know their bounds and coverage', () => {
    fc.assert(
      fc.property(commandList(FRAME, 3), (commands) => {
        const mask = createMask(FRAME)
        replayCommands(mask, commands)
        const bounds = maskBounds(mask)
        let sum = 0
        let outside = 0
        for (let y = 0; y < FRAME.height; y++) {
          for (let x = 0; x < FRAME.width; x++) {
            const value = maskAt(mask, x, y)
            sum += value
            const inside =
              x >= bounds.x && y >= bounds.y && x < bounds.x + bounds.width && y < bounds.y + bounds.height
            if (!inside) outside += value
          }
        }
        expect(outside).toBe(0)
        expect(isMaskEmpty(mask)).toBe(sum === 0)
        expect(maskCoverage(mask)).toBeCloseTo(sum / (255 * FRAME.width * FRAME.height), 9)
      }),
      { numRuns: 15 },
    )
  })

  it('keep each pyramid level the average of the one below', () => {
    const mask = createMask(FRAME)
    replayCommands(mask, fc.sample(commandList(FRAME, 6), { numRuns: 1, seed: 5 })[0])
    for (const tile of mask.tiles) {
      if (!tile) continue
      const fresh: Tile = tile.slice()
      updatePyramid(fresh, 0, 0, TILE_SIZE, TILE_SIZE)
      expect(Buffer.compare(fresh, tile)).toBe(0)
      expect(LEVEL_OFFSETS[TILE_LEVELS]).toBe(tile.length)
    }
  })

  it('drop only what a later clear wiped out', () => {
    fc.assert(
      fc.property(commandList(FRAME, 5), (commands) => {
        return Buffer.compare(bytesOf(commands), bytesOf(effectiveCommands(commands))) === 0
      }),
      { numRuns: 20 },
    )
  })
})
