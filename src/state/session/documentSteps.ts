import { type FrameEdit, isRegionEdit, type SentEdit, type TurnEdit } from '../../core/document/edits'
import { editRegions, type MaskRegion } from '../../core/document/regions'
import { isFrame } from '../../core/frame/frameEdits'
import { rectOf, type Size } from '../../core/geometry'
import { DEFAULT_SENT, type SentArea } from '../../core/document/sentArea'
import type { DocumentContents, NumberedStep } from '../../core/document/storedDocument'
import type { MaskEditor } from '../../editor/maskEditor'
import type { MaskChange } from '../../editor/maskEvents'
import type { Ports } from '../ports'
import { areasAfter } from './frameAreas'
import type { OpenDocument } from './openDocument'
import type { OpenPicture } from './openPicture'
import {
  frameStep,
  patchStep,
  type PictureEdit,
  type RegionChange,
  regionStep,
  sentStep,
} from './pictureSteps'
import type { Reveal } from './patchStore'

/** Interval at which an unfinished stroke is written as far as it goes, ms. */
const DRAWING_MS = 500

/**
 * Takes down every step of an editor in its document.
 * @param write called after each
 * @returns a function that stops it
 */
export function takeSteps(document: OpenDocument, editor: MaskEditor, write: () => void): () => void {
  let drawing: ReturnType<typeof setInterval> | undefined
  const takeDrawn = () => {
    const { drawn } = editor
    if (!drawn) return
    document.draw({ ...drawn, edit: null }, now())
    write()
  }
  const stop = editor.subscribe({
    change(change) {
      clearInterval(drawing)
      if (change.kind === 'begin') drawing = setInterval(takeDrawn, DRAWING_MS)
      else {
        take(document, change)
        write()
      }
    },
  })
  return () => {
    clearInterval(drawing)
    stop()
  }
}

/**
 * Takes down what the reveal brush draws while it lasts: its end is a step of the document's own editor.
 * @param write called after each
 * @returns a function that stops it
 */
export function takeReveal(document: OpenDocument, reveal: Reveal, write: () => void): () => void {
  let drawing: ReturnType<typeof setInterval> | undefined
  const takeDrawn = () => {
    const edit = reveal.drawn()
    if (!edit) return
    document.draw({ command: null, area: 'mask', edit }, now())
    write()
  }
  const stop = reveal.editor.subscribe({
    change({ kind }) {
      clearInterval(drawing)
      if (kind === 'begin') drawing = setInterval(takeDrawn, DRAWING_MS)
      else if (kind !== 'do') {
        document.cancel()
        write()
      }
    },
  })
  return () => {
    clearInterval(drawing)
    stop()
  }
}

function take(document: OpenDocument, change: Exclude<MaskChange, { kind: 'begin' }>): void {
  if (change.kind === 'do') document.do(change.step, now())
  else if (change.kind === 'undo') document.undo()
  else if (change.kind === 'redo') document.redo()
  else document.cancel()
}

function now(): string {
  return new Date().toISOString()
}

/** A step with what it makes of the regions and of the frame. */
export interface PathStep extends NumberedStep {
  /** null where it changes none, or names one that is not there: a step before it was lost. */
  readonly region: RegionChange | null
  /** null where it shows nothing of the picture. */
  readonly frame: FrameEdit | null
  readonly turn: TurnEdit | null
  readonly sent: SentEdit | null
}

/** The steps of a path, each with what it makes. @param settled the regions that they start from */
export function withChanges(
  path: readonly NumberedStep[],
  settled: readonly MaskRegion[],
  base: Size,
): readonly PathStep[] {
  let regions = settled
  let size = base
  return path.map((step) => {
    const { edit } = step
    let region: RegionChange | null = null
    if (isRegionEdit(edit)) {
      try {
        regions = editRegions(regions, edit)
        region = { edit, result: regions }
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
      }
    }
    const frame = edit?.kind === 'frame' && isFrame(edit.frame, rectOf(size)) ? edit : null
    const turn = edit?.kind === 'turn' ? shownTurn(edit) : null
    if (turn) {
      regions = turn.regions
      size = turn.base
    }
    const sent = edit?.kind === 'sent' ? edit : null
    return Object.assign({ region, frame, turn, sent }, step)
  })
}

/** A turn that shows something of its picture, whatever a file says. */
function shownTurn(turn: TurnEdit): TurnEdit {
  const whole = rectOf(turn.base)
  return isFrame(turn.frame, whole) ? turn : { ...turn, frame: whole }
}

/** False where it changes nothing but the kept results, or nothing at all: what it names is lost. */
export function changesMore({ command, region, frame, sent }: PathStep): boolean {
  return (command ?? region ?? frame ?? sent) !== null
}

/** Does a step of a picture that is being opened. */
export type OpeningStep = (picture: OpenPicture) => Promise<void> | void

/** Does a step of a path. @param kept what it makes of the kept results; null where it changes none */
export function openingStep(
  ports: Pick<Ports, 'masks'>,
  { command, area, region, frame, sent }: PathStep,
  kept: PictureEdit | null,
): OpeningStep {
  if (frame)
    return async (picture) => frameStep(frame, await areasAfter(ports, picture.editor, frame))(picture)
  if (kept) return patchStep(kept, command)
  if (region) return regionStep(region, command)
  if (sent) return sentStep(sent)
  return ({ editor }) => {
    if (command) editor.apply(command, area)
  }
}

/** What a run sends after the steps of a path. @param contents what the document says; null where it is about other steps */
export function sentAt(path: readonly NumberedStep[], contents: DocumentContents | null): SentArea {
  if (contents) return contents.sent
  const chosen = path
    .map(({ edit }) => edit)
    .findLast((edit) => edit?.kind === 'sent' || edit?.kind === 'turn')
  return chosen?.sent ?? DEFAULT_SENT
}
