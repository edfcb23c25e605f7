import type { Patch, PictureRef, PixelKey } from '../../core/document/document'
import { isPatchEdit } from '../../core/document/edits'
import { isEqual } from '../../core/document/equality'
import type { SentArea } from '../../core/document/sentArea'
import { stepsAfter, stepsTo } from '../../core/document/stepTree'
import type { NumberedStep } from '../../core/document/storedDocument'
import { AppError } from '../../core/errors'
import { rectOf, type Size } from '../../core/geometry'
import type { StoredDocument } from '../../platform/documentStore'
import type { LazyRoom } from '../shell/lazyRoom'
import type { Ports } from '../ports'
import type { MaskEditor } from '../../editor/maskEditor'
import { changesMore, openingStep, type OpeningStep, type PathStep, withChanges } from './documentSteps'
import { areasAfter } from './frameAreas'
import type { OpenedPicture, OpenPicture } from './openPicture'
import type { Opener } from './opener'
import { layersOf } from './patches'
import { turnStep } from './pictureSteps'
import type { PatchesRoom, ReopenedPicture } from './patchesRoom'
import type { Session } from './session'
import { closeLevels, fromTurned, pictureSize, type SourceImage } from './source'

/** What of a stored document makes its picture. */
type StoredSteps = Pick<StoredDocument, 'contents' | 'journal'>

interface PictureAtStep {
  /** As it is before the steps. */
  readonly picture: OpenedPicture
  readonly steps: readonly OpeningStep[]
  /** How many of the steps, the last ones, are undone: Redo does them. */
  readonly undone: number
  /** The stored steps that are done. */
  readonly path: readonly NumberedStep[]
  /** Numbers of the picture's steps, oldest first: done ones, then undone ones. */
  readonly branch: readonly number[]
  /** A turned picture that is gone, with the steps after it; null where all is there. */
  readonly lost: AppError | null
  /** Frees what was composed for it; the base stays. */
  discard(): void
}

interface PictureRooms {
  readonly ports: Ports
  readonly session: Session
  readonly opener: Opener
  readonly patches: LazyRoom<PatchesRoom>
}

/** Makes the picture of stored steps at one of them, with what Redo does from there. */
export function createStoredPicture({ ports, session, opener, patches }: PictureRooms) {
  /** Most have no kept results, and do without their part of the page. */
  const reopened = async (
    base: SourceImage,
    kept: readonly Patch[],
    files: ReadonlyMap<PixelKey, Blob>,
    path: readonly PathStep[],
  ): Promise<ReopenedPicture> => {
    const isPlain = kept.length === 0 && !path.some(({ edit }) => isPatchEdit(edit))
    if (!isPlain) return (await patches.load()).reopen(base, { patches: kept, steps: path, files })
    const done = path.filter(changesMore)
    return { source: base, done, steps: done.map((step) => openingStep(ports, step, null)), made: [] }
  }

  /** The turned picture; null where it is gone, or not as it was. One that is open is not decoded again. */
  const turnedOf = async (
    { key, name, link, width, height }: PictureRef,
    from: SourceImage,
  ): Promise<SourceImage | null> => {
    const held = session.bases().find((base) => base.key === key)
    if (held) return held
    const { pixels } = await patches.load()
    try {
      const blob = pixels.filesOf([key]).get(key) ?? (await ports.runs.holdSource(key))
      if (!blob) return null
      // Should the storage be cleared, it is written again.
      pixels.hold(key, blob)
      const turned = await opener.decodeStored(blob, key, name, link)
      if (isEqual(pictureSize(turned), { width, height })) return { ...turned, ...fromTurned(from) }
      closeLevels(turned.levels)
      return null
    } catch {
      return null
    }
  }

  return async (
    base: SourceImage,
    stored: StoredSteps,
    tip: number,
    head: number | undefined,
  ): Promise<PictureAtStep> => {
    const { frame, regions, patches: kept } = stored.contents
    const { steps: all, files } = stored.journal
    const path = stepsTo(all, tip)
    const [first, ...turns] = betweenTurns(
      withChanges([...path, ...stepsAfter(all, tip, head)], regions, pictureSize(base)),
    )
    const begun = await reopened(base, kept, files, first)
    const { source } = begun
    const steps = [...begun.steps]
    const done = [...begun.done]
    const composed = [source, ...begun.made]
    const made: SourceImage[] = []
    let lost: AppError | null = null
    for (const [turning, ...after] of turns) {
      const { turn: edit } = turning
      const result = edit && (await turnedOf(edit.base, base))
      // What came after it was done to another picture than the one that is left.
      if (!result) {
        lost = new AppError('image/unreadable', { params: { name: edit?.base.name ?? '' } })
        break
      }
      made.push(result)
      const then = await reopened(result, edit.patches, files, after)
      const turn: OpeningStep = async (picture) => {
        const areas = await areasAfter(ports, picture.editor, edit)
        picture.sent = edit.sentBefore
        turnStep({ edit, result: then.source }, areas)(picture)
      }
      steps.push(turn, ...then.steps)
      composed.push(then.source, ...then.made)
      done.push(turning, ...then.done)
    }
    // Every step after the tip has a higher number.
    const undone = done.filter(({ number }) => number > tip).length
    return {
      picture: { source, regions, ...(frame ? { frame } : {}) },
      steps,
      undone,
      path,
      branch: done.map(({ number }) => number),
      lost,
      discard() {
        const layers = composed.flatMap((one) => layersOf(one))
        for (const { levels } of new Set(layers)) closeLevels(levels)
        const open = session.bases()
        for (const one of made) if (!open.includes(one)) closeLevels(one.levels)
      },
    }
  }
}

