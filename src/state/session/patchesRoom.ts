import type { DocumentContents, NumberedStep } from '../../core/document/storedDocument'
import type { Patch, PixelKey } from '../../core/document/document'
import { editPatches, isPatchEdit, type PatchEdit } from '../../core/document/edits'
import type { Ports } from '../ports'
import type { PictureEdit } from './pictureSteps'
import { watchOutside } from './outsideCheck'
import { changesMore, openingStep, type OpeningStep, type PathStep } from './documentSteps'
import { createPatchComposer, type PatchComposer } from './patchComposer'
import { createPatchEdits, type PatchEdits } from './patchEdits'
import type { PatchSelection } from './patchStore'
import { createRevealBrush, type RevealBrush } from './revealBrush'
import type { Messages } from '../shell/messages'
import type { ToolSettings } from '../shell/toolSettings'
import type { ViewRoom } from '../shell/view'
import type { ViewportRoom } from '../shell/viewport'
import { createPixelStore, type PixelStore } from './pixelStore'
import type { Session } from './session'
import { baseOf, patchesOf, type SourceImage } from './source'

/** What is known of a stored document besides its picture's file. */
interface StoredEdits extends Pick<DocumentContents, 'patches'> {
  readonly steps: readonly PathStep[]
  readonly files: ReadonlyMap<PixelKey, Blob>
}

export interface ReopenedPicture {
  readonly source: SourceImage
  readonly steps: readonly OpeningStep[]
  /** Each picture that a step makes of the kept results. */
  readonly made: readonly SourceImage[]
  /** As stored, one for each of `steps`: what changes nothing any more is left out. */
  readonly done: readonly NumberedStep[]
}

export interface PatchesRoom {
  readonly edits: PatchEdits
  readonly reveal: RevealBrush
  readonly pixels: PixelStore
  readonly composer: PatchComposer
  /**
   * An edit of the open picture's kept results, ready to be a step; made again where they change meanwhile.
   * @param make the edit of these patches; null for none
   * @returns null where nothing is open, or the edit does not fit
   */
  prepare(make: (patches: readonly Patch[]) => PatchEdit | null): Promise<PictureEdit | null>
  /** The picture of a stored document with its steps, each with what it makes of the kept results. */
  reopen(base: SourceImage, stored: StoredEdits): Promise<ReopenedPicture>
}

interface PatchesRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly session: Session
  readonly selection: PatchSelection
  readonly view: ViewRoom
  readonly viewport: ViewportRoom
  readonly tools: ToolSettings
}

/** How many results are read while one is composed. */
const READ_AHEAD = 2

/** Kept results: fetched with the first of them. */
export function createPatchesRoom(rooms: PatchesRooms): PatchesRoom {
  const { ports, session } = rooms
  const pixels = createPixelStore(ports)
  const composer = createPatchComposer(ports, pixels)
  watchOutside(rooms)

  const prepare: PatchesRoom['prepare'] = async (make) => {
    const { source: asked } = session.store.getState()
    for (;;) {
      const { source } = session.store.getState()
      // Another picture, or the same one turned: what was made for it does not fit.
      if (!source || !asked || baseOf(source) !== baseOf(asked)) return null
      const edit = make(patchesOf(source))
      const patches = edit && edited(patchesOf(source), edit)
      if (!patches) return null
      const result = await composer.compose(source, patches)
      if (session.store.getState().source === source) return { edit, result }
      composer.discard(result, source)
    }
  }

  return {
    pixels,
    composer,
    prepare,
    edits: createPatchEdits({ ...rooms, pixels, composer, prepare }),
    reveal: createRevealBrush({ ...rooms, pixels, prepare }),
    async reopen(base, { patches, steps, files }) {
      for (const [key, file] of files) pixels.hold(key, file)
      // While one is composed, the next are read and decoded.
      const keys = steps.flatMap(({ edit }) => (edit?.kind === 'patch.add' ? edit.patch.pixels : []))
      let asked = 0
      const readAhead = (count: number) => {
        for (; asked < Math.min(count, keys.length); asked++) void pixels.load(keys[asked])
      }
      readAhead(READ_AHEAD)
      const source = await composer.compose(base, patches)
      const opened: OpeningStep[] = []
      const made: SourceImage[] = []
      const done: NumberedStep[] = []
      let now = source
      for (const step of steps) {
        const { edit } = step
        const change = isPatchEdit(edit) ? edit : null
        const after = change && edited(patchesOf(now), change)
        if (change?.kind === 'patch.add') readAhead(keys.indexOf(change.patch.pixels) + 1 + READ_AHEAD)
        if (after) now = await composer.compose(now, after)
        if (!after && !changesMore(step)) continue
        const kept = after && change ? { edit: change, result: now } : null
        if (kept) made.push(now)
        opened.push(openingStep(ports, step, kept))
        done.push(step)
      }
      return { source, steps: opened, made, done }
    },
  }
}

/** @returns null where the edit names what is not there: a step before it was lost */
function edited(patches: readonly Patch[], edit: PatchEdit): readonly Patch[] | null {
  try {
    return editPatches(patches, edit)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
