import { encodeCommands } from '../../core/mask/command/maskCodec'
import { effectiveCommands } from '../../core/mask/command/maskCommand'
import { documentOfRun, type RunRecord } from '../../core/document/codec/recordCodec'
import { AppError, type ErrorCode } from '../../core/errors'
import { intersectRect, rectOf } from '../../core/geometry'
import { isEqual } from '../../core/document/equality'
import { selectModel } from '../model/forms'
import type { Ports } from '../ports'
import type { Opener } from '../session/opener'
import type { Session } from '../session/session'
import { closeLevels, type SourceImage } from '../session/source'
import { applySetup, type SetupRooms } from '../session/setup'
import type { Dialogs } from '../shell/dialogs'
import type { Messages } from '../shell/messages'
import type { ViewRoom } from '../shell/view'
import { listedRun } from './liveRun'
import type { Outputs } from './outputs'
import { type Runner, runLock } from './runner'
import { closeOutputs, type Run, type Runs } from './runs'

/** Stored runs that are listed. */
const MAX_LISTED = 50
/** A tab that is reloaded has its runs back within this, ms. */
const RELOAD_MS = 2000

/** The prediction may be whole all the same. */
const UNREAD: ReadonlySet<ErrorCode> = new Set([
  'backend/unsafe-output',
  'backend/output-unreadable',
  'backend/cannot-follow',
  'image/damaged',
  'image/not-an-image',
])

export interface History {
  /**
   * At start: lists the stored runs and goes on following those that were not over; from then on those of other tabs,
   * once these no longer do.
   */
  restore(): Promise<void>
  /**
   * Brings a run's picture, mask and form back, and shows its outputs if it has any. One that failed because its output
   * could not be read is asked for again. @returns false where it could not
   */
  open(id: string): Promise<boolean>
  /** Brings a run's inputs back and starts one more with them, on the backend and model it ran on. */
  replay(id: string): Promise<void>
}

interface HistoryRooms extends SetupRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly dialogs: Dialogs
  readonly view: ViewRoom
  readonly session: Session
  readonly opener: Opener
  readonly runs: Runs
  readonly outputs: Outputs
  readonly runner: Runner
}

export function createHistory(rooms: HistoryRooms): History {
  const { ports, messages, dialogs, view, session, opener, runs, outputs, runner } = rooms

  const sourceOf = async ({ document }: RunRecord): Promise<SourceImage> => {
    const { key, name, link } = document.base
    const open = session.store.getState().source
    if (open?.key === key) return open
    const blob = await ports.runs.loadSource(key)
    if (!blob) throw new AppError('image/unreadable', { params: { name } })
    return opener.decodeStored(blob, key, name, link)
  }

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
      await runner.resume(record, () => sourceOf(record))
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

  /** A run that another tab has started: it is listed here, and followed once that tab no longer does. */
  const join = async (id: string) => {
    const record = await ports.runs.loadRun(id).catch(() => null)
    if (!record || runs.byId(id)) return
    runs.addOlder([listedRun(record)])
    await takeOver(id)
  }

  /** A run whose backend finished it, though what came was no picture or nothing: asking costs nothing. */
  const askAgain = async (record: RunRecord) => {
    const { id, status, predictionId, outputCount, error } = record
    const isUnread = error !== null && UNREAD.has(error.code)
    if (status !== 'failed' || predictionId === null || outputCount > 0 || !isUnread) return
    const open: RunRecord = { ...record, phase: 'running', status: 'processing', error: null }
    try {
      await ports.runs.saveRun(open)
    } catch (cause) {
      messages.reportStorage(cause)
      return
    }
    await takeOver(id)
  }

  /** The run's document becomes the open one; where only the mask differs, it comes back as steps to undo. */
  const bringBack = (record: RunRecord, source: SourceImage) => {
    const { frame, mask: commands, patches } = documentOfRun(record)
    const { source: open, frame: openFrame, editor, patches: openPatches } = session.store.getState()
    const isSame = open?.key === source.key && isEqual(openFrame, frame) && isEqual(openPatches, patches)
    if (!isSame || !editor) opener.show({ source, frame, commands, patches }, false)
    else if (!isEqual(encodeCommands(effectiveCommands(editor.commands)), record.document.commands)) {
      editor.apply({ kind: 'clear' })
      for (const command of commands) editor.apply(command)
    }
  }

  const loadOutputs = (run: Run) => {
    const { record } = run
    if (run.outputs.length > 0 || record.outputCount === 0) return Promise.resolve(run.outputs)
    const { base, frame } = record.document
    const rect = intersectRect(record.region, intersectRect(frame, rectOf(base)))
    return outputs.load(record.id, record.outputCount, rect, base, record.seeds)
  }

  const bringUp = (id: string): Promise<boolean> => {
    const run = runs.byId(id)
    if (!run) return Promise.resolve(false)
    const { record } = run
    const { setup } = record.document
    return opener.replace(null, async () => {
      const source = run.source ?? (await sourceOf(record))
      const isDecoded = source !== run.source && source !== session.store.getState().source
      const loaded = await loadOutputs(run)
      const dropLoaded = () => {
        if (loaded !== run.outputs) closeOutputs(loaded)
      }
      return {
        commit() {
          bringBack(record, source)
          // What has come meanwhile is newer.
          const came = runs.byId(id)?.outputs ?? []
          if (came.length > 0) dropLoaded()
          const shown = came.length > 0 ? came : loaded
          runs.update(id, { source, outputs: shown })
          if (!applySetup(rooms, setup, false)) messages.notify('settings-dropped', { names: setup.model })
          runs.trim([id], session.store.getState())
          if (shown.length > 0) view.showCompare(id)
          else if (record.error) messages.reportData(record.error)
        },
        discard() {
          if (isDecoded) closeLevels(source.levels)
          dropLoaded()
        },
      }
    })
  }

  const history: History = {
    async restore() {
      // First: a run that starts while the list is read is in one or the other.
      ports.tabs.onRun((id) => void join(id))
      const records = await ports.runs.newestRuns(MAX_LISTED)
      const earlier = records.filter(({ id }) => !runs.byId(id))
      runs.addOlder(earlier.map(listedRun))
      for (const { id, phase } of earlier) if (phase !== 'done') void takeOver(id)
    },
    async open(id) {
      const opened = await bringUp(id)
      const record = runs.byId(id)?.record
      if (opened && record) void askAgain(record)
      return opened
    },
    async replay(id) {
      dialogs.inspect(null)
      if (!(await bringUp(id))) return
      const record = runs.byId(id)?.record
      const model = selectModel(rooms.forms.context())
      // Its model may be gone: another one must not run in its place.
      if (!record || model.id !== record.document.setup.model) return
      const { id: backendId, url, version } = record.backend
      rooms.settings.set({
        backendId,
        modelVersion: version === null || version === model.version ? '' : version,
        ...(url === null ? {} : { backendUrl: url }),
      })
      await runner.start()
    },
  }
  return history
}
