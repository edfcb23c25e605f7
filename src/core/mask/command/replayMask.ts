import type { Rect } from '../../geometry'
import { createMask, maskBounds, readMask } from '../mask'
import { encodeRuns } from '../raster/maskRuns'
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
 * @param frame of both, image px
 * @returns null where they make an empty one
 */
export function replayMask(frame: Rect, commands: readonly MaskCommand[]): ReplayedMask | null {
  const mask = createMask(frame)
  replayCommands(mask, commands)
  if (maskBounds(mask).width === 0) return null
  const runs = encodeRuns(readMask(mask, frame))
  return {
    command: { kind: 'raster', mode: 'replace', rect: frame, runs },
    changes: mask.tiles.map((tile, index) => ({ index, tile: tile === FULL_TILE ? 'full' : tile })),
  }
}
