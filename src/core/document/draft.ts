import type { Rect, Size } from '../geometry'
import type { MaskCommand } from '../mask/command/maskCommand'
import type { PaintArea, Patch, PictureDocument, PictureFile, PixelKey, Setup } from './document'
import type { PatchEdit } from './edits'

/** One step of a draft: it changes the mask or the sampling area, the kept results, or both. */
export interface DraftStep {
  readonly command: MaskCommand | null
  /** What the command changes. */
  readonly area: PaintArea
  readonly edit: PatchEdit | null
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
  /** Those that the steps start from; none where no picture is open. */
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

/** The pixels that the steps of a draft name: they are kept as long as it is. */
export function keysOfSteps(steps: readonly Pick<DraftStep, 'edit'>[]): PixelKey[] {
  return steps.flatMap(({ edit }) => (edit?.kind === 'patch.add' ? [edit.patch.pixels] : []))
}

/** The stored files and pixels that a draft names besides its steps, likewise. */
export function keysOfDraft({ base, patches }: Draft): PixelKey[] {
  return [...(base ? [base.key] : []), ...patches.map(({ pixels }) => pixels)]
}
