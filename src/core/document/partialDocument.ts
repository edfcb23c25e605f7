import type { Rect, Size } from '../geometry'
import { effectiveCommands, type MaskCommand } from '../mask/command/maskCommand'
import type { LinkedSource, PictureDocument, Setup } from './document'
import { frameOf } from './document'
import { isEqual } from './equality'
import type { MaskRegion } from './regions'
import { DEFAULT_SENT, type SentArea } from './sentArea'

/** What a link says of a document. */
export interface PartialDocument {
  /** null where it names no picture. */
  readonly base: LinkedSource | null
  /** The picture's size, to check a file that the reader brings; null where the link does not say. */
  readonly size: Size | null
  /** px of the base; null is all of it. */
  readonly frame: Rect | null
  readonly mask: readonly MaskCommand[]
  /** Where a fill may copy from; empty where everything is allowed. */
  readonly sampling: readonly MaskCommand[]
  /** Strokes along which a fill goes on. */
  readonly guides: readonly MaskCommand[]
  /** Which part of it a run sends; null leaves it to the page. */
  readonly sent: SentArea | null
  /** Left out where there are none. */
  readonly regions?: readonly MaskRegion[]
  /** The picture's own file, small, where it has no address and its maker put it into the link. */
  readonly picture?: Uint8Array<ArrayBuffer>
  /** Address of a picture that is the mask, in the model's tones; only hand-written links have one. */
  readonly maskUrl?: string
  /** True where a page made the link: settings it leaves out are blank. A hand-written link names some and keeps the rest. */
  readonly complete: boolean
  /**
   * What it names of the setup. `version` is the version asked for, the schema's own included. `backend` is a
   * suggestion: it is confirmed before it is used. In links of version 1 and hand-written ones, `params` may hold the
   * backend's options too.
   */
  readonly setup: Partial<Setup>
}

/** Nothing painted. */
export const NO_AREAS = { mask: [], sampling: [], guides: [] } as const satisfies Pick<
  PartialDocument,
  'mask' | 'sampling' | 'guides'
>

/** A page made it, and it names no picture. */
export function setupOnly(setup: Partial<Setup>): PartialDocument {
  return { base: null, size: null, frame: null, ...NO_AREAS, sent: null, complete: true, setup }
}

/**
 * What a link to this document says. A patch is left out: its pixels are stored on this device under a key, and no
 * address names them for anyone else. So is what a clear wiped out of mask, sampling area and guide lines.
 * @param schemaVersion the version of the model's schema, which finds the model on another page; null where unknown
 */
export function partialOf(document: PictureDocument, schemaVersion: string | null): PartialDocument {
  const { base, frame, mask, sampling, guides, sent, regions, setup } = document
  return {
    base: base.link,
    size: { width: base.width, height: base.height },
    frame: isEqual(frame, frameOf(base)) ? null : frame,
    mask: effectiveCommands(mask),
    sampling: effectiveCommands(sampling),
    guides: effectiveCommands(guides),
    sent: isEqual(sent, DEFAULT_SENT) ? null : sent,
    ...(regions.length > 0 ? { regions } : {}),
    complete: true,
    setup: { ...setup, version: setup.version ?? schemaVersion },
  }
}
