import { faded } from '../../core/document/composePatch'
import { reachedFrom, softCoverage } from '../../core/document/coverage'
import { isExtensionOf, replayCoverage } from '../../core/document/coverageReplay'
import type { Patch } from '../../core/document/document'
import { isEqual } from '../../core/document/equality'
import { intersectRect, isEmptyRect, movedRect, type Rect, rectOf } from '../../core/geometry'
import { pasteBack } from '../../core/image/composite'
import { cropRgba, type RgbaImage } from '../../core/image/raster'
import type { Ports } from '../ports'
import { readPicture } from './patches'
import type { PatchLayer, ShownPatch, SourceImage } from './source'

/** Side of the cells that a painted result is drawn in, image px: a stroke makes those anew that it meets. */
const CELL_SIDE = 256

/** The cells of an area that meet a rectangle, image px: they lie on one grid and are cut off at the area's edge. */
export function cellsOver(rect: Rect, area: Rect): Rect[] {
  const { x, y, width, height } = intersectRect(rect, area)
  const cells: Rect[] = []
  const down = (at: number) => Math.floor(at / CELL_SIDE) * CELL_SIDE
  for (let top = down(y); top < y + height; top += CELL_SIDE)
    for (let left = down(x); left < x + width; left += CELL_SIDE)
      cells.push(intersectRect({ x: left, y: top, width: CELL_SIDE, height: CELL_SIDE }, area))
  return cells
}

/** True where one command more of its coverage makes a result of another. */
export function isPaintedFurther(patch: Patch, before: Patch): boolean {
  const { coverage } = before
  return isExtensionOf(patch.coverage, coverage) && isEqual({ ...patch, coverage }, before)
}

/** True where each of the result's pixels follows from those of the same place. */
export function hasNoTone({ blend }: Patch): boolean {
  return !blend.matchColor && blend.seam === 'none'
}

export interface CellsJob {
  readonly below: SourceImage
  /** Visible; its coverage is at hand, and it has no tone. */
  readonly patch: Patch
  /** Of the patch's size. */
  readonly own: RgbaImage
  /** What it was before one command more; null where all of it is new, or the picture below is. */
  readonly before: ShownPatch | null
}

/** What a painted result makes of the picture below it, cell by cell: those that its last command left alone are kept. */
export async function composeCells(
  { codec, page }: Pick<Ports, 'codec' | 'page'>,
  { below, patch, own, before }: CellsJob,
): Promise<readonly PatchLayer[]> {
  const replay = replayCoverage(patch)
  const areCells = before?.layers.every(({ rect }) => isEqual(cellsOver(rect, patch.rect), [rect])) ?? false
  const cells = cellsOver(
    reachedFrom(areCells && replay.changed ? replay.changed : replay.around, patch),
    patch.rect,
  )
  const kept = areCells && replay.changed ? before!.layers : []
  const coming: Promise<PatchLayer>[] = []
  for (const rect of cells) {
    await page.nextTask()
    const coverage = faded(softCoverage(replay, patch, rect), patch.blend.opacity)
    if (coverage.data.every((value) => value === 0)) continue
    const part = cropRgba(own, movedRect(rect, -patch.rect.x, -patch.rect.y))
    const crop = pasteBack(readPicture(below, rect), part, coverage, rectOf(rect))
    const layer = codec.levels(crop).then((drawn) => ({ rect, crop, ...drawn }))
    // Awaited below, together with the others.
    layer.catch(() => {})
    coming.push(layer)
  }
  const isAnew = ({ rect }: PatchLayer) => cells.some((cell) => !isEmptyRect(intersectRect(cell, rect)))
  return [...kept.filter((layer) => !isAnew(layer)), ...(await Promise.all(coming))]
}
