import { type RefObject, useCallback, useRef, useState } from 'react'
import type { PaintArea } from '../../core/document/document'
import type { ScreenPoint } from '../../core/geometry'
import type { View } from '../../core/viewport'
import { useApp } from '../hooks/useApp'
import { ringShape, ringTransform } from './BrushRing'
import type { MaskDisplay } from './maskDisplay'

interface FollowingRing {
  /** Where the pointer entered; null where it is not over the canvas. Later moves change the ring without a render. */
  readonly entered: ScreenPoint | null
  readonly ref: RefObject<HTMLDivElement | null>
  /** The ring goes with the pointer; null hides it. */
  follow(at: ScreenPoint | null): void
  /** A stroke begins on an area. */
  press(area: PaintArea): void
  release(): void
}

/**
 * The ring under the pointer. During a stroke the worker that paints the mask draws it: moving an element would cost the
 * page a frame.
 */
export function useBrushRing(
  displays: RefObject<Map<PaintArea, MaskDisplay>>,
  currentView: () => View | null,
): FollowingRing {
  const app = useApp()
  const [entered, setEntered] = useState<ScreenPoint | null>(null)
  const ref = useRef<HTMLDivElement>(null)
  const latest = useRef<ScreenPoint | null>(null)
  const frame = useRef(0)
  const pressed = useRef<PaintArea | null>(null)

  const move = useCallback(() => {
    frame.current = 0
    if (ref.current && latest.current) ref.current.style.transform = ringTransform(latest.current)
  }, [])
  const draw = useCallback(
    (at: ScreenPoint): boolean => {
      const display = pressed.current && displays.current.get(pressed.current)
      const view = currentView()
      if (!display || !view || !ref.current) return false
      const isDrawn = display.moveRing(ringShape(view, at, app.tools.brushNow().brush))
      ref.current.style.visibility = isDrawn ? 'hidden' : ''
      return isDrawn
    },
    [app, displays, currentView],
  )
  const follow = useCallback(
    (at: ScreenPoint | null) => {
      if (!at) setEntered(null)
      else if (ref.current) {
        latest.current = at
        if (draw(at)) return
        // Once a frame: a style change between two events would force a layout for each.
        if (frame.current === 0) frame.current = requestAnimationFrame(move)
      } else setEntered(at)
    },
    [draw, move],
  )
  const press = useCallback((area: PaintArea) => {
    pressed.current = area
  }, [])
  const release = useCallback(() => {
    if (!pressed.current) return
    displays.current.get(pressed.current)?.hideRing()
    pressed.current = null
    move()
    if (ref.current) ref.current.style.visibility = ''
  }, [displays, move])
  return { entered, ref, follow, press, release }
}
