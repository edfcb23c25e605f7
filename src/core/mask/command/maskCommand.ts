import { EMPTY_RECT, type ImagePoint, intersectRect, isEmptyRect, unionRect, type Rect } from '../../geometry'
import { createMask, type Mask, readMask, tileRect } from '../mask'
import { MaskEdit, savedRect } from '../maskEdit'
import { type MaskOperation, operationRegion, runOperation } from '../refine/maskOperation'
import { decodeRuns } from '../raster/maskRuns'
import type { PaintMode } from '../raster/capsulePainter'
import { rasterizeStep, type StrokePoint } from '../raster/rasterizeStroke'
import { rasterizeEllipse, rasterizePolygon, rasterizeRectangle } from '../raster/rasterizeShape'
import { FULL_TILE, TILE_SIZE } from '../tiles'
import { type AreaMode, writeRaster } from '../raster/writeRaster'

/** One change of a mask as plain data, for undo, records and links: replaying it makes the same bytes. */
export type MaskCommand =
  | {
      readonly kind: 'stroke'
      readonly mode: PaintMode
      /** Diameter, whole image px. */
      readonly size: number
      /** Whole percents. */
      readonly hardness: number
      readonly opacity: number
      /** No anti-aliasing: at full hardness 0 and 255 only, at full opacity. */
      readonly crisp?: true
      /** At least one. */
      readonly points: readonly StrokePoint[]
    }
  | {
      readonly kind: 'rectangle' | 'ellipse'
      readonly mode: AreaMode
      /** Whole image px. */
      readonly rect: Rect
    }
  | {
      readonly kind: 'polygon'
      readonly mode: AreaMode
      /** In steps of half an image px; the last joins the first. */
      readonly points: readonly ImagePoint[]
    }
  | {
      /** Coverage that no gesture describes: selected on the picture, or imported. */
      readonly kind: 'raster'
      readonly mode: AreaMode | 'replace'
      /** Whole image px. */
      readonly rect: Rect
      /** As `encodeRuns` wrote them. */
      readonly runs: Uint8Array<ArrayBuffer>
    }
  | MaskOperation
  | { readonly kind: 'invert' }
  | { readonly kind: 'clear' }

/** A command that names an area. */
type AreaCommand = Extract<MaskCommand, { kind: 'rectangle' | 'ellipse' | 'polygon' | 'raster' }>

export type StrokeCommand = Extract<MaskCommand, { kind: 'stroke' }>

export type RasterCommand = Extract<MaskCommand, { kind: 'raster' }>

/** The stroke's settings in the units of `rasterizeStep`. */
export function strokeStyle(command: Omit<StrokeCommand, 'points' | 'kind'>) {
  return {
    mode: command.mode,
    radius: command.size / 2,
    hardness: command.hardness / 100,
    opacity: command.opacity / 100,
    crisp: command.crisp === true,
  }
}

/** Applies the command within an open edit. @returns the changed rectangle, image px */
export function applyCommand(edit: MaskEdit, command: MaskCommand): Rect {
  const { mask } = edit
  switch (command.kind) {
    case 'stroke': {
      const style = strokeStyle(command)
      return command.points.reduce(
        (dirty, _, index) => unionRect(dirty, rasterizeStep(edit, style, command.points, index)),
        EMPTY_RECT,
      )
    }
    case 'rectangle':
    case 'ellipse':
    case 'polygon':
    case 'raster':
      return command.mode === 'intersect' ? intersect(edit, command) : writeArea(edit, command, command.mode)
    case 'grow':
    case 'shrink':
    case 'feather':
    case 'smooth':
    case 'fillHoles':
    case 'removeSpecks':
      return applyOperation(edit, command, mask.frame)
    case 'invert':
      for (let index = 0; index < mask.tiles.length; index++) {
        const tile = mask.tiles[index]
        if (!tile || tile === FULL_TILE) edit.replace(index, tile ? null : FULL_TILE)
        else {
          const own = edit.writable(index)
          const words = new Uint32Array(own.buffer, 0, (TILE_SIZE * TILE_SIZE) / 4)
          for (let i = 0; i < words.length; i++) words[i] = ~words[i]
          edit.touched(index, {
            ...mask.frame,
            width: mask.columns * TILE_SIZE,
            height: mask.rows * TILE_SIZE,
          })
        }
      }
      return mask.frame
    case 'clear':
      for (let index = 0; index < mask.tiles.length; index++) if (mask.tiles[index]) edit.replace(index, null)
      return edit.saved.size > 0 ? mask.frame : EMPTY_RECT
  }
}

function writeArea(edit: MaskEdit, area: AreaCommand, mode: Exclude<AreaCommand['mode'], 'intersect'>): Rect {
  if (area.kind === 'raster') {
    const { rect, runs } = area
    return writeRaster(edit, rect, decodeRuns(runs, rect.width, rect.height), mode)
  }
  // Only a raster replaces.
  const painting = mode === 'erase' ? 'erase' : 'paint'
  if (area.kind === 'polygon') return rasterizePolygon(edit, painting, area.points)
  return (area.kind === 'ellipse' ? rasterizeEllipse : rasterizeRectangle)(edit, painting, area.rect)
}

/** Keeps the smaller of the mask's coverage and the area's, everywhere. */
function intersect(edit: MaskEdit, area: AreaCommand): Rect {
  const { mask } = edit
  const only = new MaskEdit(createMask(mask.frame))
  writeArea(only, area, 'paint')
  only.commit()
  mask.tiles.forEach((tile, index) => {
    const limit = only.mask.tiles[index]
    if (!tile || limit === FULL_TILE) return
    if (!limit || tile === FULL_TILE) {
      edit.replace(index, limit)
      return
    }
    const own = edit.writable(index)
    for (let i = 0; i < TILE_SIZE * TILE_SIZE; i++) if (limit[i] < own[i]) own[i] = limit[i]
    edit.touched(index, tileRect(mask, index))
  })
  return savedRect(mask, edit.saved)
}

/**
 * Applies an operation within an open edit.
 * @param within the area to compute, image px; pixels nearer to its edge than the operation's radius come out wrong
 * @returns the changed rectangle, image px
 */
export function applyOperation(edit: MaskEdit, operation: MaskOperation, within: Rect): Rect {
  const { mask } = edit
  const region = intersectRect(operationRegion(mask, operation), within)
  if (isEmptyRect(region)) return EMPTY_RECT
  return writeRaster(edit, region, runOperation(readMask(mask, region), operation), 'replace')
}

/** Applies a list of commands without undo, for instance from a link. */
export function replayCommands(mask: Mask, commands: readonly MaskCommand[]): void {
  for (const command of commands) {
    const edit = new MaskEdit(mask)
    applyCommand(edit, command)
    edit.commit()
  }
}

/** The commands after the last clear: they alone make the same mask. */
export function effectiveCommands(commands: readonly MaskCommand[]): readonly MaskCommand[] {
  let last = -1
  commands.forEach((command, index) => {
    if (command.kind === 'clear') last = index
  })
  return commands.slice(last + 1)
}
