import type { PaintArea, Patch, Setup } from '../../core/document/document'
import { type Rect, rectOf } from '../../core/geometry'
import type { MaskCommand } from '../../core/mask/command/maskCommand'
import { MaskEditor } from '../../editor/maskEditor'
import { withPatch } from './patches'
import { type AppliedPatch, PatchChange, pictureSize, type SourceImage } from './source'

/** A picture with its history: undo and redo go from one to the next. */
export interface OpenPicture {
  source: SourceImage
  patches: readonly Patch[]
  readonly frame: Rect
  readonly editor: MaskEditor
  /** Called when a result was applied to it, or taken back. */
  readonly onSource: (picture: OpenPicture) => void
  /** What the form held as it was left, where the picture next to it has a form of its own; null where it does not. */
  setup: Setup | null
}

/** A step as it is stored: it changes the mask or the sampling area, applies a result, or both. */
export interface OpenedStep {
  readonly command: MaskCommand | null
  /** What the command changes. */
  readonly area: PaintArea
  readonly patch: AppliedPatch | null
}

export interface OpenedPicture {
  readonly source: SourceImage
  /** All of the source unless given. */
  readonly frame?: Rect
  readonly commands?: readonly MaskCommand[]
  /** The sampling area; empty unless given. */
  readonly sampling?: readonly MaskCommand[]
  readonly patches?: readonly Patch[]
  /** The commands are where the work on this picture starts: undo goes back to the picture before. */
  readonly settled?: boolean
  /** In place of `commands` and `sampling`, where results were applied among them. */
  readonly steps?: readonly OpenedStep[]
}

/** What the start page does without: the mask editor, and applied results among its steps. */
export interface PictureHistory {
  /** A picture with the steps that it comes with. @param onSource called when undo, redo or a result changes it */
  start(opened: OpenedPicture, onSource: (picture: OpenPicture) => void): OpenPicture
  /** One step. @param command changes the mask in the same step */
  applyPatch(picture: OpenPicture, patch: AppliedPatch, command: MaskCommand | null): void
}

export const PICTURE_HISTORY: PictureHistory = {
  start(opened, onSource) {
    const { source, frame = rectOf(pictureSize(opened.source)) } = opened
    const { commands = [], sampling = [], patches = [], settled = false } = opened
    const earlier = (source.applied?.patches ?? []).map((patch) => new PatchChange(patch, nothing, nothing))
    const editor = new MaskEditor(frame, commands, sampling, settled, earlier)
    const picture: OpenPicture = { source, patches, frame, editor, onSource, setup: null }
    for (const { command, area, patch } of opened.steps ?? []) {
      if (patch) this.applyPatch(picture, patch, command)
      else if (command) editor.apply(command, area)
    }
    return picture
  },
  applyPatch(picture, patch, command) {
    const below = picture.source
    const result = withPatch(below, patch)
    const swap = (source: SourceImage) => () => {
      picture.source = source
      picture.onSource(picture)
    }
    picture.editor.attach(new PatchChange(patch, swap(below), swap(result)), command)
  },
}

function nothing(): void {}
