import { AppError, type AppErrorData, type ErrorCode } from '../errors'
import { clamp } from '../geometry'
import { isTerminal, type Prediction } from '../prediction/prediction'
import { isReadyToSend, notSent } from './notSent'
import {
  omit,
  type RunEffect,
  type RunEvent,
  type RunState,
  type Step,
  step,
  stopTimers,
  withRequest,
} from './runState'

/** After this the page asks whether to go on waiting, ms. */
export const RUN_LIMIT_MS = 30 * 60_000
/** Without one good answer for this long the page asks, ms. */
export const NO_ANSWER_LIMIT_MS = 10 * 60_000
const CANCEL_AGAIN_MS = 2000
/** A poll that leaves this long before a cancel has arrived before it, ms. */
const POLL_ARRIVES_MS = 1000
/** Polls wait this long for the answer to a cancel, ms: either order of arrival would be right, one asks in vain. */
const CANCEL_ANSWERS_MS = 2000
const MAX_RETRY_AFTER_MS = 5 * 60_000
/** A prediction may be unknown for a moment after it was made. */
const MAX_NOT_FOUND = 5

/** The backend refuses this page: a key that is entered meanwhile changes that. */
const LOCKED: ReadonlySet<ErrorCode> = new Set([
  'backend/unauthorized',
  'backend/payment',
  'backend/forbidden',
])
/** The run is not known, or there is no way to ask for it. */
const UNKNOWN: ReadonlySet<ErrorCode> = new Set(['backend/not-found', 'backend/method-not-allowed'])

/** Asks for the run now, unless an answer is still out. */
export function poll(run: RunState, now: number): Step {
  const rest = { ...run, timers: omit(run.timers, 'poll') }
  return rest.requests.includes('poll')
    ? step(rest)
    : step(withRequest({ ...rest, askedAt: now }, 'poll'), { kind: 'poll' })
}

/** @returns how long the backend asks to wait, ms, at most five minutes; 0 where it does not say */
export function retryAfterMs(error: AppErrorData): number {
  const seconds = Number(error.params['seconds'] ?? 0)
  const asks = error.code !== 'backend/timeout' && Number.isFinite(seconds) && seconds > 0
  return asks ? Math.min(seconds * 1000, MAX_RETRY_AFTER_MS) : 0
}

/** Soon at first, then less often, never before the backend allows it, and not beside a cancel. */
export function schedulePoll(run: RunState, now: number): Step {
  const [shortest, longest] = run.policy.pollMs
  const gap = clamp(shortest * 1.3 ** run.polls, shortest, longest)
  const at = afterCancel(run, Math.max(now + gap, run.notBefore), now)
  return step({ ...run, timers: { ...run.timers, poll: at } })
}

function afterCancel({ requests, timers: { cancelAgain } }: RunState, at: number, now: number): number {
  if (requests.includes('cancel')) return Math.max(at, now + CANCEL_ANSWERS_MS)
  if (cancelAgain === undefined || at < cancelAgain - POLL_ARRIVES_MS) return at
  return Math.max(at, cancelAgain + CANCEL_ANSWERS_MS)
}

/** Asks the backend to stop; the poll that was next waits for the answer. */
export function sendCancel(run: RunState, now: number): Step {
  const asking = withRequest(run, 'cancel')
  const waits = run.timers.poll === undefined ? asking : schedulePoll(asking, now).run
  return step(waits, { kind: 'cancel' })
}

/** Outputs that are listed before the run is over are fetched at once: hosts delete them. */
export function early(prediction: Prediction): RunEffect[] {
  return prediction.outputs.length > 0 ? [{ kind: 'takeOutputs', prediction }] : []
}

/** A poll was answered. Past `RUN_LIMIT_MS` the page asks whether to wait on. */
export function polled(run: RunState, prediction: Prediction, now: number): Step {
  if (isTerminal(prediction.status)) return finish(run, prediction)
  const good: RunState = {
    ...run,
    status: prediction.status,
    last: prediction,
    polls: run.polls + 1,
    answeredAt: now,
    failingSince: null,
    failure: null,
    notFound: 0,
    notBefore: 0,
  }
  if (run.stage === 'following' && now - run.limitFrom >= RUN_LIMIT_MS) {
    return step({ ...stopTimers(good), stage: 'stalled' }, ...early(prediction))
  }
  return step(schedulePoll(good, now).run, ...early(prediction))
}

