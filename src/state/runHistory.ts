import { AppError, errorData, UNCLEAR } from '../core/errors'
import { intersectRect } from '../core/geometry'
import { createMask, type Mask } from '../core/mask/mask'
import { decodeCommands, encodeCommands } from '../core/mask/command/maskCodec'
import { effectiveCommands, replayCommands } from '../core/mask/command/maskCommand'
import { valuesOf } from '../core/prediction/inputSchema'
import type { Backend } from '../core/prediction/backend'
import type { RunRecord } from '../core/run/runRecord'
import { backendDescriptor } from '../backends/backendRegistry'
import { originOf } from '../backends/wire/baseUrl'
import { ifAlone, whenAlone } from '../platform/locks'
import { onToldOfRuns } from '../platform/runChannel'
import { loadRun, loadSource, newestRuns, saveRun } from '../platform/runStore'
import { showCompare } from './compareStore'
import { chooseModel } from './chooseModel'
import { activeModel, fillForm, fillOptions } from './formStore'
import { notify, reportError } from './messageStore'
import { reopen, show } from './openImage'
import { inspect } from './dialogStore'
import { backendOf } from './runBackend'
import { followAgain, runLock, startRun } from './runController'
import { loadOutputs } from './runOutputs'
import { findLost, LOOKS_MS } from './unclearRun'
import { addOlderRuns, type Run, runById, trimRuns, updateRun } from './runsStore'
import { useSettings } from './settingsStore'
import { type SourceImage, useSession } from './sessionStore'

const SHOWN_RUNS = 50

/**
 * At start: lists the stored runs and goes on following those that were not over; from then on those of other tabs,
 * once these no longer do.
 */
export async function restoreRuns(): Promise<void> {
  const records = await newestRuns(SHOWN_RUNS)
  const earlier = records.filter(({ id }) => !runById(id))
  addOlderRuns(earlier.map(asRun))
  for (const { id, phase } of earlier) if (phase !== 'done') void takeOver(id)
  onToldOfRuns((id) => void join(id))
}

/** A run that another tab has started: it is listed here, and followed once that tab no longer does. */
async function join(id: string): Promise<void> {
  const record = await loadRun(id).catch(() => null)
  if (!record || runById(id)) return
  addOlderRuns([asRun(record)])
  await takeOver(id)
}

/** A tab that is reloaded has its runs back within this. */
const RELOAD_MS = 2000

/** Follows a run as soon as no other tab has it in hand. */
async function takeOver(id: string): Promise<void> {
  try {
    let waited = false
    while (!(await ifAlone(runLock(id), () => resume(id, waited)))) {
      updateRun(id, { stage: 'elsewhere' })
      await whenAlone(runLock(id), () => Promise.resolve())
      await new Promise((resolve) => setTimeout(resolve, RELOAD_MS))
      waited = true
    }
  } catch (error) {
    updateRun(id, { stage: 'done' })
    reportError(error)
  }
}

function asRun(record: RunRecord): Run {
  return {
    record,
    stage: 'done',
    source: null,
    outputs: [],
    unsaved: false,
    progress: null,
    rawStatus: null,
    resendAt: null,
    startedAt: performance.now(),
    scale: 1,
  }
}

/**
 * The record is read again, as it may have ended meanwhile.
 * @param waited another tab had it: what that tab has shown is not fetched again
 */
async function resume(id: string, waited: boolean): Promise<void> {
  const record = await loadRun(id)
  updateRun(id, { stage: 'done', ...(record ? { record } : {}) })
  if (
    !record ||
    record.phase === 'done' ||
    (waited && record.status === 'succeeded' && record.outputCount > 0)
  )
    return
  try {
    const { backend: ref } = record
    const backend = await backendOf(record)
    const abort = new AbortController()
    const predictionId = record.predictionId ?? (await adopt(record, backend, abort))
    if (predictionId === null || !backend.capabilities.resume) {
      // Sent without an answer: it may have started, nobody can tell here. It is never sent again by itself.
      const unclear = predictionId === null && !backend.capabilities.offline
      await close(record, new AppError('run/interrupted', unclear ? { params: { [UNCLEAR]: 1 } } : {}))
      return
    }
    const source = await sourceOf(record)
    updateRun(id, { source })
    await followAgain(
      {
        id,
        backend,
        backendOrigin: ref.url === null ? null : originOf(ref.url, location.href),
        source,
        mask: maskOf(record),
        abort,
        cancelAsked: false,
      },
      predictionId,
    )
  } catch (error) {
    updateRun(id, { stage: 'done' })
    reportError(error)
  }
}

