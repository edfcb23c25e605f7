import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Rect, rectOf } from '../geometry'
import { type RegionHandle, SCALE_HANDLES } from '../rectHandles'
import { draggedFrame } from './frameDrag'
import { isFrame, MAX_FRAME_SIDE } from './frameEdits'

const base = fc.constantFrom(
  rectOf({ width: 64, height: 48 }),
  rectOf({ width: 4000, height: 3000 }),
  rectOf({ width: 15_000, height: 3000 }),
)
const by = fc.double({ min: -30_000, max: 30_000, noNaN: true })
const frameOf = (of: Rect) =>
  fc
    .record({
      x: by,
      y: by,
      width: fc.integer({ min: 1, max: 6000 }),
      height: fc.integer({ min: 1, max: 6000 }),
    })
    .map(({ x, y, width, height }) => ({
      x: Math.round(Math.min(of.width - 1, Math.max(1 - width, x))),
      y: Math.round(Math.min(of.height - 1, Math.max(1 - height, y))),
      width,
      height,
    }))
const open = base
  .chain((of) => frameOf(of).map((frame) => ({ of, frame })))
  .filter(({ of, frame }) => isFrame(frame, of))
const scaling = fc.constantFrom(...SCALE_HANDLES)
const handle = fc.constantFrom<RegionHandle>('move', ...SCALE_HANDLES)
const aspect = fc.constantFrom(null, 1, 4 / 5, 3 / 2, 16 / 9, 9 / 16)
const snap = fc.constantFrom(0, 6, 40)

const edgesOf = ({ x, y, width, height }: Rect) => ({ w: x, n: y, e: x + width, s: y + height })
const ACROSS = { w: 'e', e: 'w', n: 's', s: 'n' } as const

describe('a frame that is dragged', () => {
  it('stays one that can be open, in whole px, however far the pointer goes', () => {
    fc.assert(
      fc.property(open, handle, by, by, aspect, snap, ({ of, frame }, by8, dx, dy, shape, snapPx) => {
        const made = draggedFrame(frame, { handle: by8, dx, dy, aspect: shape, snapPx }, of)
        expect(Object.values(made).every(Number.isInteger)).toBe(true)
        expect(isFrame(made, of)).toBe(true)
        if (by8 === 'move') expect(made).toMatchObject({ width: frame.width, height: frame.height })
      }),
    )
  })

  it('keeps the sides that its handle does not move', () => {
    fc.assert(
      fc.property(open, scaling, by, by, snap, ({ of, frame }, by8, dx, dy, snapPx) => {
        const made = edgesOf(draggedFrame(frame, { handle: by8, dx, dy, aspect: null, snapPx }, of))
        const before = edgesOf(frame)
        for (const side of ['w', 'n', 'e', 's'] as const) {
          if (!by8.includes(side)) expect(made[side]).toBe(before[side])
        }
      }),
    )
  })

  it('of a shape keeps it to a pixel, and what is across from the handle', () => {
    fc.assert(
      fc.property(
        open,
        scaling,
        by,
        by,
        fc.constantFrom(1, 4 / 5, 3 / 2, 16 / 9, 9 / 16),
        ({ of, frame }, by8, dx, dy, shape) => {
          const made = draggedFrame(frame, { handle: by8, dx, dy, aspect: shape, snapPx: 0 }, of)
          // Where no step towards it is within the limits, it stays.
          if (made === frame) return
          expect(Math.abs(made.width - made.height * shape)).toBeLessThanOrEqual(Math.max(1, shape))
          for (const side of ['w', 'n', 'e', 's'] as const) {
            if (by8.includes(side)) expect(edgesOf(made)[ACROSS[side]]).toBe(edgesOf(frame)[ACROSS[side]])
          }
        },
      ),
    )
  })

  it('goes a pixel an arrow key, there and back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 900 }),
        fc.integer({ min: 20, max: 900 }),
        handle,
        (width, height, by8) => {
          const frame = { x: 3, y: 4, width, height }
          const of = rectOf({ width: 64, height: 48 })
          const step = (from: Rect, d: number) =>
            draggedFrame(from, { handle: by8, dx: d, dy: d, aspect: null, snapPx: 0 }, of)
          const there = step(frame, 1)
          expect(there).not.toEqual(frame)
          expect(step(there, -1)).toEqual(frame)
        },
      ),
    )
  })

  it('snaps to the picture’s edge, and ends at the limit of a side', () => {
    const of = rectOf({ width: 640, height: 480 })
    const drag = { handle: 'e', dy: 0, aspect: null, snapPx: 6 } as const
    expect(draggedFrame({ ...of, width: 600 }, { ...drag, dx: 36 }, of)).toEqual(of)
    expect(draggedFrame({ ...of, width: 600 }, { ...drag, dx: 20 }, of)).toEqual({ ...of, width: 620 })
    expect(draggedFrame(of, { ...drag, dx: 90_000 }, of).width).toBeGreaterThanOrEqual(MAX_FRAME_SIDE - 2)
  })
})
