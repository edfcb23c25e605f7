import type { PaintArea } from '../core/document/document'
import type { ImagePoint, Rect, ScreenPoint } from '../core/geometry'
import type { LocalizedText } from '../core/localizedText'
import type { MaskEdit } from '../core/mask/maskEdit'
import type { TileChange } from '../core/mask/command/maskBand'
import type { MaskCommand } from '../core/mask/command/maskCommand'
import type { AreaMode } from '../core/mask/raster/writeRaster'

/** One sample of the pointer, in both spaces. */
export interface PointerInput {
  readonly point: ImagePoint
  /** CSS px in the pane, for tools that move the view. */
  readonly screen: ScreenPoint
  /** CSS px per image px, to measure distances on the screen: `screen` is not comparable across moves of the view. */
  readonly scale: number
  /** 0..1; null from a device without pressure. */
  readonly pressure: number | null
  /** Constrains: squares, circles, steps of 45 degrees; joins strokes. */
  readonly shift: boolean
  /** Makes any tool remove from the mask: alt, the right button, the eraser end of a pen. */
  readonly erase: boolean
  /** Makes a tool that selects keep of the mask only what it selects; `erase` goes before it. */
  readonly intersect: boolean
}

/** The outline of a gesture that is not part of the mask yet; image px. */
export type Preview =
  | { readonly kind: 'path'; readonly points: readonly ImagePoint[]; readonly closed: boolean }
  | { readonly kind: 'ellipse'; readonly rect: Rect }

/** The brush's settings; whole numbers, as the interface shows them. */
export interface BrushSettings {
  /** Diameter, image px. */
  readonly size: number
  /** Percent. */
  readonly hardness: number
  /** Percent. */
  readonly opacity: number
  /** Anti-aliased: the edge is smoothed over one pixel. */
  readonly smoothEdge: boolean
}

/** What a tool can use during a gesture. */
export interface ToolHost {
  readonly brush: BrushSettings
  /** What is painted. */
  readonly area: PaintArea
  /** False where the user has turned pressure off. */
  readonly usePressure: boolean
  /** Where the last finished stroke ended; a shift-click continues there. */
  readonly lastPoint: ImagePoint | null
  /** Writes to the mask. @param write returns the rectangle it changed, image px */
  draw(write: (edit: MaskEdit) => Rect): void
  /** Moves the view, CSS px. */
  pan(dx: number, dy: number): void
  /**
   * Selects what the picture shows at a point or within a loop, in a worker.
   * @param outline one point, or three or more of a loop; image px
   * @param mode what the selection does to the mask
   * @returns null where nothing was found
   */
  select(by: SelectBy, outline: readonly ImagePoint[], mode: AreaMode): Promise<ComputedCommand | null>
  /** Fills what the command covers with what surrounds it, as a step of its own. It is not part of the mask. */
  fill(command: MaskCommand): void
}

/** A command with the tiles that it changes in the mask it was computed from. */
export interface ComputedCommand {
  readonly command: MaskCommand
  readonly changes: readonly TileChange[]
}

/** Selects an area of one colour, or an object by its edges. */
export type SelectBy = 'color' | 'object'

/** The part of a ToolHost that the page provides. */
export type ToolServices = Pick<ToolHost, 'brush' | 'area' | 'usePressure' | 'pan' | 'select' | 'fill'>

/** One use of a tool, from pointer down to up, or over several clicks. See tools/README.md. */
export interface Gesture {
  /** The live outline; null where the mask itself shows the gesture. */
  readonly preview?: Preview | null
  /**
   * Only in a gesture of several clicks: the next pointer down. It gets moves between the clicks too, and ends when the
   * pointer goes up after this returned `done`.
   */
  again?(input: PointerInput): 'more' | 'done'
  /** Takes back the last click that `again` took, because it became a pinch. */
  dropClick?(): void
  move(input: PointerInput): void
  /** What it would record if it ended now, for one that may last: it is written to disk meanwhile. */
  soFar?(): MaskCommand
  /**
   * Ends the gesture.
   * @returns the command that makes the same bytes again; null where there is nothing to record; a promise where a
   *   worker computes it: the editor applies it unless the mask changes meanwhile
   */
  finish(): MaskCommand | null | Promise<ComputedCommand | null>
}

/** What a selection does to the mask. */
export function areaMode({ erase, intersect }: PointerInput): AreaMode {
  if (erase) return 'erase'
  return intersect ? 'intersect' : 'paint'
}

/** @returns whether the tool selects an area: its selection adds to the mask or is taken away */
export function selects({ options, navigates = false, draws }: Tool): boolean {
  return options !== 'brush' && !navigates && !draws
}

/** A tool of the editor; holds no state. See tools/README.md. */
export interface Tool {
  readonly id: string
  readonly name: LocalizedText
  /** What one does with it, one line. */
  readonly help: LocalizedText
  /** SVG path data for a 24 x 24 box, drawn as a 2 px line. */
  readonly icon: string
  /** The letter on the physical key. */
  readonly shortcut: string
  readonly cursor: 'brush' | 'cross' | 'grab'
  /** By keyboard, Enter holds the tool down until the next Enter, and the arrow keys move it meanwhile. */
  readonly heldByKey?: boolean
  /** Selects on the picture: the page prepares that when the tool is chosen. */
  readonly usesPicture?: SelectBy
  /** Only moves the view: leaves a gesture between its clicks open, and makes no undo step. */
  readonly navigates?: boolean
  /** What it draws, whatever is chosen to be painted; left out, that. */
  readonly draws?: PaintArea
  /** The settings that its options show; none if left out. */
  readonly options?: 'brush' | 'wand'
  /** Pointer down. */
  begin(input: PointerInput, host: ToolHost): Gesture
}
