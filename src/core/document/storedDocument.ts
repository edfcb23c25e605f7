import type { Rect, Size } from '../geometry'
import type { MaskCommand } from '../mask/command/maskCommand'
import type { Viewport } from '../viewport'
import type { StepEdit } from './edits'
import type { PaintArea, Patch, PictureFile, PixelKey, Setup } from './document'
import type { MaskRegion } from './regions'
import type { SentArea } from './sentArea'

/** One step of a document: it changes mask, sampling area or guide lines, the kept results or the regions, or both. */
export interface DocumentStep {
  readonly command: MaskCommand | null
  /** What the command changes. */
  readonly area: PaintArea
  readonly edit: StepEdit | null
}

/** A step with its place in the document's tree of steps. Nothing in the tree is ever changed or taken away. */
export interface NumberedStep extends DocumentStep {
  /** 1 and up, in the order in which steps were done. */
  readonly number: number
  /** The step before it: a lower number; 0 is the picture as it was opened. */
  readonly parent: number
  /** When it was done, ISO 8601; null in steps from before that was written. */
  readonly at: string | null
}

/** What lists say of a stored document: small, as it is written with every stroke. */
export interface DocumentSummary {
  readonly id: string
  /** ISO 8601. */
  readonly createdAt: string
  /** ISO 8601: lists are sorted by it. */
  readonly updatedAt: string
  /** null where no picture is open: the form alone is kept. */
  readonly base: PictureFile | null
  /** null without a picture, and until the file of an old draft is decoded. */
  readonly size: Size | null
  /** Number of the step that is shown: the steps that lead to it are done. 0 is the picture as it was opened. */
  readonly tip: number
  /** The last step of the branch that is open: Redo leads there. Left out in what was written before it was. */
  readonly head?: number | undefined
  /** The page that may write it: each that takes the document over puts its own name here. */
  readonly writer: string
  readonly starred: boolean
  /** Stored pixels that its steps name, on any branch. */
  readonly pixels: readonly PixelKey[]
  /** What it was opened from: a document, at a step. */
  readonly from: { readonly id: string; readonly step: number } | null
}

/** The rest of a stored document, without its steps. */
export interface DocumentContents {
  /** px of the base; null is all of it. */
  readonly frame: Rect | null
  /** Which part of it a run sends. */
  readonly sent: SentArea
  /** Those that the steps start from; none where no picture is open. */
  readonly patches: readonly Patch[]
  /** Likewise. */
  readonly regions: readonly MaskRegion[]
  /** null in drafts from before versions were written. */
  readonly setup: Setup | null
  /** What of the picture is shown; null fits it into the pane. */
  readonly viewport: Viewport | null
}

/** Public addresses of masks, each by the command that made it: it holds as long as that is the mask's last one. */
export type MaskUrls = ReadonlyMap<MaskCommand, string>

/** The stored files and pixels that a document names: they are kept as long as it is. */
export function keysOfDocument(
  { base, pixels }: Pick<DocumentSummary, 'base' | 'pixels'>,
  { patches }: Pick<DocumentContents, 'patches'>,
): PixelKey[] {
  return [...(base ? [base.key] : []), ...pixels, ...patches.map((patch) => patch.pixels)]
}

/** The pixels that steps name, likewise. */
export function keysOfSteps(steps: readonly Pick<DocumentStep, 'edit'>[]): PixelKey[] {
  return steps.flatMap(({ edit }) => {
    if (edit?.kind === 'turn') return [edit.base.key, ...edit.patches.map((patch) => patch.pixels)]
    return edit?.kind === 'patch.add' ? [edit.patch.pixels] : []
  })
}
