import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react'
import { canvasBox } from '../../core/viewport'
import type { Pane } from '../../state/shell/viewport'

/** @returns the element's size and the place of its canvas, CSS px, kept up to date; null before it is measured */
export function usePane(ref: RefObject<HTMLElement | null>): Pane | null {
  const [pane, setPane] = useState<Pane | null>(null)
  const measure = useCallback(() => {
    const element = ref.current
    if (!element) return
    // clientWidth is rounded: half a CSS px is many image px when zoomed out.
    const { x, y, width, height } = element.getBoundingClientRect()
    const size = { width: Math.max(1, width), height: Math.max(1, height) }
    const pixelRatio = devicePixelRatio
    const next = { size, pixelRatio, canvas: canvasBox({ x, y, ...size }, pixelRatio) }
    setPane((before) => (before && isSame(before, next) ? before : next))
  }, [ref])
  useEffect(() => {
    const element = ref.current
    if (!element) return
    let media: MediaQueryList | null = null
    const watchRatio = () => {
      media?.removeEventListener('change', watchRatio)
      media = matchMedia(`(resolution: ${devicePixelRatio}dppx)`)
      media.addEventListener('change', watchRatio)
      measure()
    }
    watchRatio()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => {
      observer.disconnect()
      media?.removeEventListener('change', watchRatio)
    }
  }, [ref, measure])
  // What stands above may have moved the element without resizing it.
  useLayoutEffect(measure)
  return pane
}

function isSame(a: Pane, b: Pane): boolean {
  return (
    a.pixelRatio === b.pixelRatio &&
    a.size.width === b.size.width &&
    a.size.height === b.size.height &&
    a.canvas.x === b.canvas.x &&
    a.canvas.y === b.canvas.y &&
    a.canvas.width === b.canvas.width &&
    a.canvas.height === b.canvas.height
  )
}