/**
 * Of a run that was sent without an answer: the prediction that the backend's list has for it. It may lag behind.
 * @throws AppError where the list could not be read: then nothing is known, and the record stays open
 */
async function adopt(record: RunRecord, backend: Backend, abort: AbortController): Promise<string | null> {
  let waited = 0
  for (const after of LOOKS_MS) {
    await new Promise((resolve) => setTimeout(resolve, after - waited))
    waited = after
    try {
      const found = await findLost({ id: record.id, backend, abort })
      if (!found) continue
      const adopted: RunRecord = { ...record, phase: 'running', predictionId: found.id, status: found.status }
      updateRun(record.id, { record: adopted })
      await saveRun(adopted)
      notify('run-found')
      return found.id
    } catch (error) {
      const { code } = errorData(error)
      // Without a list there is nothing to wait for.
      if (code === 'backend/not-found' || code === 'backend/method-not-allowed') return null
      if (after === LOOKS_MS.at(-1)) throw error
    }
  }
  return null
}

async function close(record: RunRecord, error: AppError): Promise<void> {
  const closed: RunRecord = { ...record, phase: 'done', status: 'failed', error: error.data }
  updateRun(record.id, { record: closed })
  await saveRun(closed)
}

async function sourceOf(record: RunRecord): Promise<SourceImage> {
  const { key, name } = record.source
  const open = useSession.getState().source
  if (open?.key === key) return open
  const blob = await loadSource(key)
  if (!blob) throw new AppError('image/unreadable', { params: { name } })
  return reopen(blob, key, name, { kind: 'file', name, sha256: null })
}

/** null where the run's model took none. */
function maskOf(record: RunRecord): Mask | null {
  if (!record.masked) return null
  const { width, height } = record.source
  const mask = createMask({ x: 0, y: 0, width, height })
  replayCommands(mask, decodeCommands(record.commands))
  return mask
}

/** Brings a run's picture, mask and form back, and shows its outputs if it has any. */
export async function openRun(id: string): Promise<void> {
  const run = runById(id)
  if (!run) return
  const { record } = run
  try {
    const source = run.source ?? (await sourceOf(record))
    const open = useSession.getState()
    const commands = decodeCommands(record.commands)
    if (open.source?.key !== source.key || !open.editor) show(source, { commands, fitSize: false })
    else if (!sameBytes(encodeCommands(effectiveCommands(open.editor.commands)), record.commands)) {
      // On the same picture the mask comes back as steps that can be undone.
      open.editor.apply({ kind: 'clear' })
      for (const command of commands) open.editor.apply(command)
    }
    const outputs =
      run.outputs.length > 0 || record.outputCount === 0
        ? run.outputs
        : await loadOutputs(id, record.outputCount, changedRect(record), record.source, record.seeds)
    updateRun(id, { source, outputs })
    chooseModel(record.model)
    fillForm(valuesOf(activeModel().fields, record.params))
    fillOptions(backendDescriptor(record.backend.id), record.params)
    trimRuns(id)
    if (outputs.length > 0) showCompare(id)
    else if (record.error) reportError(new AppError(record.error.code, record.error))
  } catch (error) {
    reportError(error)
  }
}

/** Brings a run's inputs back and starts one more with them, on the backend and model it ran on. */
export async function replayRun(id: string): Promise<void> {
  inspect(null)
  await openRun(id)
  const record = runById(id)?.record
  // Its model may be gone: another one must not run in its place.
  if (!record || activeModel().id !== record.model) return
  const { backend } = record
  const { version } = activeModel()
  useSettings.getState().set({
    backendId: backend.id,
    modelVersion: backend.version === null || backend.version === version ? '' : backend.version,
    ...(backend.url === null ? {} : { backendUrl: backend.url }),
  })
  await startRun()
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

function changedRect(record: RunRecord) {
  const { width, height } = record.source
  return intersectRect(record.region, { x: 0, y: 0, width, height })
}