/** A poll was not answered, or refused. Errors that may pass end no run: past `NO_ANSWER_LIMIT_MS` the page asks. */
export function pollFailed(run: RunState, error: AppErrorData, now: number): Step {
  const notFound = UNKNOWN.has(error.code) ? run.notFound + 1 : 0
  // A tab that never had an answer has no key: another visit may.
  const lockedOut = LOCKED.has(error.code) && run.resumed && run.last === null
  if (lockedOut || error.code === 'run/interrupted' || notFound >= MAX_NOT_FOUND) {
    return fail(run, UNKNOWN.has(error.code) ? cannotFollow(error) : error)
  }
  const failingSince = run.failingSince ?? now
  const asked = retryAfterMs(error)
  const failing: RunState = {
    ...run,
    polls: run.polls + 1,
    failingSince,
    failure: error,
    notFound,
    notBefore: asked > 0 ? now + asked : run.notBefore,
  }
  if (run.stage === 'following' && now - failingSince >= NO_ANSWER_LIMIT_MS) {
    return step({ ...stopTimers(failing), stage: 'stalled' })
  }
  const waiting = schedulePoll(failing, now)
  // On disk too: the tab that follows it next waits as well.
  return asked > 0 ? step(waiting.run, { kind: 'write' }) : waiting
}

function cannotFollow({ detail }: AppErrorData): AppErrorData {
  return new AppError('backend/cannot-follow', { detail }).data
}

/** The backend did not take a cancel: it is asked again, unless it has no way to. */
export function cancelFailed(run: RunState, error: AppErrorData, now: number): Step {
  // No such route, or the run is not known: waiting for it would be in vain.
  if (UNKNOWN.has(error.code)) return letGo(run)
  const cancelAgain = now + Math.max(CANCEL_AGAIN_MS, retryAfterMs(error))
  const again = { ...run, timers: { ...run.timers, cancelAgain } }
  const polling = again.requests.includes('poll') ? again : schedulePoll(again, now).run
  return step(polling, { kind: 'report', error })
}

/** The page stops following; the backend may go on. */
export function letGo(run: RunState): Step {
  const { run: over, effects } = end(run, { status: 'canceled', error: null })
  return step(over, { kind: 'notify', code: 'cancel-local' }, ...effects)
}

/** Ready to send, as long as it takes: only the user sends it. */
export function unsent(run: RunState, error: AppErrorData): Step {
  const ready: RunState = { ...stopTimers(run), stage: 'unsent', error }
  return step(ready, { kind: 'write' }, { kind: 'report', error })
}

/** The prediction is over. */
export function finish(run: RunState, prediction: Prediction): Step {
  const error = prediction.error && notSent(prediction.error)
  // A backend that holds its own request is told only then that nothing has gone out.
  if (error && isReadyToSend(error) && !run.cancelAsked && !run.resumed) {
    return unsent(
      { ...run, phase: 'sending', status: 'starting', predictionId: null, last: null, requests: [] },
      error,
    )
  }
  const over: RunState = { ...stopTimers(run), last: prediction, status: prediction.status, requests: [] }
  if (prediction.status === 'canceled') return end(over, { status: 'canceled', error: null })
  if (error || prediction.status !== 'succeeded') {
    return fail(over, error ?? new AppError('backend/run-failed').data)
  }
  const fetching: RunState = { ...over, stage: 'fetching', phase: 'running', requests: ['outputs'] }
  const late: RunEffect[] = run.cancelAsked ? [{ kind: 'notify', code: 'finished-before-cancel' }] : []
  return step(fetching, ...late, { kind: 'write' }, { kind: 'fetchOutputs', prediction })
}

/** Shown at once; the record says done when the pictures are on disk, so that a reload in between fetches them again. */
export function outputs(run: RunState, event: RunEvent & { kind: 'outputs' }): Step {
  if (event.ready === 0 && !event.retryable && event.error) return fail(run, event.error)
  const shown: RunState = { ...stopTimers(run), stage: 'done', status: 'succeeded', requests: ['store'] }
  return step(shown, { kind: 'show' }, { kind: 'store' })
}

/** @param tell false where the record alone says it */
export function fail(run: RunState, error: AppErrorData, tell = true): Step {
  // Without its key this tab cannot ask; the run may be going on, and a visit with the key finds it.
  const phase = run.predictionId !== null && LOCKED.has(error.code) ? 'running' : 'done'
  const status = run.hasOutputs ? run.status : run.status === 'aborted' ? 'aborted' : 'failed'
  const { run: over, effects } = end(run, { status, error: run.hasOutputs ? run.error : error, phase })
  return tell ? step(over, { kind: 'report', error }, ...effects) : step(over, ...effects)
}

/** Nothing more is asked. A run whose outputs are stored keeps its status through a cancel. */
export function end(
  run: RunState,
  result: Pick<RunState, 'status' | 'error'> & { phase?: RunState['phase'] },
): Step {
  const over: RunState = { ...stopTimers(run), phase: 'done', ...result, stage: 'done', requests: [] }
  const kept = run.hasOutputs && result.status === 'canceled' ? { ...over, status: run.status } : over
  return step(kept, { kind: 'abort' }, { kind: 'write' }, { kind: 'forget' })
}
