import type { Patch, Setup } from '../../core/document/document'
import type { MaskRegion } from '../../core/document/regions'
import { DEFAULT_SENT, type SentArea } from '../../core/document/sentArea'
import { type Rect, rectOf } from '../../core/geometry'
import type { MaskCommand } from '../../core/mask/command/maskCommand'
import { MaskEditor } from '../../editor/maskEditor'
import { patchesOf, pictureSize, type SourceImage } from './source'

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
  /** Called when it is another picture: turned, or turned back. */
  readonly onTurn: (picture: OpenPicture) => void
  /** Called when a run sends another part of it. */
  readonly onSent: (picture: OpenPicture) => void
  /** Which part of it a run sends at this moment. */
  readonly sentOf: (picture: OpenPicture) => SentArea
  /** What it was before it was turned, and after. */
  readonly turned: WeakRef<SourceImage>[]
  /** What the form held as it was left, where the picture next to it has a form of its own; null where it does not. */
  setup: Setup | null
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
  /** Has done its steps ahead; a new one unless given. */
  readonly editor?: MaskEditor
  /** As `Session.prepare` made it of all this, with steps that were done since. */
  readonly made?: OpenPicture
}

export type PictureEvents = Pick<OpenPicture, 'onSource' | 'onFrame' | 'onTurn' | 'onSent' | 'sentOf'>

/**
 * A picture with its history: what the start page does without.
 * @param events called when undo, redo or a step changes it
 */
export function startPicture(opened: OpenedPicture, events: PictureEvents): OpenPicture {
  const { source, frame = rectOf(pictureSize(opened.source)) } = opened
  const { commands = [], sampling = [], guides = [], sent = DEFAULT_SENT } = opened
  const { regions = [], settled = false } = opened
  return {
    source,
    settled: patchesOf(source),
    regions,
    settledRegions: regions,
    sent,
    frame,
    settledFrame: frame,
    editor: opened.editor ?? new MaskEditor(frame, { mask: commands, sampling, guides }, settled),
    ...events,
    turned: [],
    setup: null,
  }
}

/** An editor whose steps are done ahead of its picture. @param frame image px */
export function startEditor(frame: Rect): MaskEditor {
  return new MaskEditor(frame)
}
