import type { Size } from './geometry'
import { fitMargin, fitViewport } from './viewport'

/** A picture narrower than this is not compared, CSS px: fewer are shown at a time. */
export const MIN_COMPARED_WIDTH = 120

export interface PaneGrid {
  readonly columns: number
  readonly rows: number
  /** How many panes are shown at a time; at least one. */
  readonly panes: number
  /** Of the picture in each pane, CSS px. */
  readonly pictureWidth: number
}

interface PaneGridOptions {
  /** Panes that want to be shown, at least one. */
  readonly count: number
  readonly picture: Size
  /** Of all panes together, CSS px. */
  readonly area: Size
  /** What a pane has above its picture, CSS px. */
  readonly captionHeight: number
}

/**
 * Columns and rows of panes of the same size that show the picture largest. Where it would be narrower than
 * MIN_COMPARED_WIDTH, and narrower than in a pane of its own, fewer panes are shown at a time.
 */
export function paneGrid(options: PaneGridOptions): PaneGrid {
  const enough = Math.min(MIN_COMPARED_WIDTH, largest(options, 1).pictureWidth)
  for (let panes = options.count; panes > 1; panes--) {
    const grid = largest(options, panes)
    if (grid.pictureWidth >= enough) return grid
  }
  return largest(options, 1)
}

function largest(options: PaneGridOptions, panes: number): PaneGrid {
  let best = gridOf(options, panes, panes)
  for (let columns = panes - 1; columns > 0; columns--) {
    const grid = gridOf(options, panes, columns)
    if (grid.pictureWidth > best.pictureWidth) best = grid
  }
  return best
}

function gridOf({ picture, area, captionHeight }: PaneGridOptions, panes: number, columns: number): PaneGrid {
  const rows = Math.ceil(panes / columns)
  const pane = { width: area.width / columns, height: area.height / rows - captionHeight }
  const { zoom } = fitViewport(picture, pane, 1, fitMargin(pane))
  return { columns, rows, panes, pictureWidth: zoom * picture.width }
}
