import type { PointerInput } from '../../editor/tool'
import type { PointerGesture } from './useCanvasInput'

/** Pointers go to the frame first while it is being adjusted. */
export interface FrameInput {
  /** @returns null where the pointer is not on the frame */
  begin(input: PointerInput): PointerGesture | null
  /** @returns the CSS cursor that tells what would be dragged; null where nothing would */
  cursorAt(input: PointerInput): string | null
}

/** Shows what of the frame a pointer is on. */
export function showCursor(
  pane: HTMLElement | null,
  frame: FrameInput | null,
  input: PointerInput | null,
): void {
  const cursor = (input && frame?.cursorAt(input)) ?? ''
  if (pane && pane.style.cursor !== cursor) pane.style.cursor = cursor
}
