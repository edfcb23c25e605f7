import type { ComposedPatch } from '../core/document/composePatch'
import type { Blend, Patch } from '../core/document/document'
import type { LiveJob, LiveView } from '../core/document/liveBlend'
import type { OutsideChange, OutsideJob } from '../core/document/outsideChange'
import type { Rect } from '../core/geometry'
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

/** A patch whose blend changes, as it looks now: bitmaps only. */
export interface LiveLayer {
  readonly rect: Rect
  /** One alone, as large as it is drawn. */
  readonly levels: readonly ImageBitmap[]
  readonly opaque: boolean
}

/** What the patch worker does. */
export interface PatchApi {
  /** @returns null where the patch changes nothing @see composePatch */
  compose(job: ComposeJob): Promise<DrawnPatch | null>
  /** @see changedOutside */
  outside(job: OutsideJob): Promise<OutsideChange>
  /** A patch whose blend is going to change; the one before it is forgotten. @see LiveBlend */
  openLive(job: LiveJob): Promise<void>
  /** @returns null where the patch changes nothing that is seen, or none is open @see LiveBlend.draw */
  drawLive(blend: Blend, view: LiveView): Promise<LiveLayer | null>
}
