import { AppError, type AppErrorData } from '../core/errors'
import type { RunRecord } from '../core/run/runRecord'
import { saveRun } from '../platform/runStore'
import { useForm } from './formStore'
import { reportError } from './messageStore'
import { findModel } from './modelStore'
import { distrustAddress } from './prepareInput'
import { storeOutputs } from './runOutputs'
import { runById, updateRun } from './runsStore'

let storageReported = false

/** Changes a run's record, in memory. */
export function patchRun(id: string, change: Partial<RunRecord>): void {
  const run = runById(id)
  if (run) updateRun(id, { record: { ...run.record, ...change } })
}

/** Writes the run's record; without storage the run goes on in memory, and the page says so once. */
export async function persistRun(id: string, write?: () => Promise<void>): Promise<void> {
  const run = runById(id)
  if (!run) return
  try {
    await (write ? write() : saveRun(run.record))
  } catch (cause) {
    updateRun(id, { unsaved: true })
    if (!storageReported) reportError(new AppError('storage/unavailable', { cause }))
    storageReported = true
  }
}

/** Closes a run that did not come to its outputs; what it gave before is kept. */
export async function failRun(id: string, reason: AppErrorData, aborted = false): Promise<void> {
  const run = runById(id)
  if (!run) return
  const error = withScale(reason, run.scale)
  const { record, outputs } = run
  // Without its key this tab cannot ask: the run may be going on, and a visit with the key finds it.
  const phase = record.predictionId !== null && isLockedOut(error) ? 'running' : 'done'
  // One that had succeeded and was only asked for an output again keeps what it has.
  if (record.status === 'succeeded' && record.outputCount > 0) patchRun(id, { phase })
  else {
    patchRun(id, {
      phase,
      status: aborted ? 'canceled' : record.status === 'aborted' ? 'aborted' : 'failed',
      error: aborted ? null : error,
      durationMs: performance.now() - run.startedAt,
      outputCount: outputs.reduce((most, { place }) => Math.max(most, place + 1), 0),
    })
  }
  updateRun(id, { stage: 'done', progress: null, resendAt: null })
  if (!aborted) {
    if (run.source) distrustAddress(run.source)
    useForm.getState().setComplaints(knownFields(error, record.model))
    reportError(new AppError(error.code, error))
  }
  await storeOutputs(id, outputs)
  await persistRun(id)
}

/** True where this tab has no key for the backend, or a wrong one. */
export function isLockedOut({ code }: AppErrorData): boolean {
  return code === 'backend/unauthorized' || code === 'backend/forbidden'
}

/** What is still too large was sent at this scale: the next offer goes on from there. */
function withScale(error: AppErrorData, scale: number): AppErrorData {
  return error.code === 'backend/input-too-large' ? { ...error, params: { ...error.params, scale } } : error
}

function knownFields(error: AppErrorData, modelId: string): Record<string, string> {
  const names = new Set(findModel(modelId).fields.map((field) => field.name))
  return Object.fromEntries(Object.entries(error.fields).filter(([name]) => names.has(name)))
}
