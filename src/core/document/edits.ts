import type { Rect } from '../geometry'
import type { MaskCommand } from '../mask/command/maskCommand'
import { extendCoverage } from './coverageReplay'
import { type Blend, MAX_PATCHES, type PaintArea, type Patch, type PictureDocument } from './document'
import { editRegions, invertRegionEdit, type RegionEdit } from './regions'
import type { SentArea } from './sentArea'

/** One step of the document: plain data, so that undo, redo and a journal share it. */
export type DocumentEdit =
  | { readonly kind: 'paint'; readonly area: PaintArea; readonly command: MaskCommand }
  /** Takes the area's last command back. */
  | { readonly kind: 'paint.drop'; readonly area: PaintArea }
  /** `place` counts from the bottom; the number of patches is the top. */
  | { readonly kind: 'patch.add'; readonly patch: Patch; readonly place: number }
  | { readonly kind: 'patch.remove'; readonly id: string }
  | { readonly kind: 'patch.move'; readonly id: string; readonly place: number }
  | { readonly kind: 'patch.blend'; readonly id: string; readonly blend: Blend }
  | { readonly kind: 'patch.coverage'; readonly id: string; readonly coverage: readonly MaskCommand[] }
  /** Adds one command to what the patch covers. */
  | { readonly kind: 'patch.paint'; readonly id: string; readonly command: MaskCommand }
  /** Takes the last command of a coverage back. */
  | { readonly kind: 'patch.drop'; readonly id: string }
  | { readonly kind: 'patch.visible'; readonly id: string; readonly visible: boolean }
  | FrameEdit
  /** Takes a frame back, with the last `count` commands of the mask. */
  | { readonly kind: 'frame.drop'; readonly frame: Rect; readonly count: number }
  | { readonly kind: 'sent'; readonly sent: SentArea }
  | TurnEdit
  | RegionEdit

/** Shows another part of the picture. What is painted is replayed over it. */
export interface FrameEdit {
  readonly kind: 'frame'
  /** px of the base. */
  readonly frame: Rect
  /** Is added to the mask: what the frame shows beyond what was there. */
  readonly mask: readonly MaskCommand[]
}

/**
 * Shows the picture turned: a stored picture of its own, and everything that is painted, kept and set aside turned along.
 * Turned by an angle, what was kept is in its pixels.
 */
export interface TurnEdit extends Omit<PictureDocument, 'setup'> {
  readonly kind: 'turn'
  /** What a run sent before: as it is again once the turn is taken back. */
  readonly sentBefore: SentArea
}

/** The choice of what a run sends. */
export type SentEdit = Extract<DocumentEdit, { kind: 'sent' }>

/** An edit of the kept results. */
export type PatchEdit = Extract<DocumentEdit, { kind: `patch.${string}` }>

/** An edit of the kept results, the regions or the frame, a turn, or the choice of what a run sends: what a step does besides painting. */
export type StepEdit = PatchEdit | RegionEdit | FrameEdit | TurnEdit | SentEdit

export function isPatchEdit(edit: StepEdit | null): edit is PatchEdit {
  return edit?.kind.startsWith('patch.') ?? false
}

export function isRegionEdit(edit: StepEdit | null): edit is RegionEdit {
  return edit?.kind.startsWith('region.') ?? false
}

/** The patches with the edit done; those it does not name stay the same objects. @throws RangeError as `applyEdit` */
export function editPatches(patches: readonly Patch[], edit: PatchEdit): readonly Patch[] {
  switch (edit.kind) {
    case 'patch.add':
      if (patches.some(({ id }) => id === edit.patch.id))
        throw new RangeError(`patch.add: ${edit.patch.id} exists`)
      if (patches.length >= MAX_PATCHES) throw new RangeError(`patch.add: ${MAX_PATCHES} patches are all`)
      return inserted(patches, edit.patch, edit.place)
    case 'patch.remove':
      return patches.toSpliced(placeOf(patches, edit.id), 1)
    case 'patch.move': {
      const from = placeOf(patches, edit.id)
      return inserted(patches.toSpliced(from, 1), patches[from], edit.place)
    }
    case 'patch.blend':
      return changed(patches, edit.id, { blend: edit.blend })
    case 'patch.coverage':
      return changed(patches, edit.id, { coverage: edit.coverage })
    case 'patch.paint': {
      const { coverage } = patches[placeOf(patches, edit.id)]
      return changed(patches, edit.id, { coverage: extendCoverage(coverage, edit.command) })
    }
    case 'patch.drop': {
      const { coverage } = patches[placeOf(patches, edit.id)]
      lastOf(coverage, edit.kind)
      return changed(patches, edit.id, { coverage: coverage.slice(0, -1) })
    }
    case 'patch.visible':
      return changed(patches, edit.id, { visible: edit.visible })
  }
}

