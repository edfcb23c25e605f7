import { movedRect, type Rect, type Size } from '../geometry'
import { type Quarters, turnedRect } from '../image/rotate'
import type { MaskCommand, RasterCommand } from '../mask/command/maskCommand'
import type { Patch, PixelKey } from './document'

/** A quarter turn, or two or three, of a whole picture. */
export interface QuarterTurn {
  /** The picture before. */
  readonly base: Size & { readonly key: PixelKey }
  /** Key of the picture after. */
  readonly key: PixelKey
  /** Clockwise. */
  readonly quarters: Quarters
}

/** By how much a patch's stored pixels are turned to lie in its rectangle. @param base key of the picture below */
export function pixelQuarters({ pixels, quarters = 0 }: Pick<Patch, 'pixels' | 'quarters'>, base: PixelKey) {
  return pixels === base ? 0 : quarters
}

/**
 * A patch turned with its picture: composed over the turned picture it gives the composed picture, turned, to the byte.
 * @param coverage what it covers, turned by `turnMask` alone; null where that is nothing
 */
export function turnPatch(patch: Patch, coverage: RasterCommand | null, turn: QuarterTurn): Patch {
  const { quarters: before = 0, ...rest } = patch
  const quarters = ((before + turn.quarters) % 4) as Quarters
  const coverageFrame = turnedRect(patch.coverageFrame, turn.base, turn.quarters)
  return {
    ...rest,
    ...(quarters === 0 ? {} : { quarters }),
    // What was revealed of the base is what the turned base has.
    pixels: patch.pixels === turn.base.key ? turn.key : patch.pixels,
    rect: turnedRect(patch.rect, turn.base, turn.quarters),
    coverage: placed(coverage, coverageFrame),
    coverageFrame,
  }
}

/** A raster over a frame that starts at 0, 0, brought to where that frame lies. */
export function placed(command: RasterCommand | null, { x, y }: Rect): readonly MaskCommand[] {
  return command ? [{ ...command, rect: movedRect(command.rect, x, y) }] : []
}
