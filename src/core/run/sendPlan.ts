import type { SentArea } from '../document/sentArea'
import { intersectRect, isEmptyRect, movedRect, type Rect, rectOf, type Size } from '../geometry'
import { MAX_CONTEXT } from '../image/contextLimits'
import { regionAround, surroundings, workRegion } from '../image/workRegion'
import { freeSize } from '../prediction/modelSize'

/** What decides which part of a picture a run sends, and how large. */
export interface SendRequest {
  readonly sent: SentArea
  /** What is shown of the picture, px of it. */
  readonly frame: Rect
  /** Of the mask, px of the picture; empty where the model takes none, which sends the whole frame. */
  readonly bounds: Rect
  /** The model works at a size of its own; else it takes the pixels as they are. */
  readonly fixedSize: boolean
  /** The size that the form asks for, px; null where the model has no such fields. */
  readonly requested: Size | null
  /** Below 1 it is sent smaller than the model would take it. */
  readonly scale: number
}

export interface SendPlan {
  /** px of the picture; may reach over its edge, whose pixels repeat. */
  readonly region: Rect
  /** As which the region is sent, px. */
  readonly size: Size
}

/** Shortest side of a part that is sent by choice, px. */
export const MIN_SENT_SIDE = 16

/** The part of the picture that a run sends, and the size it sends it at. A chosen part outside the frame is moved in. */
export function planSend({ sent, frame, bounds, fixedSize, requested, scale }: SendRequest): SendPlan {
  const hole = movedRect(bounds, -frame.x, -frame.y)
  const inPicture = (region: Rect) => movedRect(region, frame.x, frame.y)
  const chosen = sent.kind === 'rect' ? chosenPart(sent.rect, frame) : null
  const context = sent.kind === 'around' ? sent.context : MAX_CONTEXT
  const around = isEmptyRect(bounds) ? rectOf(frame) : surroundings(hole, frame, context)
  const seen = chosen ?? around
  if (!fixedSize) return { region: inPicture(seen), size: { width: seen.width, height: seen.height } }
  const model = requested ?? freeSize(seen)
  const region =
    chosen || !requested ? regionAround(seen, frame, model) : workRegion(hole, frame, model, context)
  return { region: inPicture(region), size: scaled(model, scale) }
}

/** @returns px of the frame, no smaller than MIN_SENT_SIDE where the frame has room */
function chosenPart(rect: Rect, frame: Rect): Rect {
  const x = span(rect.x - frame.x, rect.width, frame.width)
  const y = span(rect.y - frame.y, rect.height, frame.height)
  return { x: x.start, y: y.start, width: x.length, height: y.length }
}

function span(start: number, length: number, room: number): { start: number; length: number } {
  const side = Math.min(room, Math.max(MIN_SENT_SIDE, length))
  return { start: Math.min(room - side, Math.max(0, start)), length: side }
}

function scaled({ width, height }: Size, scale: number): Size {
  const side = (length: number) => Math.max(64, Math.round((length * scale) / 8) * 8)
  return scale < 1 ? { width: side(width), height: side(height) } : { width, height }
}

/** @returns the context, percents, that sends a part nearest in size to the plan's */
export function contextOf(request: SendRequest, { region }: SendPlan): number {
  if (request.sent.kind === 'around') return request.sent.context
  const wanted = region.width * region.height
  const isLess = (context: number) => {
    const { width, height } = planSend({ ...request, sent: { kind: 'around', context } }).region
    return width * height < wanted
  }
  let context = 0
  while (context < MAX_CONTEXT && isLess(context)) context++
  return context
}

/** How much of the mask lies in the part that is sent. */
export function maskInside(bounds: Rect, { region }: SendPlan): 'all' | 'part' | 'none' {
  const inside = intersectRect(bounds, region)
  if (isEmptyRect(inside)) return 'none'
  return inside.width === bounds.width && inside.height === bounds.height ? 'all' : 'part'
}
