import { type AppError, errorData } from '../core/errors'
import type { LostCreate } from '../core/prediction/backend'
import type { Prediction } from '../core/prediction/prediction'
import { newestRuns } from '../platform/runStore'
import { clearErrors, notify, reportError } from './messageStore'
import type { LiveRun } from './runFollower'
import { runById, updateRun, useRuns } from './runsStore'

/** What the user says of a run that may have started. */
export type UnclearAnswer = 'look' | 'send' | 'leave'

/** A list may lag behind what was made: looks by itself so long after the answer was lost, ms. */
export const LOOKS_MS = [0, 2000, 5000]

/** A prediction of the last minutes is among so many of the newest runs. */
const KNOWN_RUNS = 50

const questions = new Map<string, (answer: UnclearAnswer) => void>()

/** Passes on what the user says; does nothing where nothing is asked. */
export function answerUnclear(id: string, answer: UnclearAnswer): void {
  questions.get(id)?.(answer)
}

/**
 * After a create whose answer was lost: looks in the backend's list and adopts what it finds there; asks meanwhile.
 * @returns what was found; null where the user wants it sent again
 * @throws the error itself where the user leaves it at that
 */
export async function settleUnclear(run: LiveRun, error: AppError): Promise<Prediction | null> {
  const { id, backend } = run
  updateRun(id, { stage: 'unclear' })
  const timers: ReturnType<typeof setTimeout>[] = []
  try {
    const settled = await new Promise<Prediction | null>((resolve, reject) => {
      const look = async (asked: boolean) => {
        try {
          const found = await findLost(run)
          if (found) {
            notify('run-found')
            resolve(found)
          } else if (asked) notify('run-not-found')
        } catch (cause) {
          if (!asked) return
          const { code } = errorData(cause)
          if (code === 'backend/not-found' || code === 'backend/method-not-allowed') notify('run-no-list')
          else reportError(cause)
        }
      }
      if (backend.find) for (const after of LOOKS_MS) timers.push(setTimeout(() => void look(false), after))
      questions.set(id, (answer) => {
        if (answer === 'look') void look(true)
        else if (answer === 'send') resolve(null)
        else reject(error)
      })
      run.abort.signal.addEventListener('abort', () => reject(error))
    })
    // What was said of the lost answer holds no longer.
    clearErrors()
    return settled
  } finally {
    questions.delete(id)
    timers.forEach(clearTimeout)
  }
}

/** @returns null where nothing fits, or the backend keeps no list */
export async function findLost({
  id,
  backend,
  abort,
}: Pick<LiveRun, 'id' | 'backend' | 'abort'>): Promise<Prediction | null> {
  const record = runById(id)?.record
  if (!record || !backend.find) return null
  // Those of other tabs are on disk only.
  const stored = await newestRuns(KNOWN_RUNS).catch(() => [])
  const others = [...stored, ...useRuns.getState().runs.map((other) => other.record)].map(
    ({ predictionId }) => predictionId,
  )
  const lost: LostCreate = {
    params: record.params,
    sentAt: Date.parse(record.sentAt ?? record.createdAt),
    known: new Set(others.filter((known) => known !== null)),
  }
  return backend.find(lost, abort.signal)
}
