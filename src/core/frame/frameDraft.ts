import { type Rect, type Size, unionRect } from '../geometry'
import { draggedFrame, type FrameDrag } from './frameDrag'
import { type Anchor, anchoredFrame, sizeOfShape } from './frameEdits'

/** The shapes that a frame is offered, width to height. */
export const FRAME_SHAPES = ['1:1', '4:5', '3:2', '16:9', '9:16'] as const

export type FrameShape = (typeof FRAME_SHAPES)[number]

/** By how much a frame is offered to be enlarged. */
export const FRAME_FACTORS = [1.25, 1.5, 2] as const

/** A frame that is being chosen. */
export interface FrameDraft {
  readonly base: Rect
  /** What is shown as it begins, px of the base. */
  readonly open: Rect
  readonly frame: Rect
  /** Shapes are made around what is open; inside it otherwise. */
  readonly grows: boolean
  /** Kept while the frame is dragged; null for any. */
  readonly shape: FrameShape | null
  /** Where what is open stays in a frame whose size is chosen. */
  readonly anchor: Anchor
  /** How far the mask of what is added reaches into what was there, px. */
  readonly overlapPx: number
  /** The model's own preset is asked instead; null until the user says. */
  readonly byModel: boolean | null
}

export type FrameChange =
  /** @see FrameDrag; `from` is the frame as the drag began */
  | { readonly kind: 'drag'; readonly from: Rect; readonly drag: Omit<FrameDrag, 'aspect'> }
  | { readonly kind: 'frame'; readonly frame: Rect }
  | { readonly kind: 'whole' }
  | { readonly kind: 'shape'; readonly shape: FrameShape | null }
  | { readonly kind: 'grows'; readonly grows: boolean }
  | { readonly kind: 'scale'; readonly factor: number }
  | { readonly kind: 'width' | 'height'; readonly length: number }
  | { readonly kind: 'anchor'; readonly anchor: Anchor }
  | ({ readonly kind: 'options' } & Partial<Pick<FrameDraft, 'overlapPx' | 'byModel'>>)

/** The draft of what is open, unchanged. */
export function newFrameDraft(open: Rect, base: Rect): FrameDraft {
  return {
    base,
    open,
    frame: open,
    grows: true,
    shape: null,
    anchor: { column: 1, row: 1 },
    overlapPx: 16,
    byModel: null,
  }
}

export function changedDraft(draft: FrameDraft, change: FrameChange): FrameDraft {
  const { base, open, frame, shape, anchor } = draft
  switch (change.kind) {
    case 'drag':
      return { ...draft, frame: draggedFrame(change.from, { ...change.drag, aspect: aspectOf(shape) }, base) }
    case 'frame':
      return { ...draft, frame: change.frame }
    case 'whole':
      return { ...draft, frame: base, shape: null }
    case 'shape':
      return shaped({ ...draft, shape: change.shape })
    case 'grows':
      return shaped({ ...draft, grows: change.grows })
    case 'scale': {
      const [width, height] = [open.width, open.height].map((side) => Math.round(side * change.factor))
      return { ...draft, shape: null, grows: true, frame: anchoredFrame(open, { width, height }, anchor) }
    }
    case 'width':
    case 'height':
      return {
        ...draft,
        frame: anchoredFrame(open, sizeWith(frame, change.kind, change.length, shape), anchor),
      }
    case 'anchor':
      return { ...draft, anchor: change.anchor, frame: anchoredFrame(open, frame, change.anchor) }
    case 'options': {
      const { kind: _, ...options } = change
      return { ...draft, ...options }
    }
  }
}

/** What is to be seen while it is chosen: the whole picture, and the frame around it. */
export function seenOf({ base, frame }: FrameDraft): Rect {
  return unionRect(base, frame)
}

function aspectOf(shape: FrameShape | null): number | null {
  if (shape === null) return null
  const [width, height] = shape.split(':').map(Number)
  return width / height
}

function shaped(draft: FrameDraft): FrameDraft {
  const { open, shape, grows, anchor } = draft
  const aspect = aspectOf(shape)
  if (aspect === null) return draft
  return { ...draft, frame: anchoredFrame(open, sizeOfShape(open, aspect, grows), anchor) }
}

function sizeWith(now: Size, side: 'width' | 'height', length: number, shape: FrameShape | null): Size {
  const aspect = aspectOf(shape)
  if (aspect === null) return { width: now.width, height: now.height, [side]: length }
  return side === 'width'
    ? { width: length, height: Math.max(1, Math.round(length / aspect)) }
    : { width: Math.max(1, Math.round(length * aspect)), height: length }
}
