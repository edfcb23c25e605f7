import type { ScreenPoint } from '../../core/geometry'
import type { PointerGesture } from './useCanvasInput'

/** A drag this far to the right doubles the brush, CSS px. */
export const DOUBLING_PX = 80

interface ResizeOptions {
  readonly start: ScreenPoint
  /** Before the drag, image px. */
  readonly size: number
  readonly set: (size: number) => void
  readonly over: () => void
}

/** A drag that resizes the brush instead of painting: to the right larger, to the left smaller. */
export function resizeGesture({ start, size, set, over }: ResizeOptions): PointerGesture {
  return {
    move(inputs) {
      const now = inputs.at(-1)?.screen
      if (now) set(size * 2 ** ((now.x - start.x) / DOUBLING_PX))
    },
    end: over,
    cancel() {
      set(size)
      over()
    },
  }
}
