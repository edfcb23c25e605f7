import { containsRect, type Rect } from '../../geometry'
import { createMask, maskBounds, readMask } from '../mask'
import { MaskEdit } from '../maskEdit'
import { encodeRuns } from '../raster/maskRuns'
import { writeRaster } from '../raster/writeRaster'
import { FULL_TILE } from '../tiles'
import type { TileChange } from './maskBand'
import { type MaskCommand, replayCommands } from './maskCommand'

/** All of a mask as one command, with the tiles that it makes. */
export interface ReplayedMask {
  readonly command: Extract<MaskCommand, { kind: 'raster' }>
  /** Every tile of the mask, whatever lies there now. */
  readonly changes: readonly TileChange[]
}

/**
 * Makes a mask of its commands and puts it in the place of another.
 * @param frame what the commands are replayed over, image px
 * @param into of the mask that is replaced, image px
 * @returns null where they make an empty one
 */
export function replayMask(
  frame: Rect,
  commands: readonly MaskCommand[],
  into: Rect = frame,
): ReplayedMask | null {
  const replayed = createMask(frame)
  replayCommands(replayed, commands)
  const mask = containsRect(frame, into) && containsRect(into, frame) ? replayed : createMask(into)
  const gray = readMask(replayed, into)
  if (mask !== replayed) {
    const edit = new MaskEdit(mask)
    writeRaster(edit, into, gray, 'replace')
    edit.commit()
  }
  if (maskBounds(mask).width === 0) return null
  const runs = encodeRuns(gray)
  return {
    command: { kind: 'raster', mode: 'replace', rect: into, runs },
    changes: mask.tiles.map((tile, index) => ({ index, tile: tile === FULL_TILE ? 'full' : tile })),
  }
}
