import { type PointerEvent, type RefObject, useCallback, useRef } from 'react'
import { useApp } from '../hooks/useApp'

/** What a grip listens to. */
export interface GripEvents {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerCancel: () => void
}

interface Drag {
  readonly id: string
  readonly from: number
  readonly y: number
  to: number
}

/**
 * Drags items of a list by their grips, with mouse, pen or finger: an item follows the pointer and lands where it is let
 * go. The list is topmost first.
 */
export function useReorder(list: RefObject<HTMLElement | null>): (id: string, index: number) => GripEvents {
  const app = useApp()
  const drag = useRef<Drag | null>(null)

  const end = useCallback(() => {
    const current = drag.current
    drag.current = null
    for (const item of list.current?.children ?? []) {
      if (item instanceof HTMLElement) item.style.removeProperty('translate')
    }
    return current
  }, [list])

  return useCallback(
    (id, index) => ({
      onPointerDown(event) {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { id, from: index, y: event.clientY, to: index }
      },
      onPointerMove(event) {
        const current = drag.current
        const items = [...(list.current?.children ?? [])].filter((item) => item instanceof HTMLElement)
        const own = items[current?.from ?? -1]
        if (!current || !own) return
        const moved = event.clientY - current.y
        const middle = own.offsetTop + own.offsetHeight / 2 + moved
        const passed = items.filter((item) => item !== own && item.offsetTop + item.offsetHeight / 2 < middle)
        current.to = passed.length
        own.style.translate = `0 ${moved}px`
        items.forEach((item, place) => {
          if (item === own) return
          const isBetween =
            place > current.from ? place <= current.to : place < current.from && place >= current.to
          const by = isBetween ? (place > current.from ? -own.offsetHeight : own.offsetHeight) : 0
          item.style.translate = `0 ${by}px`
        })
      },
      onPointerUp() {
        const done = end()
        if (done && done.to !== done.from) void app.patches.move(done.id, done.from - done.to)
      },
      onPointerCancel: () => void end(),
    }),
    [app, list, end],
  )
}
