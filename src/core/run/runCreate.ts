import { AppError, type AppErrorData } from '../errors'
import { isTerminal, type Prediction } from '../prediction/prediction'
import { isReadyToSend, notSent } from './notSent'
import { early, fail, finish, retryAfterMs, schedulePoll, sendCancel, unsent } from './runFollow'
import { type RunEffect, type RunState, type Step, step, stopTimers, without, withRequest } from './runState'

/** Delays before each automatic check of the backend's list, from the lost answer on, ms. */
export const LOOKUP_DELAYS_MS = [0, 2000, 5000] as const
/** Gap before a check that could not be made is made again, ms. */
const LOOKUP_AGAIN_MS = 3000
/** Checks in a row that may fail before the list counts as unreadable. */
const MAX_LOOKUP_ERRORS = 6

/** Sends the run, its record first. @param before done ahead of that */
export function create(run: RunState, ...before: RunEffect[]): Step {
  const sending = withRequest({ ...run, creates: run.creates + 1 }, 'create')
  return step(sending, ...before, { kind: 'write' }, { kind: 'create' })
}

/** The backend made no run of a create. @param seconds after which it may be sent once more; null for never */
export function refused(run: RunState, cause: AppErrorData, seconds: number | null, now: number): Step {
  const error = notSent(cause)
  if (isReadyToSend(error) && !run.cancelAsked) return unsent(without(run, 'create'), error)
  // A second refusal is final; one that comes after Cancel has cancelled.
  if (seconds === null || run.refusals > 0 || run.cancelAsked) return fail(run, error)
  const timers = { resend: now + seconds * 1000 }
  return step({ ...without(run, 'create'), stage: 'waiting', refusals: run.refusals + 1, timers })
}

/** A create went out and its answer did not come: a run may have been made. */
export function lost(run: RunState, error: AppErrorData, now: number): Step {
  const timers = { ...run.timers, ...(run.policy.find ? { lookup: now } : {}) }
  const unclear: RunState = {
    ...without(run, 'create'),
    stage: 'unclear',
    error,
    lostAt: now,
    lookups: 0,
    lookupErrors: 0,
    timers,
  }
  return step(unclear, { kind: 'write' }, { kind: 'report', error })
}

/**
 * A check of the backend's list has found nothing, or could not be made: one that failed says nothing of the run, so it
 * is made again and counts as none.
 */
export function lookedUp(run: RunState, error: AppErrorData | null, now: number): Step {
  const rest: RunState = { ...without(run, 'lookup'), lookupAsked: false }
  if (run.stage !== 'unclear' || !run.requests.includes('lookup')) return step(rest)
  const noList = error?.code === 'backend/not-found' || error?.code === 'backend/method-not-allowed'
  const told: RunEffect[] = []
  if (run.lookupAsked) {
    if (noList) told.push({ kind: 'notify', code: 'run-no-list' })
    else if (error) told.push({ kind: 'report', error })
    else told.push({ kind: 'notify', code: 'run-not-found' })
  }
  // The check that the user asked for leaves the next automatic one where it is.
  if (run.timers.lookup !== undefined) return step(rest, ...told)
  const lookups = run.lookups + (error ? 0 : 1)
  const lookupErrors = error ? run.lookupErrors + 1 : 0
  const counted: RunState = { ...rest, lookups, lookupErrors }
  const at = noList ? null : nextLookup(counted, error, now)
  if (at !== null) return step({ ...counted, timers: { ...rest.timers, lookup: at } }, ...told)
  if (!run.resumed) return step(counted, ...told)
  // After a reload: an unreadable list tells nothing, so the record stays open for the next visit.
  if (error && !noList) return step({ ...stopTimers(counted), stage: 'done' }, { kind: 'report', error })
  return fail(counted, run.error ?? new AppError('run/interrupted').data, false)
}

/** When the list is checked next; null where it was checked often enough. */
function nextLookup(run: RunState, error: AppErrorData | null, now: number): number | null {
  if (error)
    return run.lookupErrors < MAX_LOOKUP_ERRORS ? now + Math.max(LOOKUP_AGAIN_MS, retryAfterMs(error)) : null
  const delay = LOOKUP_DELAYS_MS[run.lookups]
  return delay === undefined ? null : run.lostAt + delay
}

/** The backend has the run under this id. */
export function adopt(run: RunState, prediction: Prediction, now: number): Step {
  const { cancelLimit } = run.timers
  const known: RunState = {
    ...run,
    requests: [],
    timers: cancelLimit === undefined ? {} : { cancelLimit },
    predictionId: prediction.id,
    phase: 'running',
    status: prediction.status,
    last: prediction,
    error: null,
    limitFrom: now,
    answeredAt: now,
  }
  if (isTerminal(prediction.status)) return finish(known, prediction)
  if (run.cancelAsked) {
    const { run: canceling, effects } = sendCancel({ ...known, stage: 'canceling' }, now)
    return step(canceling, { kind: 'write' }, ...effects)
  }
  const following = schedulePoll({ ...known, stage: 'following' }, now).run
  return step(following, { kind: 'write' }, ...early(prediction))
}
