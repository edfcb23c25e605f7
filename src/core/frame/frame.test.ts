import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { containsPoint, containsRect, intersectRect, rectOf } from '../geometry'
import { cropRgba, type RgbaImage } from '../image/raster'
import { replayCommands } from '../mask/command/maskCommand'
import { createMask, maskAt } from '../mask/mask'
import { surroundings } from '../image/workRegion'
import { fillBeyond } from './fillBeyond'
import { type Anchor, anchoredFrame, isFrame, MAX_FRAME_SIDE, maskBeyond, sizeOfShape } from './frameEdits'

const offset = fc.integer({ min: -60, max: 60 })
const side = fc.integer({ min: 1, max: 120 })
const rect = fc.record({ x: offset, y: offset, width: side, height: side })
const third = fc.constantFrom<0 | 1 | 2>(0, 1, 2)

describe('a frame', () => {
  it('of another size keeps what was there at its anchor', () => {
    fc.assert(
      fc.property(rect, side, side, third, third, (frame, width, height, column, row) => {
        const made = anchoredFrame(frame, { width, height }, { column, row } satisfies Anchor)
        expect([made.width, made.height]).toEqual([width, height])
        if (column === 0) expect(made.x).toBe(frame.x)
        if (column === 2) expect(made.x + width).toBe(frame.x + frame.width)
        if (column === 1) {
          expect(Math.abs(2 * made.x + width - (2 * frame.x + frame.width))).toBeLessThanOrEqual(1)
        }
        if (row === 0) expect(made.y).toBe(frame.y)
        if (row === 2) expect(made.y + height).toBe(frame.y + frame.height)
        if (width >= frame.width && height >= frame.height) expect(containsRect(made, frame)).toBe(true)
        else if (width <= frame.width && height <= frame.height) expect(containsRect(frame, made)).toBe(true)
      }),
    )
  })

  it('of a shape holds the size, or lies in it, and has the shape to a pixel', () => {
    fc.assert(
      fc.property(
        side,
        side,
        fc.constantFrom(1, 4 / 5, 3 / 2, 16 / 9, 9 / 16),
        fc.boolean(),
        (width, height, aspect, grows) => {
          const made = sizeOfShape({ width, height }, aspect, grows)
          if (grows) expect(made.width >= width && made.height >= height).toBe(true)
          else expect(made.width <= width && made.height <= height).toBe(true)
          expect(Math.abs(made.width - made.height * aspect)).toBeLessThanOrEqual(Math.max(1, aspect))
        },
      ),
    )
  })

  it('shows some of the base, within the limits', () => {
    const base = rectOf({ width: 100, height: 80 })
    expect(isFrame({ x: 99, y: 79, width: 500, height: 500 }, base)).toBe(true)
    expect(isFrame({ x: 100, y: 0, width: 50, height: 50 }, base)).toBe(false)
    expect(isFrame({ x: 0, y: 0, width: MAX_FRAME_SIDE + 1, height: 10 }, base)).toBe(false)
    expect(isFrame({ x: 0, y: 0, width: 10_000, height: 5001 }, base)).toBe(false)
  })
})

it('what is sent of a frame does not depend on where the frame lies', () => {
  fc.assert(
    fc.property(rect, rect, (frame, bounds) => {
      const { width, height } = frame
      expect(surroundings(bounds, frame)).toEqual(surroundings(bounds, { width, height }))
    }),
  )
})

it('what a frame adds is masked, with an overlap along the edges that something was added at', () => {
  fc.assert(
    fc.property(rect, rect, fc.integer({ min: 0, max: 128 }), (frame, there, overlap) => {
      const kept = intersectRect(frame, there)
      fc.pre(kept.width > 0)
      const mask = createMask(frame)
      replayCommands(mask, maskBeyond(frame, there, overlap))
      for (let y = frame.y; y < frame.y + frame.height; y += 3) {
        for (let x = frame.x; x < frame.x + frame.width; x += 3) {
          const isNear =
            (kept.x > frame.x && x < kept.x + overlap) ||
            (kept.y > frame.y && y < kept.y + overlap) ||
            (kept.x + kept.width < frame.x + frame.width && x >= kept.x + kept.width - overlap) ||
            (kept.y + kept.height < frame.y + frame.height && y >= kept.y + kept.height - overlap)
          const isMasked = !containsPoint(there, { x, y }) || isNear
          expect(maskAt(mask, x, y)).toBe(isMasked ? 255 : 0)
        }
      }
    }),
  )
})

it('what a model is sent beyond the base is its nearest edge; base and kept results stay', () => {
  fc.assert(
    fc.property(rect, side, side, (part, width, height) => {
      const base = rectOf({ width, height })
      const inside = intersectRect(part, base)
      const data = new Uint8ClampedArray(part.width * part.height * 4)
      const image: RgbaImage = { width: part.width, height: part.height, data }
      const at = (x: number, y: number) => ((y - part.y) * part.width + x - part.x) * 4
      for (let y = inside.y; y < inside.y + inside.height; y++)
        for (let x = inside.x; x < inside.x + inside.width; x++)
          data.set([x & 255, y & 255, 7, 255], at(x, y))
      const isBeyond = !containsPoint(base, part)
      if (isBeyond) data.set([1, 2, 3, 255], 0)
      const filled = fillBeyond(image, part, base)
      if (inside.width === 0) {
        expect(filled).toBe(image)
        return
      }
      const own = cropRgba(filled, { ...inside, x: inside.x - part.x, y: inside.y - part.y })
      const was = cropRgba(image, { ...inside, x: inside.x - part.x, y: inside.y - part.y })
      expect(own.data).toEqual(was.data)
      if (isBeyond) expect([...filled.data.subarray(0, 4)]).toEqual([1, 2, 3, 255])
      for (let y = part.y; y < part.y + part.height; y += 5) {
        for (let x = part.x; x < part.x + part.width; x += 5) {
          if (isBeyond && x === part.x && y === part.y) continue
          const nearX = Math.min(inside.x + inside.width - 1, Math.max(inside.x, x))
          const nearY = Math.min(inside.y + inside.height - 1, Math.max(inside.y, y))
          expect([...filled.data.subarray(at(x, y), at(x, y) + 4)]).toEqual([
            nearX & 255,
            nearY & 255,
            7,
            255,
          ])
        }
      }
    }),
  )
})
