import type { Rect, Size } from '../geometry'
import type { MaskCommand } from '../mask/command/maskCommand'
import type { PaintArea, Patch, PictureDocument, PictureFile, PixelKey, Setup } from './document'

/** A result that was applied, as the journal keeps it. */
export interface JournalPatch {
  /** The key of the picture that it makes. */
  readonly id: string
  /** Image px. */
  readonly rect: Rect
  /** A PNG of the rectangle's size. */
  readonly file: Blob
}

/** One step of a draft: it changes the mask or the sampling area, applies a result, or both. */
export interface DraftStep {
  readonly command: MaskCommand | null
  /** What the command changes. */
  readonly area: PaintArea
  readonly patch: JournalPatch | null
}

/** What a tab had open, without its steps: they stand in a journal of their own. */
export interface Draft {
  /** Two tabs never write to the same draft. */
  readonly tabId: string
  /** Counts the drafts of this tab: journal entries of an older one are not its own. */
  readonly generation: number
  /** ISO 8601; null in drafts from before versions were written. */
  readonly updatedAt: string | null
  /** null where no picture is open. */
  readonly base: PictureFile | null
  /** null without a picture, and in drafts from before versions were written: known once the file is decoded. */
  readonly size: Size | null
  /** px of the base; null is all of it. */
  readonly frame: Rect | null
  /** None where no picture is open. */
  readonly patches: readonly Patch[]
  /** null in drafts from before versions were written. */
  readonly setup: Setup | null
}

/** Public addresses of masks, each by the command that made it: it holds as long as that is the mask's last one. */
export type MaskUrls = ReadonlyMap<MaskCommand, string>

type DraftStamp = Pick<Draft, 'tabId' | 'generation'> & { readonly updatedAt: string }

/** What is kept of an open document. Its steps go into the journal. */
export function draftOf({ base, frame, patches, setup }: PictureDocument, about: DraftStamp): Draft {
  const { key, name, link, width, height } = base
  return { ...about, base: { key, name, link }, size: { width, height }, frame, patches, setup }
}

/** What is kept of a form while no picture is open. */
export function formDraft(setup: Setup, about: DraftStamp): Draft {
  return { ...about, base: null, size: null, frame: null, patches: [], setup }
}

/** The stored files and pixels that a draft names: they are kept as long as it is. */
export function keysOfDraft({ base, patches }: Draft): PixelKey[] {
  return [...(base ? [base.key] : []), ...patches.map(({ pixels }) => pixels)]
}
