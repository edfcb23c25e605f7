import type { ImagePoint, Rect, ScreenPoint } from '../core/geometry'
import type { LocalizedText } from '../core/localizedText'
import type { MaskEdit } from '../core/mask/mask'
import type { MaskCommand } from '../core/mask/maskCommand'

/** One sample of the pointer, in both spaces. */
export interface PointerInput {
  readonly point: ImagePoint
  /** CSS px of the pane: for tools that move the view. */
  readonly screen: ScreenPoint
  /** 0..1; null from a device that has no pressure. */
  readonly pressure: number | null
  readonly shift: boolean
}

/** The brush, whole numbers as the interface shows them. */
export interface BrushSettings {
  /** Diameter, image px. */
  readonly size: number
  /** Percent. */
  readonly hardness: number
  /** Percent. */
  readonly opacity: number
}

/** What a tool may do while a gesture is on. */
export interface ToolHost {
  readonly brush: BrushSettings
  /** Where the last finished stroke ended; a shift-click continues from there. */
  readonly lastPoint: ImagePoint | null
  /** Writes to the mask; the callback returns the rectangle it changed. */
  draw(write: (edit: MaskEdit) => Rect): void
  /** Moves the view, CSS px. */
  pan(dx: number, dy: number): void
}

/** What happens between pointer down and up. */
export interface Gesture {
  move(input: PointerInput): void
  /** @returns the command that makes the same mask again; null where nothing is to be recorded */
  finish(): MaskCommand | null
}

export interface Tool {
  readonly id: string
  readonly name: LocalizedText
  /** SVG path data for a 24 x 24 box, drawn as a 2 px line. */
  readonly icon: string
  /** One letter, by the physical key. */
  readonly shortcut: string
  readonly cursor: 'brush' | 'grab'
  begin(input: PointerInput, host: ToolHost): Gesture
}
