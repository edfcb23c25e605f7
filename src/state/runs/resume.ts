import type { RunRecord } from '../../core/document/codec/recordCodec'
import { isOver, resumeRun } from '../../core/run/runMachine'
import { findModel } from '../model/models'
import type { SourceImage } from '../session/source'
import type { Follower } from './follower'
import type { FollowerRooms } from './followerRooms'
import { type LiveRuns, policyOf } from './liveRuns'

/** No clock that was set meanwhile makes a stored Retry-After longer, ms. */
const MAX_WAIT_MS = 5 * 60_000

interface ResumeRooms extends FollowerRooms {
  readonly follower: Follower
}

/** Makes what follows a run of an earlier visit. Where its backend has nothing to ask for, the page says so. */
export function createResume(
  { ports, messages, models, runs, follower }: ResumeRooms,
  lives: LiveRuns,
): (record: RunRecord, loadSource: () => Promise<SourceImage>) => Promise<void> {
  return async (record, loadSource) => {
    const { id, phase, status, predictionId, outputCount, pollAfter, error } = record
    const now = performance.now()
    const model = findModel(models.store.getState(), record.document.setup.model)
    const backend = await lives.backendOf(id, record.backend, model)
    const hasOutputs = status === 'succeeded' && outputCount > 0
    const notBefore =
      pollAfter === undefined ? 0 : now + Math.min(MAX_WAIT_MS, Date.parse(pollAfter) - Date.now())
    const step = resumeRun(
      policyOf(backend),
      { phase, status, predictionId, hasOutputs, notBefore, error },
      now,
    )
    if (isOver(step.run)) {
      const closed = { ...record, phase: step.run.phase, status: step.run.status, error: step.run.error }
      runs.update(id, { stage: 'done', record: closed })
      if (step.run.error?.code === 'run/interrupted')
        messages.reportData({ ...step.run.error, params: { ...step.run.error.params, run: id } })
      try {
        await ports.runs.saveRun(closed)
      } catch (cause) {
        // The next visit closes it again.
        messages.reportStorage(cause)
      }
      return
    }
    const source = await loadSource()
    runs.update(id, { source, startedAt: performance.now() })
    await follower.follow(
      lives.make(record, backend, source, step, { input: null, file: null }),
      step.effects,
    )
  }
}
