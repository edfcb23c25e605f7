import type { ScreenPoint } from '../../core/geometry'
import type { PointerGesture } from '../canvas/useCanvasInput'

/** A finger that moved at least this far sideways has swiped, CSS px. */
export const SWIPE_PX = 40

/** A press that moves less than this is a click, CSS px. */
const MAX_CLICK_PX = 6

interface PaneGestureOptions {
  readonly start: ScreenPoint
  /** Moves the picture, CSS px; null where it all is seen, and one finger has nothing to move. */
  readonly pan: ((dx: number, dy: number) => void) | null
  /** The finger swiped towards the next or the previous output. */
  readonly step: (by: 1 | -1) => void
  /** It was pressed and hardly moved. */
  readonly click: () => void
  /** The gesture is over, whether it ended or was taken back. */
  readonly over: () => void
}

/** One pointer on a compared picture: it pans, or where there is nothing to pan a sideways swipe steps. */
export function paneGesture({ start, pan, step, click, over }: PaneGestureOptions): PointerGesture {
  let last = start
  let moved = 0
  return {
    move(inputs) {
      const next = inputs.at(-1)?.screen
      if (!next) return
      const [dx, dy] = [next.x - last.x, next.y - last.y]
      moved += Math.hypot(dx, dy)
      pan?.(dx, dy)
      last = next
    },
    end() {
      over()
      const [dx, dy] = [last.x - start.x, last.y - start.y]
      if (moved < MAX_CLICK_PX) click()
      else if (!pan && Math.abs(dx) >= SWIPE_PX && Math.abs(dx) > Math.abs(dy)) step(dx < 0 ? 1 : -1)
    },
    cancel: over,
  }
}
