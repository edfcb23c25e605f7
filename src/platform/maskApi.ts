import type { Rect, Size } from '../core/geometry'
import type { RgbaImage } from '../core/image/raster'
import type { MaskBand, TileChange } from '../core/mask/command/maskBand'
import type { MaskCommand, RasterCommand } from '../core/mask/command/maskCommand'
import type { ReplayedMask } from '../core/mask/command/replayMask'
import type { ImportedMask } from '../core/mask/command/maskImport'
import type { MaskReview } from '../core/mask/lint/maskLint'
import type { Selection } from '../core/mask/select/selection'

/** Code that is compiled by running it on a sample, before it is wanted. */
export type MaskWarmUp = 'selections' | 'operations'

/** Where something was selected, and the coverage there as `encodeRuns` writes it. */
export interface SelectedArea {
  readonly rect: Rect
  readonly runs: Uint8Array<ArrayBuffer>
}

/** What the mask worker does. */
export interface MaskApi {
  /** @see runBand */
  runBand(band: MaskBand, command: MaskCommand): readonly TileChange[]
  /** @see reviewMask */
  review(mask: MaskBand, model: Size | null): MaskReview | null
  /** Announces the picture that selections read; `writePicture` fills it, so that no task of the page is long. */
  openPicture(key: string, size: Size): void
  /** @param offset byte in the picture's RGBA */
  writePicture(key: string, offset: number, bytes: Uint8ClampedArray<ArrayBuffer>): void
  /** @param key of the picture, which must be complete */
  select(key: string, selection: Selection): SelectedArea
  /** @see importMask */
  importMask(picture: RgbaImage, frame: Rect): ImportedMask
  /** @see replayMask */
  replay(frame: Rect, commands: readonly MaskCommand[], into?: Rect): ReplayedMask | null
  /** @see turnMask */
  turn(
    frame: Rect,
    commands: readonly MaskCommand[],
    shown: Rect,
    degrees: number,
  ): Promise<RasterCommand | null>
  /** @see maskOutline */
  outline(frame: Rect, commands: readonly MaskCommand[]): Int32Array<ArrayBuffer>
  warm(what: MaskWarmUp): void
}
