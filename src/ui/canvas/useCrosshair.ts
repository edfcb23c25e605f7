import { type KeyboardEvent, useState } from 'react'
import { clamp, type ImagePoint, type Rect } from '../../core/geometry'
import { maskCoverage } from '../../core/mask/mask'
import { cssScale, imageToScreen, type View } from '../../core/viewport'
import type { MaskEditor } from '../../editor/maskEditor'
import type { PointerInput, Tool, ToolServices } from '../../editor/tool'

interface CrosshairOptions {
  readonly editor: MaskEditor
  readonly tool: Tool
  /** What is shown, image px. */
  readonly frame: Rect
  /** null before the pane is measured; keys do nothing until then. */
  readonly view: View | null
  readonly services: () => ToolServices
  readonly combining: (tool: Tool) => Pick<PointerInput, 'erase' | 'intersect'>
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Keyboard control of the canvas: arrows move a crosshair, Enter presses the tool; a drag lasts until the next Enter. */
export function useCrosshair({ editor, tool, frame, view, services, combining }: CrosshairOptions) {
  const [point, setPoint] = useState<ImagePoint | null>(null)
  /** Masked part of the picture after the last press, 0..1; null before one. */
  const [coverage, setCoverage] = useState<number | null>(null)

  const inputAt = (at: ImagePoint, shift: boolean): PointerInput => ({
    point: at,
    screen: view ? imageToScreen(view, at) : { x: at.x, y: at.y },
    scale: view ? cssScale(view) : 1,
    pressure: null,
    shift,
    ...combining(tool),
  })

  const press = (at: ImagePoint, shift: boolean) => {
    const input = inputAt(at, shift)
    if (tool.heldByKey && editor.isDrawing) editor.finish()
    else {
      editor.begin(tool, input, services())
      if (!tool.heldByKey) editor.release()
    }
    setCoverage(editor.isDrawing ? null : maskCoverage(editor.mask))
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event
    if (!view || event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey)
      return
    const by = STEPS[key]
    if (by) {
      event.preventDefault()
      const step = event.shiftKey ? 10 : 1
      const from = point ?? {
        x: frame.x + Math.floor(frame.width / 2),
        y: frame.y + Math.floor(frame.height / 2),
      }
      const next = {
        x: clamp(from.x + by[0] * step, frame.x, frame.x + frame.width),
        y: clamp(from.y + by[1] * step, frame.y, frame.y + frame.height),
      }
      setPoint(next)
      // Shift means a longer step here, so it cannot constrain the shape.
      editor.move(inputAt(next, false))
    } else if (key === 'Enter' && (point ?? editor.isBetweenClicks)) {
      event.preventDefault()
      if (point) press(point, event.shiftKey)
      else editor.finish()
    }
  }

  return {
    point,
    coverage,
    onKeyDown,
    /** Hides the crosshair when the pointer takes over or the focus leaves. */
    hide: () => {
      setPoint(null)
      setCoverage(null)
    },
  }
}
