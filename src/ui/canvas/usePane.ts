import { type RefObject, useEffect, useState } from 'react'
import type { Pane } from '../../state/shell/viewport'

/** @returns the element's size, CSS px, and the screen's pixel ratio, kept up to date; null before it is measured */
export function usePane(ref: RefObject<HTMLElement | null>): Pane | null {
  const [pane, setPane] = useState<Pane | null>(null)
  useEffect(() => {
    const element = ref.current
    if (!element) return
    let media: MediaQueryList | null = null
    const measure = () => {
      const pixelRatio = devicePixelRatio
      // clientWidth is rounded: half a CSS px is many image px when zoomed out.
      const box = element.getBoundingClientRect()
      const size = { width: Math.max(1, box.width), height: Math.max(1, box.height) }
      setPane((before) =>
        before?.size.width === size.width &&
        before.size.height === size.height &&
        before.pixelRatio === pixelRatio
          ? before
          : { size, pixelRatio },
      )
      media?.removeEventListener('change', measure)
      media = matchMedia(`(resolution: ${pixelRatio}dppx)`)
      media.addEventListener('change', measure)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => {
      observer.disconnect()
      media?.removeEventListener('change', measure)
    }
  }, [ref])
  return pane
}