/** Steps are replayed in slices of this length, so that the page can draw between them, ms. */
const SLICE_MS = 12

/** Does one after the other, in slices: the steps of a large picture take a second, which the page does not stand still for. */
async function inSlices(
  { page }: Pick<Ports, 'page'>,
  works: readonly (() => Promise<void> | void)[],
): Promise<void> {
  let begun = performance.now()
  for (const work of works) {
    await work()
    if (performance.now() - begun < SLICE_MS) continue
    await page.nextTask()
    begun = performance.now()
  }
}

/** What the first steps of a picture paint, done before it is there. */
interface PaintedAhead {
  readonly editor: MaskEditor
  readonly numbers: readonly number[]
}

/**
 * Paints what the steps of a stored picture paint while it is being decoded: all up to the first that needs to know it, as
 * it shows another part of it or turns it.
 * @param size of the picture, px
 */
export async function paintAhead(
  { session, ports }: Pick<PictureRooms, 'session' | 'ports'>,
  { contents: { frame, regions }, journal }: StoredSteps,
  { tip, head, size }: { readonly tip: number; readonly head: number | undefined; readonly size: Size },
): Promise<PaintedAhead> {
  const editor = await session.prepareEditor(frame ?? rectOf(size))
  const path = withChanges(
    [...stepsTo(journal.steps, tip), ...stepsAfter(journal.steps, tip, head)],
    regions,
    size,
  )
  const end = path.findIndex(({ frame: shown, turn }) => shown ?? turn)
  const first = path.slice(0, end < 0 ? undefined : end)
  const known = first.filter((step) => changesMore(step) || isPatchEdit(step.edit))
  await inSlices(
    ports,
    known.map(
      ({ command, area }) =>
        () =>
          editor.paintAhead(command, area),
    ),
  )
  return { editor, numbers: known.map(({ number }) => number) }
}

/**
 * Makes a picture with its steps.
 * @param sent which part of it a run sends after them
 * @param ahead is taken where it is what these steps begin with
 * @returns what `session.open` shows
 */
export async function withSteps(
  { session, ports }: Pick<PictureRooms, 'session' | 'ports'>,
  { picture: opened, steps, branch, undone }: Pick<PictureAtStep, 'picture' | 'steps' | 'branch' | 'undone'>,
  sent: SentArea,
  ahead: PaintedAhead | null = null,
): Promise<OpenedPicture> {
  // A result that is lost, and the steps that name it, are none.
  const isSame =
    ahead !== null &&
    ahead.numbers.every((number, place) => branch[place] === number) &&
    isEqual(ahead.editor.mask.frame, opened.frame ?? rectOf(pictureSize(opened.source)))
  const made: OpenPicture = await session.prepare(isSame ? { ...opened, editor: ahead.editor } : opened)
  const undo: OpeningStep = ({ editor }) => editor.undo()
  const all = [...steps, ...Array.from({ length: undone }, () => undo)]
  await inSlices(
    ports,
    all.map((step) => () => step(made)),
  )
  // A turn chooses anew.
  made.sent = sent
  return { ...opened, made }
}

/** The steps up to the first turn, then each turn with those after it. */
function betweenTurns(path: readonly PathStep[]): readonly (readonly PathStep[])[] {
  const parts: PathStep[][] = [[]]
  for (const step of path) {
    if (step.turn) parts.push([step])
    else parts.at(-1)?.push(step)
  }
  return parts
}
