import type { RunRecord } from '../../core/document/codec/recordCodec'
import { paramsOfRun } from '../../core/document/codec/recordCodec'
import type { Backend, LostCreate } from '../../core/prediction/backend'
import type { Prediction } from '../../core/prediction/prediction'
import type { Ports } from '../ports'
import type { Runs } from './runs'

/** The newest runs that are read; a prediction of the last minutes is among them. */
const MAX_KNOWN_RUNS = 50

/**
 * Looks in the backend's list for the prediction that a create without an answer has made.
 * @returns null where nothing fits, or the backend has no list
 * @throws AppError where the list could not be read
 */
export async function findLostCreate(
  ports: Ports,
  runs: Runs,
  record: RunRecord,
  backend: Backend,
  signal: AbortSignal,
): Promise<Prediction | null> {
  if (!backend.find) return null
  // Runs of other tabs are on disk only.
  const stored = await ports.runs.newestRuns(MAX_KNOWN_RUNS).catch(() => [])
  const others = [...stored, ...runs.store.getState().runs.map((run) => run.record)]
  const lost: LostCreate = {
    params: paramsOfRun(record),
    sentAt: Date.parse(record.sentAt ?? record.createdAt),
    known: new Set(others.flatMap(({ predictionId }) => predictionId ?? [])),
  }
  return backend.find(lost, signal)
}
