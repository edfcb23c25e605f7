import type { ComposedPatch } from '../core/document/composePatch'
import type { Patch } from '../core/document/document'
import type { RgbaImage } from '../core/image/raster'
import type { PictureLevels } from './codecApi'

/** A patch and what it is put into: plain data, so that a worker can take it. */
export interface ComposeJob {
  readonly patch: Patch
  /** Its own, of its rectangle's size. */
  readonly pixels: RgbaImage
  /** The picture below it over its rectangle. */
  readonly below: RgbaImage
}

/** What a patch makes of the picture below it, and what draws that. */
export interface DrawnPatch extends ComposedPatch, PictureLevels {}

/** What the patch worker does. */
export interface PatchApi {
  /** @returns null where the patch changes nothing @see composePatch */
  compose(job: ComposeJob): Promise<DrawnPatch | null>
}
