import type { RunRecord } from '../../core/document/codec/recordCodec'
import type { ErrorCode } from '../../core/errors'
import type { Ports } from '../ports'
import type { Opener } from '../session/opener'
import type { PatchesRoom } from '../session/patchesRoom'
import type { Session } from '../session/session'
import type { SetupRooms } from '../session/setup'
import type { Dialogs } from '../shell/dialogs'
import type { Messages } from '../shell/messages'
import type { ViewRoom } from '../shell/view'
import type { ViewportRoom } from '../shell/viewport'
import { type BringBack, createBringBack } from './bringBack'
import { listedRun } from './liveRun'
import { isAsked, type Outputs } from './outputs'
import type { OutputStore } from './outputStore'
import { createRewriteRuns } from './clearedStorage'
import { type Runner, runLock } from './runner'
import { createLookAtRun } from './look'
import { createRunPictures } from './runPictures'
import type { Runs } from './runs'

/** Stored runs that are listed. */
const MAX_LISTED = 50
/** Time that a tab which reloads gets to take its runs back, ms. */
const RELOAD_MS = 2000

/** Errors of what was fetched: the prediction itself may be whole. */
const UNREAD: ReadonlySet<ErrorCode> = new Set([
  'backend/unsafe-output',
  'backend/output-unreadable',
  'backend/cannot-follow',
  'image/damaged',
  'image/not-an-image',
])

export interface History extends BringBack {
  /**
   * At start: lists the stored runs and goes on following those that were not over; from then on those of other tabs,
   * once these no longer do.
   */
  restore(): Promise<void>
  /** Goes on following runs that are too old for the list. */
  restoreOlder(): Promise<void>
  /**
   * Shows a run's outputs and settings; what is open stays as it is. One that failed because its output could not be
   * read is asked for again. @returns false where it could not
   */
  look(id: string): Promise<boolean>
  /** Writes again what the page has of its runs: the storage was cleared while it is open. */
  rewrite(): Promise<void>
}

interface HistoryRooms extends SetupRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly dialogs: Dialogs
  readonly view: ViewRoom
  readonly viewport: ViewportRoom
  readonly session: Session
  readonly opener: Opener
  readonly runs: Runs
  readonly outputs: Outputs
  readonly stored: OutputStore
  readonly runner: Runner
  readonly patches: PatchesRoom
}

export function createHistory(rooms: HistoryRooms): History {
  const { ports, messages, session, runs, runner } = rooms

  const pictures = createRunPictures(rooms)
  const look = createLookAtRun({ ...rooms, pictures })

  /**
   * The record is read again, as it may have ended meanwhile.
   * @param waited another tab had it: what that tab has shown is not fetched again
   */
  const resume = async (id: string, waited: boolean) => {
    const record = await ports.runs.loadRun(id)
    runs.update(id, { stage: 'done', ...(record ? { record } : {}) })
    const isShown = waited && record?.status === 'succeeded' && record.outputCount > 0
    if (!record || record.phase === 'done' || isShown) return
    try {
      await runner.resume(record, () => pictures.sourceOf(record))
    } catch (error) {
      runs.update(id, { stage: 'done' })
      messages.report(error)
    }
  }

  /** Follows a run as soon as no other tab does. */
  const takeOver = async (id: string) => {
    try {
      let waited = false
      while (!(await ports.locks.ifAlone(runLock(id), () => resume(id, waited)))) {
        runs.update(id, { stage: 'elsewhere' })
        await ports.locks.whenAlone(runLock(id), () => Promise.resolve())
        await new Promise((resolve) => setTimeout(resolve, RELOAD_MS))
        waited = true
      }
    } catch (error) {
      runs.update(id, { stage: 'done' })
      messages.report(error)
    }
  }

  /**
   * A run that another tab has written or deleted. One that it has started is listed here, and followed once that tab no
   * longer does.
   */
  const hear = async (id: string) => {
    const record = await ports.runs.loadRun(id).catch(() => undefined)
    if (record === null && rooms.view.store.getState().runId !== id) runs.remove([id], session.bases())
    if (!record || runs.byId(id)) return
    runs.addOlder([listedRun(record)])
    await takeOver(id)
  }

  /** @returns a run of the list; an older one joins it */
  const listed = async (id: string) => {
    const record = runs.byId(id) ? null : await ports.runs.loadRun(id)
    if (record) {
      runs.addOlder([listedRun(record)])
      if (record.phase !== 'done') void takeOver(id)
    }
    return runs.byId(id)
  }

  /** Its provider is asked for its outputs once more. */
  const ask = async (record: RunRecord) => {
    const open: RunRecord = { ...record, phase: 'running', status: 'processing', error: null }
    try {
      await ports.runs.saveRun(open)
    } catch (cause) {
      messages.reportStorage(cause)
      return
    }
    runs.update(record.id, { isAskedAgain: true })
    await takeOver(record.id)
  }

  /** A run whose backend finished it, though what came was no picture or nothing: asking costs nothing. */
  const askAgain = async (record: RunRecord) => {
    const { status, predictionId, outputCount, error } = record
    const isUnread = error !== null && UNREAD.has(error.code)
    if (status !== 'failed' || predictionId === null || outputCount > 0 || !isUnread) return
    await ask(record)
  }

  return {
    async restore() {
      // First: a run that starts while the list is read is in one or the other.
      ports.tabs.onRuns((ids) => ids.forEach((id) => void hear(id)))
      const records = await ports.runs.newestRuns(MAX_LISTED)
      const earlier = records.filter(({ id }) => !runs.byId(id))
      runs.addOlder(earlier.map(listedRun))
      for (const { id, phase } of earlier) if (phase !== 'done') void takeOver(id)
    },
    async restoreOlder() {
      const open: string[] = []
      await ports.archive.scan(({ runs: slice }) => {
        open.push(...slice.flatMap(({ id, phase }) => (phase === 'done' || runs.byId(id) ? [] : id)))
      })
      for (const id of open) void listed(id).catch(messages.report)
    },
    async look(id) {
      const isShown = await look(id)
      const record = runs.byId(id)?.record
      if (isShown && record) void askAgain(record)
      const lost = runs.byId(id)?.outputs.filter(isAsked) ?? []
      for (const { place } of lost) void runner.retryOutput(id, place)
      return isShown
    },
    rewrite: createRewriteRuns({
      ...rooms,
      askAgain: (record) => ask({ ...record, outputCount: 0 }),
      askForOutput: runner.retryOutput,
    }),
    ...createBringBack({ ...rooms, pictures, listed }),
  }
}
