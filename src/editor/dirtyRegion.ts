import { EMPTY_RECT, type Rect, unionRect } from '../core/geometry'

/** Collects the dirty rectangles between two frames. */
export class DirtyRegion {
  private rect = EMPTY_RECT

  add(rect: Rect): void {
    this.rect = unionRect(this.rect, rect)
  }

  /** The union of the rectangles since the last call. */
  take(): Rect {
    const { rect } = this
    this.rect = EMPTY_RECT
    return rect
  }
}
