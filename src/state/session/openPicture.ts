import type { PaintArea, Patch, Setup } from '../../core/document/document'
import type { FrameEdit, PatchEdit } from '../../core/document/edits'
import type { MaskRegion, RegionEdit } from '../../core/document/regions'
import { DEFAULT_SENT, type SentArea } from '../../core/document/sentArea'
import { type Rect, rectOf } from '../../core/geometry'
import type { MaskCommand } from '../../core/mask/command/maskCommand'
import { MaskEditor } from '../../editor/maskEditor'
import type { AttachedChange } from '../../editor/undoStep'
import { patchesOf, pictureSize, type SourceImage } from './source'
import { layersOf } from './patches'

/** A picture with its history: undo and redo go from one to the next. */
export interface OpenPicture {
  source: SourceImage
  /** The kept results that its steps start from. */
  readonly settled: readonly Patch[]
  regions: readonly MaskRegion[]
  /** Those that its steps start from. */
  readonly settledRegions: readonly MaskRegion[]
  /** Which part of it a run sends, when it was last shown. */
  sent: SentArea
  frame: Rect
  /** Likewise. */
  readonly settledFrame: Rect
  readonly editor: MaskEditor
  /** Called when its kept results or regions have changed. */
  readonly onSource: (picture: OpenPicture) => void
  /** Called when another part of it is shown. */
  readonly onFrame: (picture: OpenPicture) => void
  /** What the form held as it was left, where the picture next to it has a form of its own; null where it does not. */
  setup: Setup | null
}

/** A change of the kept results. */
export interface PictureEdit {
  readonly edit: PatchEdit
  /** The picture with the edit done. */
  readonly result: SourceImage
}

/** A change of the regions. */
export interface RegionChange {
  readonly edit: RegionEdit
  /** The regions with the edit done. */
  readonly result: readonly MaskRegion[]
}

/** A step as it is opened: it changes mask, sampling area or guide lines, the kept results or the regions, or both. */
export interface OpenedStep {
  readonly command: MaskCommand | null
  /** What the command changes. */
  readonly area: PaintArea
  readonly change: PictureEdit | null
  readonly region: RegionChange | null
  readonly frame?: FrameEdit | null
}

export interface OpenedPicture {
  /** With the kept results that the steps start from. */
  readonly source: SourceImage
  /** All of the source unless given. */
  readonly frame?: Rect
  readonly commands?: readonly MaskCommand[]
  /** The sampling area; empty unless given. */
  readonly sampling?: readonly MaskCommand[]
  /** The guide lines; none unless given. */
  readonly guides?: readonly MaskCommand[]
  /** The default unless given. */
  readonly sent?: SentArea
  /** Those that the steps start from; none unless given. */
  readonly regions?: readonly MaskRegion[]
  /** The commands are where the work on this picture starts: undo goes back to the picture before. */
  readonly settled?: boolean
  /** The picture that this one is in another state of: Undo does not go back to it. */
  readonly replaces?: MaskEditor | null
  /** In place of the areas' commands, where the kept results change among them. */
  readonly steps?: readonly OpenedStep[]
  /** How many of the steps, the last ones, are undone: Redo does them. */
  readonly undone?: number
  /** As `PictureHistory.prepare` made it of all this. */
  readonly made?: OpenPicture
}

type PictureEvents = Pick<OpenPicture, 'onSource' | 'onFrame'>

/** What the start page does without: the mask editor, and kept results among its steps. */
export interface PictureHistory {
  /** A picture with the steps that it comes with. @param events called when undo, redo or an edit changes it */
  start(opened: OpenedPicture, events: PictureEvents): OpenPicture
  /** The same in slices: the steps of a large picture take a second, which the page does not stand still for. */
  prepare(opened: OpenedPicture, events: PictureEvents, nextTask: () => Promise<void>): Promise<OpenPicture>
  /** One step. @param command changes the mask in the same step */
  edit(picture: OpenPicture, change: PictureEdit, command: MaskCommand | null): void
  /** One step, likewise. */
  editRegions(picture: OpenPicture, change: RegionChange, command: MaskCommand | null): void
  /** One step, likewise. */
  reframe(picture: OpenPicture, edit: FrameEdit): void
}

/** Steps are done for so long at a time, ms. */
const SLICE_MS = 12

export const PICTURE_HISTORY: PictureHistory = {
  start(opened, events) {
    const { picture, steps } = begin(opened, events)
    for (const step of steps) step()
    return picture
  },
  async prepare(opened, events, nextTask) {
    const { picture, steps } = begin(opened, events)
    let begun = performance.now()
    for (const step of steps) {
      step()
      if (performance.now() - begun < SLICE_MS) continue
      await nextTask()
      begun = performance.now()
    }
    return picture
  },
  edit(picture, { edit, result }, command) {
    const { source: before } = picture
    const swap = (source: SourceImage) => () => {
      picture.source = source
      picture.onSource(picture)
    }
    const attached: AttachedChange = {
      bytes: bytesBetween(before, result),
      undo: swap(before),
      redo: swap(result),
    }
    picture.editor.attach(edit, attached, command)
  },
  editRegions(picture, { edit, result }, command) {
    const { regions: before } = picture
    const swap = (regions: readonly MaskRegion[]) => () => {
      picture.regions = regions
      picture.onSource(picture)
    }
    const attached: AttachedChange = { bytes: REGION_BYTES, undo: swap(before), redo: swap(result) }
    picture.editor.attach(edit, attached, command)
  },
  reframe(picture, edit) {
    picture.editor.reframe(edit, (frame) => {
      picture.frame = frame
      picture.onFrame(picture)
    })
  },
}

/** The picture as it is before its steps, and each of them to be done. */
function begin(opened: OpenedPicture, events: PictureEvents) {
  const { source, frame = rectOf(pictureSize(opened.source)) } = opened
  const { commands = [], sampling = [], guides = [], sent = DEFAULT_SENT } = opened
  const { regions = [], settled = false } = opened
  const editor = new MaskEditor(frame, { mask: commands, sampling, guides }, settled)
  const picture: OpenPicture = {
    source,
    settled: patchesOf(source),
    regions,
    settledRegions: regions,
    sent,
    frame,
    settledFrame: frame,
    editor,
    ...events,
    setup: null,
  }
  const done = (opened.steps ?? []).map(({ command, area, change, region, frame: edit }) => () => {
    if (edit) PICTURE_HISTORY.reframe(picture, edit)
    else if (change) PICTURE_HISTORY.edit(picture, change, command)
    else if (region) PICTURE_HISTORY.editRegions(picture, region, command)
    else if (command) editor.apply(command, area)
  })
  const undone = Array.from({ length: opened.undone ?? 0 }, () => () => editor.undo())
  return { picture, steps: [...done, ...undone] }
}

/** Estimate: a mask that is set aside is a few strokes, which its step in the history of the mask holds as well. */
const REGION_BYTES = 4096

/** What a step holds: the layers that only one of the two has, as pixels and as bitmaps. */
function bytesBetween(before: SourceImage, after: SourceImage): number {
  const [old, fresh] = [layersOf(before), layersOf(after)]
  const own = [
    ...old.filter((layer) => !fresh.includes(layer)),
    ...fresh.filter((layer) => !old.includes(layer)),
  ]
  return own.reduce((sum, { crop }) => sum + 2 * crop.data.length, 0)
}