/**
 * The document with the edit done; everything that the edit does not name stays the same object.
 * @throws RangeError where the edit names a patch, region or place that is not there, adds an id that exists, or one more
 * than `MAX_PATCHES` or `MAX_REGIONS`
 */
export function applyEdit(document: PictureDocument, edit: DocumentEdit): PictureDocument {
  switch (edit.kind) {
    case 'paint':
      return { ...document, [edit.area]: [...document[edit.area], edit.command] }
    case 'paint.drop':
      lastOf(document[edit.area], edit.kind)
      return { ...document, [edit.area]: document[edit.area].slice(0, -1) }
    case 'frame':
      return { ...document, frame: edit.frame, mask: [...document.mask, ...edit.mask] }
    case 'frame.drop':
      return { ...document, frame: edit.frame, mask: withoutLast(document.mask, edit.count) }
    case 'sent':
      return { ...document, sent: edit.sent }
    case 'turn': {
      const { kind: _, sentBefore: __, ...turned } = edit
      return { ...document, ...turned }
    }
    case 'patch.add':
    case 'patch.remove':
    case 'patch.move':
    case 'patch.blend':
    case 'patch.coverage':
    case 'patch.paint':
    case 'patch.drop':
    case 'patch.visible':
      return { ...document, patches: editPatches(document.patches, edit) }
    case 'region.add':
    case 'region.remove':
    case 'region.text':
    case 'region.mask':
      return { ...document, regions: editRegions(document.regions, edit) }
  }
}

/**
 * The edit that takes `edit` back once it is done. Mask pixels are not replayed: the editor keeps their tiles.
 * @param document as it is before `edit`
 * @throws RangeError where `edit` does not fit the document
 */
export function invertEdit(document: PictureDocument, edit: DocumentEdit): DocumentEdit {
  switch (edit.kind) {
    case 'paint':
      return { kind: 'paint.drop', area: edit.area }
    case 'paint.drop':
      return { ...edit, kind: 'paint', command: lastOf(document[edit.area], edit.kind) }
    case 'patch.add':
      return { kind: 'patch.remove', id: edit.patch.id }
    case 'patch.remove': {
      const place = placeOf(document.patches, edit.id)
      return { kind: 'patch.add', patch: document.patches[place], place }
    }
    case 'patch.move':
      return { ...edit, place: placeOf(document.patches, edit.id) }
    case 'patch.blend':
      return { ...edit, blend: patchOf(document, edit.id).blend }
    case 'patch.coverage':
      return { ...edit, coverage: patchOf(document, edit.id).coverage }
    case 'patch.paint':
      return { kind: 'patch.drop', id: edit.id }
    case 'patch.drop':
      return { ...edit, kind: 'patch.paint', command: lastOf(patchOf(document, edit.id).coverage, edit.kind) }
    case 'patch.visible':
      return { ...edit, visible: patchOf(document, edit.id).visible }
    case 'frame':
      return { kind: 'frame.drop', frame: document.frame, count: edit.mask.length }
    case 'frame.drop':
      return {
        kind: 'frame',
        frame: document.frame,
        mask: document.mask.slice(document.mask.length - edit.count),
      }
    case 'sent':
      return { ...edit, sent: document.sent }
    case 'turn': {
      const { setup: _, ...before } = document
      return { kind: 'turn', ...before, sentBefore: edit.sent }
    }
    case 'region.add':
    case 'region.remove':
    case 'region.text':
    case 'region.mask':
      return invertRegionEdit(document.regions, edit)
  }
}

function lastOf(commands: readonly MaskCommand[], kind: DocumentEdit['kind']): MaskCommand {
  const command = commands.at(-1)
  if (!command) throw new RangeError(`${kind}: there is no command`)
  return command
}

function withoutLast(commands: readonly MaskCommand[], count: number): readonly MaskCommand[] {
  if (count > commands.length) throw new RangeError(`frame.drop: there are ${commands.length} commands`)
  return commands.slice(0, commands.length - count)
}

function placeOf(patches: readonly Patch[], id: string): number {
  const place = patches.findIndex((patch) => patch.id === id)
  if (place < 0) throw new RangeError(`no patch ${id}`)
  return place
}

function patchOf({ patches }: PictureDocument, id: string): Patch {
  return patches[placeOf(patches, id)]
}

function changed(patches: readonly Patch[], id: string, change: Partial<Patch>): readonly Patch[] {
  const place = placeOf(patches, id)
  return patches.with(place, { ...patches[place], ...change })
}

function inserted(patches: readonly Patch[], patch: Patch, place: number): readonly Patch[] {
  if (!Number.isInteger(place) || place < 0 || place > patches.length)
    throw new RangeError(`no place ${place} among ${patches.length} patches`)
  return patches.toSpliced(place, 0, patch)
}
