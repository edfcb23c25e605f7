import { type RefObject, useEffect, useRef } from 'react'
import type { ScreenPoint } from '../../core/geometry'
import {
  cssScale,
  panBy,
  screenToImage,
  snapToPixels,
  type View,
  type Viewport,
  zoomAt,
} from '../../core/viewport'
import type { PointerInput } from '../../editor/tool'
import { createWheelDevice } from './wheelDevice'

/** What a pointer does from down to up. */
export interface PointerGesture {
  move(inputs: readonly PointerInput[]): void
  end(): void
  /** The pointer became part of a pinch, or was lost: what it began is taken back, earlier clicks stay. */
  cancel(): void
}

interface CanvasInput {
  /** The exact view at this moment, not snapped to screen pixels: the steps would add up. */
  readonly view: () => View | null
  readonly setViewport: (viewport: Viewport) => void
  /** Whether a mouse's wheel zooms; it pans otherwise. */
  readonly wheelZooms: () => boolean
  /** The wheel turns with Alt held. */
  readonly resize?: (direction: 1 | -1) => void
  /** A pointer goes down. */
  readonly begin: (input: PointerInput, event: PointerEvent) => PointerGesture | null
  /** Two or three fingers touched and left again, without moving. */
  readonly tap?: (fingers: number) => void
  /** A mouse or pen moves over the pane, or leaves it. */
  readonly hover?: (input: PointerInput | null) => void
}

/** Bits of PointerEvent.buttons. */
const RIGHT = 2
const PEN_ERASER = 32
/** PointerEvent.button values that act: left, middle, right, a pen's other end. */
const ACTING = new Set([0, 1, 2, 5])

/** A touch of several fingers that is shorter and moves less is a tap. */
const TAP_MS = 350
const TAP_MOVE_PX = 24

const WHEEL_SPEED = 0.0016
const PINCH_SPEED = 0.012
const WHEEL_LINE_PX = 24

/**
 * Pointer, wheel and touch of one pane. The first finger acts; a second one takes back what the first began, pans and zooms.
 * Two fingers on a trackpad pan, their pinch and a mouse's wheel zoom at the pointer; a setting lets the wheel pan too.
 */
export function useCanvasInput(ref: RefObject<HTMLElement | null>, input: CanvasInput): void {
  const latest = useRef(input)
  useEffect(() => {
    latest.current = input
  })
  useEffect(() => {
    const element = ref.current
    return element ? listen(element, () => latest.current) : undefined
  }, [ref])
}

