import type { ImagePoint, Rect, ScreenPoint } from '../core/geometry'
import type { LocalizedText } from '../core/localizedText'
import type { MaskEdit } from '../core/mask/mask'
import type { TileChange } from '../core/mask/command/maskBand'
import type { MaskCommand } from '../core/mask/command/maskCommand'

/** One sample of the pointer, in both spaces. */
export interface PointerInput {
  readonly point: ImagePoint
  /** CSS px of the pane: for tools that move the view. */
  readonly screen: ScreenPoint
  /** CSS px per image px: distances on the screen stay right when the view moves between two samples. */
  readonly scale: number
  /** 0..1; null from a device that has no pressure. */
  readonly pressure: number | null
  /** Constrains: squares, circles, steps of 45 degrees; joins strokes. */
  readonly shift: boolean
  /** Takes away from the mask whatever the tool does: alt, the right button, a pen's other end. */
  readonly erase: boolean
}

/** What is shown of a gesture before it becomes part of the mask; image px. */
export type Preview =
  | { readonly kind: 'path'; readonly points: readonly ImagePoint[]; readonly closed: boolean }
  | { readonly kind: 'ellipse'; readonly rect: Rect }

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
  /** False where pressure is to be taken no notice of. */
  readonly usePressure: boolean
  /** Where the last finished stroke ended; a shift-click continues from there. */
  readonly lastPoint: ImagePoint | null
  /** Writes to the mask; the callback returns the rectangle it changed. */
  draw(write: (edit: MaskEdit) => Rect): void
  /** Moves the view, CSS px. */
  pan(dx: number, dy: number): void
  /** What the picture shows at a point or within a loop; takes a moment. null where that is nothing. */
  select(by: SelectBy, outline: readonly ImagePoint[], erase: boolean): Promise<ComputedCommand | null>
}

/** A command, and what it makes of the mask it was computed for. */
export interface ComputedCommand {
  readonly command: MaskCommand
  readonly changes: readonly TileChange[]
}

/** How the picture is looked at: for what is alike in colour, or for an object and its edges. */
export type SelectBy = 'color' | 'object'

/** What the page lends to the tools. */
export type ToolServices = Pick<ToolHost, 'brush' | 'usePressure' | 'pan' | 'select'>

/** What happens between pointer down and up. */
export interface Gesture {
  /** The live outline; null where the mask itself shows it. */
  readonly preview?: Preview | null
  /**
   * Of a gesture that goes on after the pointer is up, until this says that it is done: the next pointer down. Between
   * the two it is told of moves as well.
   */
  again?(input: PointerInput): 'more' | 'done'
  /** Takes back the last click that `again` took: it became a pinch. Never the first one. */
  dropClick?(): void
  move(input: PointerInput): void
  /**
   * @returns the command that makes the same mask again; null where nothing is to be recorded. One that takes a
   * moment is applied when it comes, unless the mask was changed meanwhile
   */
  finish(): MaskCommand | null | Promise<ComputedCommand | null>
}

export interface Tool {
  readonly id: string
  readonly name: LocalizedText
  /** SVG path data for a 24 x 24 box, drawn as a 2 px line. */
  readonly icon: string
  /** One letter, by the physical key. */
  readonly shortcut: string
  readonly cursor: 'brush' | 'cross' | 'grab'
  /** From the keyboard: Enter holds the tool down until Enter comes again, and the arrows move it meanwhile. */
  readonly heldByKey?: boolean
  /** Looks at the picture: what that takes is made ready as soon as the tool is chosen. */
  readonly usesPicture?: SelectBy
  /** Only moves the view: it leaves a gesture between its clicks open, and is no undo step. */
  readonly navigates?: boolean
  /** Which settings it has. */
  readonly options?: 'brush' | 'wand'
  begin(input: PointerInput, host: ToolHost): Gesture
}
