import { type RefObject, useEffect, useState } from 'react'
import type { Pane } from '../../state/viewportStore'

/**
 * The size of an element and the screen's pixel ratio, kept up to date. The size is rounded down to whole screen
 * pixels, so that a canvas of that size is not stretched.
 */
export function usePane(ref: RefObject<HTMLElement | null>): Pane | null {
  const [pane, setPane] = useState<Pane | null>(null)
  useEffect(() => {
    const element = ref.current
    if (!element) return
    let media: MediaQueryList | null = null
    const measure = () => {
      const pixelRatio = devicePixelRatio
      const whole = (side: number) => Math.max(1, Math.floor(side * pixelRatio + 1e-6)) / pixelRatio
      const size = { width: whole(element.clientWidth), height: whole(element.clientHeight) }
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
