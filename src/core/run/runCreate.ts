import { AppError, type AppErrorData } from '../errors'
import { isTerminal, type Prediction } from '../prediction/prediction'
import { early, fail, finish, schedulePoll } from './runFollow'
import { type RunEffect, type RunState, type Step, step, stopTimers, without, withRequest } from './runState'

/** Delays before each automatic check of the backend's list, from the lost answer on, ms. */
export const LOOKUP_DELAYS_MS = [0, 2000, 5000] as const

export function create(run: RunState, ...before: RunEffect[]): Step {
  const sending = withRequest({ ...run, creates: run.creates + 1 }, 'create')
  return step(sending, ...before, { kind: 'write' }, { kind: 'create' })
}

export function refused(run: RunState, error: AppErrorData, seconds: number | null, now: number): Step {
  // A second refusal is final; one that comes after Cancel has cancelled.
  if (seconds === null || run.refusals > 0 || run.cancelAsked) return fail(run, error)
  const timers = { resend: now + seconds * 1000 }
  return step({ ...without(run, 'create'), stage: 'waiting', refusals: run.refusals + 1, timers })
}

export function lost(run: RunState, error: AppErrorData, now: number): Step {
  const timers = { ...run.timers, ...(run.policy.find ? { lookup: now } : {}) }
  const unclear: RunState = {
    ...without(run, 'create'),
    stage: 'unclear',
    error,
    lostAt: now,
    lookups: 0,
    timers,
  }
  return step(unclear, { kind: 'write' }, { kind: 'report', error })
}

/** A check of the backend's list has found nothing, or could not be made. */
export function lookedUp(run: RunState, error: AppErrorData | null): Step {
  const rest: RunState = { ...without(run, 'lookup'), lookupAsked: false }
  if (run.stage !== 'unclear' || !run.requests.includes('lookup')) return step(rest)
  const noList = error?.code === 'backend/not-found' || error?.code === 'backend/method-not-allowed'
  const told: RunEffect[] = []
  if (run.lookupAsked) {
    if (noList) told.push({ kind: 'notify', code: 'run-no-list' })
    else if (error) told.push({ kind: 'report', error })
    else told.push({ kind: 'notify', code: 'run-not-found' })
  }
  const lookups = run.timers.lookup === undefined ? run.lookups + 1 : run.lookups
  const delay = noList ? undefined : LOOKUP_DELAYS_MS[lookups]
  if (delay !== undefined && run.timers.lookup === undefined) {
    return step({ ...rest, lookups, timers: { ...rest.timers, lookup: run.lostAt + delay } }, ...told)
  }
  if (!run.resumed || rest.timers.lookup !== undefined) return step({ ...rest, lookups }, ...told)
  // After a reload: an unreadable list tells nothing, so the record stays open for the next visit.
  if (error && !noList) return step({ ...stopTimers(rest), stage: 'done' }, { kind: 'report', error })
  return fail(rest, run.error ?? new AppError('run/interrupted').data, false)
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
  }
  if (isTerminal(prediction.status)) return finish(known, prediction)
  if (run.cancelAsked) {
    const canceling = withRequest<RunState>({ ...known, stage: 'canceling' }, 'cancel')
    return step(canceling, { kind: 'write' }, { kind: 'cancel' })
  }
  const following = schedulePoll({ ...known, stage: 'following' }, now).run
  return step(following, { kind: 'write' }, ...early(prediction))
}