/** Listens on a pane until the returned function is called. */
export function listen(element: HTMLElement, input: () => CanvasInput): () => void {
  const abort = new AbortController()
  const { signal } = abort
  const touches = new Map<number, ScreenPoint>()
  let tap = { fingers: 0, since: 0, moved: 0 }
  let active: { id: number; gesture: PointerGesture } | null = null

  const at = (event: MouseEvent): ScreenPoint => {
    const box = element.getBoundingClientRect()
    return {
      x: event.clientX - box.left - element.clientLeft,
      y: event.clientY - box.top - element.clientTop,
    }
  }
  const toInput = (event: PointerEvent, view: View): PointerInput => {
    const screen = at(event)
    return {
      screen,
      scale: cssScale(view),
      // The view as it is drawn: paint lands on the pixel under the pointer.
      point: screenToImage(snapToPixels(view), screen),
      pressure: event.pointerType === 'pen' && event.pressure > 0 ? event.pressure : null,
      shift: event.shiftKey,
      erase: event.altKey || (event.buttons & (RIGHT | PEN_ERASER)) !== 0,
      intersect: false,
    }
  }

  /** Ends the gesture of a pointer whose release was missed, where it was last held. */
  const endMissed = (id: number) => {
    if (active?.id !== id) return
    const { gesture } = active
    active = null
    gesture.end()
  }

  const down = (event: PointerEvent) => {
    const view = input().view()
    if (!view) return
    // A held pointer goes down again only if its release went to another window, dialog or program.
    endMissed(event.pointerId)
    if (event.pointerType === 'touch') {
      if (touches.size === 0) tap = { fingers: 0, since: event.timeStamp, moved: 0 }
      touches.set(event.pointerId, at(event))
      tap.fingers = Math.max(tap.fingers, touches.size)
      element.setPointerCapture(event.pointerId)
      if (touches.size > 1) {
        active?.gesture.cancel()
        active = null
        return
      }
    }
    if (active || !ACTING.has(event.button)) return
    // Keeps the focus where shortcuts work, and stops the middle button's own scrolling.
    event.preventDefault()
    element.focus({ preventScroll: true })
    const gesture = input().begin(toInput(event, view), event)
    if (!gesture) return
    element.setPointerCapture(event.pointerId)
    active = { id: event.pointerId, gesture }
  }

  const move = (event: PointerEvent) => {
    const view = input().view()
    if (event.pointerType !== 'touch' && view) input().hover?.(toInput(event, view))
    const last = touches.get(event.pointerId)
    if (last) {
      const now = at(event)
      tap.moved += Math.abs(now.x - last.x) + Math.abs(now.y - last.y)
    }
    if (touches.size > 1 && last) {
      pinch(event)
      return
    }
    if (event.buttons === 0) endMissed(event.pointerId)
    if (!view || active?.id !== event.pointerId) return
    const coalesced = event.getCoalescedEvents?.() ?? []
    const samples = coalesced.length > 0 ? coalesced : [event]
    active.gesture.move(samples.map((sample) => toInput(sample, view)))
  }

  /** Pans by the fingers' middle and zooms by their distance. */
  const pinch = (event: PointerEvent) => {
    const view = input().view()
    const before = pair(touches)
    touches.set(event.pointerId, at(event))
    const after = pair(touches)
    if (!view || !before || !after) return
    const moved = { ...view, ...panBy(view, after.x - before.x, after.y - before.y) }
    const factor = before.distance > 0 ? after.distance / before.distance : 1
    input().setViewport(zoomAt(moved, after, view.zoom * factor))
  }

  const up = (event: PointerEvent) => {
    if (touches.delete(event.pointerId) && touches.size === 0) {
      const quick = event.timeStamp - tap.since < TAP_MS && tap.moved < TAP_MOVE_PX
      if (quick && tap.fingers > 1 && event.type === 'pointerup') input().tap?.(tap.fingers)
    }
    if (active?.id !== event.pointerId) return
    const { gesture } = active
    active = null
    if (event.type === 'pointercancel') gesture.cancel()
    else gesture.end()
  }

  const isMouse = createWheelDevice()
  const wheel = (event: WheelEvent) => {
    event.preventDefault()
    const view = input().view()
    if (!view) return
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : WHEEL_LINE_PX
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit]
    const mouse = isMouse(event)
    const { resize } = input()
    if (event.altKey && resize) {
      // Some browsers turn the wheel sideways while Alt is held.
      const turned = dy || dx
      if (turned !== 0) resize(turned < 0 ? 1 : -1)
      return
    }
    // Browsers report a pinch as a wheel with Control held.
    if (event.ctrlKey || event.metaKey || (mouse && input().wheelZooms())) {
      const speed = event.ctrlKey && !mouse ? PINCH_SPEED : WHEEL_SPEED
      const factor = Math.exp(-Math.max(-400, Math.min(400, dy)) * speed)
      input().setViewport(zoomAt(view, at(event), view.zoom * factor))
    } else input().setViewport(panBy(view, -dx, -dy))
  }

  element.addEventListener('pointerdown', down, { signal })
  element.addEventListener('pointermove', move, { signal })
  element.addEventListener('pointerup', up, { signal })
  element.addEventListener('pointercancel', up, { signal })
  element.addEventListener('pointerleave', () => input().hover?.(null), { signal })
  element.addEventListener('wheel', wheel, { signal, passive: false })
  element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal })
  return () => {
    // When the canvas goes away during a stroke, the stroke counts.
    active?.gesture.end()
    abort.abort()
  }
}

function pair(touches: ReadonlyMap<number, ScreenPoint>): (ScreenPoint & { distance: number }) | null {
  const [a, b] = [...touches.values()]
  if (!a || !b) return null
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, distance: Math.hypot(a.x - b.x, a.y - b.y) }
}
