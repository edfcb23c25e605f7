import { describe, expect, it } from 'vitest'
import { rectOf } from '../geometry'
import { changedDraft, type FrameChange, newFrameDraft, seenOf } from './frameDraft'

const BASE = rectOf({ width: 640, height: 480 })
const after = (...changes: readonly FrameChange[]) => changes.reduce(changedDraft, newFrameDraft(BASE, BASE))

describe('a frame that is being chosen', () => {
  it('takes a shape around the picture or inside it, at its anchor', () => {
    expect(after({ kind: 'shape', shape: '1:1' }).frame).toEqual({ x: 0, y: -80, width: 640, height: 640 })
    const inside = after({ kind: 'shape', shape: '1:1' }, { kind: 'grows', grows: false })
    expect(inside.frame).toEqual({ x: 80, y: 0, width: 480, height: 480 })
    const left = changedDraft(inside, { kind: 'anchor', anchor: { column: 0, row: 1 } })
    expect(left.frame).toEqual({ x: 0, y: 0, width: 480, height: 480 })
  })

  it('keeps its shape when it is dragged or a side is typed, until another is chosen', () => {
    const square = after({ kind: 'shape', shape: '1:1' })
    const drag = { handle: 'e', dx: 60, dy: 0, snapPx: 0 } as const
    const dragged = changedDraft(square, { kind: 'drag', from: square.frame, drag })
    expect(dragged.frame).toEqual({ x: 0, y: -110, width: 700, height: 700 })
    expect(changedDraft(dragged, { kind: 'height', length: 300 }).frame).toMatchObject({
      width: 300,
      height: 300,
    })
    const free = changedDraft(dragged, { kind: 'shape', shape: null })
    expect(free.frame).toEqual(dragged.frame)
    expect(changedDraft(free, { kind: 'width', length: 800 }).frame).toMatchObject({
      width: 800,
      height: 700,
    })
  })

  it('is scaled from what was open, however it was before; Whole picture lets go of the shape', () => {
    const twice = after({ kind: 'shape', shape: '9:16' }, { kind: 'scale', factor: 1.5 })
    expect([twice.frame, twice.shape]).toEqual([{ x: -160, y: -120, width: 960, height: 720 }, null])
    expect(seenOf(twice)).toEqual(twice.frame)
    const whole = changedDraft(after({ kind: 'shape', shape: '1:1' }), { kind: 'whole' })
    expect([whole.frame, whole.shape]).toEqual([BASE, null])
  })

  it('leaves the frame alone when its options change', () => {
    const draft = after({ kind: 'scale', factor: 2 })
    const changed = changedDraft(draft, { kind: 'options', overlapPx: 3, byModel: true })
    expect(changed).toEqual({ ...draft, overlapPx: 3, byModel: true })
  })
})
