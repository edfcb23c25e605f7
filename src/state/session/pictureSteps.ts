import type { FrameEdit, PatchEdit, SentEdit, TurnEdit } from '../../core/document/edits'
import type { MaskRegion, RegionEdit } from '../../core/document/regions'
import type { SentArea } from '../../core/document/sentArea'
import type { MaskCommand } from '../../core/mask/command/maskCommand'
import type { Areas } from '../../editor/editHistory'
import type { AttachedChange } from '../../editor/undoStep'
import type { OpenPicture } from './openPicture'
import { layersOf } from './patches'
import { baseOf, type SourceImage } from './source'

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

/** A turn of the picture. */
export interface TurnChange {
  readonly edit: TurnEdit
  /** The turned picture, with what is kept. */
  readonly result: SourceImage
}

/** Does one step of a picture. */
export type PictureStep = (picture: OpenPicture) => void

/** Changes the kept results. @param change made of `source` as it is then @param command changes the mask in the same step */
export function patchStep({ edit, result }: PictureEdit, command: MaskCommand | null): PictureStep {
  return (picture) => {
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
  }
}

/** Changes the regions. @param change made of `regions` as they are then @param command likewise */
export function regionStep({ edit, result }: RegionChange, command: MaskCommand | null): PictureStep {
  return (picture) => {
    const { regions: before } = picture
    const swap = (regions: readonly MaskRegion[]) => () => {
      picture.regions = regions
      picture.onSource(picture)
    }
    const attached: AttachedChange = { bytes: REGION_BYTES, undo: swap(before), redo: swap(result) }
    picture.editor.attach(edit, attached, command)
  }
}

/** Chooses which part of the picture a run sends. */
export function sentStep(edit: SentEdit): PictureStep {
  return (picture) => {
    const swap = (sent: SentArea) => () => {
      picture.sent = sent
      picture.onSent(picture)
    }
    const undo = swap(picture.sentOf(picture))
    picture.editor.attach(edit, { bytes: SENT_BYTES, undo, redo: swap(edit.sent) }, null)
  }
}

/** Shows another part. @param areas what is painted, over it: made by `areasAfter` of all that is open then */
export function frameStep(edit: FrameEdit, areas: Areas): PictureStep {
  return (picture) =>
    picture.editor.reframe(edit, areas, (frame) => {
      picture.frame = frame
      picture.onFrame(picture)
    })
}

/** Shows the picture turned. @param change made of all that is open then @param areas likewise */
export function turnStep({ edit, result }: TurnChange, areas: Areas): PictureStep {
  return (picture) => {
    type Exchanged = Pick<OpenPicture, 'source' | 'regions' | 'sent'>
    let other: Exchanged = { source: result, regions: edit.regions, sent: edit.sent }
    picture.turned.push(new WeakRef(baseOf(picture.source)), new WeakRef(baseOf(result)))
    picture.editor.reframe(edit, areas, (frame) => {
      const now = { source: picture.source, regions: picture.regions, sent: picture.sentOf(picture) }
      Object.assign(picture, other, { frame })
      other = now
      picture.onTurn(picture)
    })
  }
}

/** Estimated bytes of a region: its mask is a few strokes, which the mask's own step holds as well. */
const REGION_BYTES = 4096
/** Estimated bytes of the part that is sent: a rectangle. */
const SENT_BYTES = 256

/** What a step holds: the layers that only one of the two has, as pixels and as bitmaps. */
function bytesBetween(before: SourceImage, after: SourceImage): number {
  const [old, fresh] = [layersOf(before), layersOf(after)]
  const own = [
    ...old.filter((layer) => !fresh.includes(layer)),
    ...fresh.filter((layer) => !old.includes(layer)),
  ]
  return own.reduce((sum, { crop }) => sum + 2 * crop.data.length, 0)
}
