import { AppError, UNCLEAR } from '../errors'
import { isTerminal } from '../prediction/prediction'
import { isReadyToSend } from './notSent'
import { adopt, create, lookedUp, lost, refused } from './runCreate'
import {
  cancelFailed,
  end,
  fail,
  finish,
  letGo,
  outputs,
  poll,
  polled,
  pollFailed,
  schedulePoll,
  sendCancel,
} from './runFollow'
import {
  omit,
  type RunEffect,
  type RunEvent,
  type RunPolicy,
  type RunState,
  type Step,
  step,
  stopTimers,
  type TimerName,
  without,
  withRequest,
} from './runState'

/** A cancel ends within this, ms: while create is out, and later. */
const CREATE_CANCEL_MS = 5000
const CANCEL_LIMIT_MS = 10_000

const START: Omit<RunState, 'policy' | 'stage' | 'limitFrom'> = {
  phase: 'sending',
  status: 'starting',
  predictionId: null,
  last: null,
  error: null,
  hasOutputs: false,
  cancelAsked: false,
  creates: 0,
  refusals: 0,
  lookups: 0,
  lookupErrors: 0,
  lostAt: 0,
  lookupAsked: false,
  resumed: false,
  polls: 0,
  answeredAt: 0,
  askedAt: 0,
  failingSince: null,
  failure: null,
  notFound: 0,
  notBefore: 0,
  timers: {},
  requests: [],
}

/** A run that a click has started. */
export function startRun(policy: RunPolicy, now: number): Step {
  return create({ ...START, policy, stage: 'preparing', limitFrom: now })
}

/**
 * A run found on disk that was not over: asked for by its id, or looked for where create had no answer. Where the
 * backend can do neither it is closed. Nothing is ever sent again.
 * @param found what the record says; `notBefore` is the end of a Retry-After, by the clock of `now`; `error` of one
 *   that was ready to send says that nothing has gone out
 */
export function resumeRun(
  policy: RunPolicy,
  found: Pick<RunState, 'phase' | 'status' | 'predictionId' | 'hasOutputs'> &
    Partial<Pick<RunState, 'notBefore' | 'error'>>,
  now: number,
): Step {
  const run: RunState = {
    ...START,
    ...found,
    policy,
    stage: 'following',
    limitFrom: now,
    answeredAt: now,
    resumed: true,
  }
  if (run.predictionId !== null && policy.resume) {
    return run.notBefore > now ? step({ ...run, timers: { poll: run.notBefore } }) : poll(run, now)
  }
  if (run.error && isReadyToSend(run.error)) return fail(run, run.error, false)
  const unclear = run.predictionId === null && !policy.offline
  const error = new AppError('run/interrupted', unclear ? { params: { [UNCLEAR]: 1 } } : {}).data
  if (!unclear || !policy.find) return fail(run, error, false)
  return step({ ...run, stage: 'unclear', error, lostAt: now, timers: { lookup: now } })
}

/** True where nothing more happens by itself. */
export function isOver({ stage }: RunState): boolean {
  return stage === 'done'
}

/**
 * What an event makes of a run, and what is to be done. Pure: the journal of events, replayed, gives the run.
 * @param now ms, of a clock that never goes back
 */
export function next(run: RunState, event: RunEvent, now: number): Step {
  if (run.stage === 'done') return afterEnd(run, event)
  switch (event.kind) {
    case 'sent':
      return step(run.stage === 'preparing' ? { ...run, stage: 'sending' } : run)
    case 'answered':
      return run.requests.includes('create') ? adopt(run, event.prediction, now) : step(run)
    case 'refused':
      return run.requests.includes('create') ? refused(run, event.error, event.seconds, now) : step(run)
    case 'lost':
      return run.requests.includes('create') ? lost(run, event.error, now) : step(run)
    case 'found': {
      if (run.stage !== 'unclear') return step(without(run, 'lookup'))
      const { run: adopted, effects } = adopt(without(run, 'lookup'), event.prediction, now)
      return step(adopted, { kind: 'notify', code: 'run-found' }, { kind: 'settled' }, ...effects)
    }
    case 'notFound':
      return lookedUp(run, null, now)
    case 'lookupFailed':
      return lookedUp(run, event.error, now)
    case 'lookup':
      if (run.stage !== 'unclear') return step(run)
      if (run.requests.includes('lookup')) return step({ ...run, lookupAsked: true })
      return step({ ...withRequest(run, 'lookup'), lookupAsked: true }, { kind: 'lookup' })
    case 'resend':
      if ((run.stage !== 'unclear' && run.stage !== 'unsent') || run.resumed) return step(run)
      return create(
        { ...stopTimers(run), stage: 'preparing', error: null, cancelAsked: false },
        { kind: 'settled' },
      )
    case 'leave':
      if (run.stage === 'unsent' && run.error) return fail(run, run.error, false)
      return run.stage === 'unclear' && run.error ? fail(run, run.error) : step(run)
    case 'keepWaiting':
      if (run.stage !== 'stalled') return step(run)
      return poll(
        { ...run, stage: 'following', limitFrom: now, answeredAt: now, failingSince: null, failure: null },
        now,
      )
    case 'polled':
      return run.requests.includes('poll') ? polled(without(run, 'poll'), event.prediction, now) : step(run)
    case 'pollFailed':
      return run.requests.includes('poll') ? pollFailed(without(run, 'poll'), event.error, now) : step(run)
    case 'wake':
      return wake(run, now)
    case 'cancel':
      return cancel(run, now)
    case 'cancelAnswered':
      if (!run.requests.includes('cancel')) return step(run)
      return isTerminal(event.prediction.status)
        ? finish(run, event.prediction)
        : schedulePoll(without(run, 'cancel'), now)
    case 'cancelFailed':
      return run.requests.includes('cancel')
        ? cancelFailed(without(run, 'cancel'), event.error, now)
        : step(run)
    case 'outputs':
      return run.requests.includes('outputs') ? outputs(run, event) : step(run)
    case 'failed':
      return fail(run, event.error)
    case 'aborted':
      return end(run, { status: 'canceled', error: null })
    case 'timer':
      return run.timers[event.name] === undefined ? step(run) : timer(run, event.name, now)
    case 'stored':
      return step(run)
  }
}

function wake(run: RunState, now: number): Step {
  // The checks that failed may have failed for being offline; one that is due waits for its time.
  const isBlind = run.stage === 'unclear' && run.lookupErrors > 0 && run.timers.lookup === undefined
  if (isBlind && !run.requests.includes('lookup')) return step(withRequest(run, 'lookup'), { kind: 'lookup' })
  // The next answer to a cancel says how it ended.
  const mayPoll = run.stage !== 'canceling' && run.timers.poll !== undefined && now >= run.notBefore
  return mayPoll ? poll(run, now) : step(run)
}

function timer(run: RunState, name: TimerName, now: number): Step {
  const rest = { ...run, timers: omit(run.timers, name) }
  switch (name) {
    case 'poll':
      return poll(rest, now)
    case 'resend':
      return create({ ...rest, stage: 'preparing' })
    case 'lookup':
      // The check that the user asked for does for both.
      if (rest.requests.includes('lookup')) return step(rest)
      return step(withRequest(rest, 'lookup'), { kind: 'lookup' })
    case 'cancelAgain':
      return sendCancel(rest, now)
    case 'cancelLimit':
      return run.stage === 'unclear' && run.error ? fail(run, run.error) : letGo(run)
  }
}

function cancel(run: RunState, now: number): Step {
  if (run.stage === 'unclear' && run.error) return fail({ ...run, cancelAsked: true }, run.error)
  // It came too late, and the outputs do not come either.
  if (run.stage === 'fetching') return end({ ...run, cancelAsked: true }, { status: 'canceled', error: null })
  if (run.cancelAsked) return step(run)
  const asked = { ...run, cancelAsked: true }
  if (run.stage === 'sending') {
    // Without an id there is nothing to cancel yet: it is done when the answer comes, or given up.
    const timers = { ...run.timers, cancelLimit: now + CREATE_CANCEL_MS }
    return step({ ...asked, stage: 'canceling', timers })
  }
  if (run.stage === 'following' || run.stage === 'stalled') {
    const timers = { ...run.timers, cancelLimit: now + CANCEL_LIMIT_MS }
    return sendCancel({ ...asked, stage: 'canceling', timers }, now)
  }
  // Nothing is out yet: it ends here.
  return end(asked, { status: 'canceled', error: null })
}

/** What may still come: the outputs are stored, or one of them was fetched again. */
function afterEnd(run: RunState, event: RunEvent): Step {
  if (event.kind !== 'stored' || run.status !== 'succeeded') return step(run)
  const phase = event.retryable && run.policy.resume ? 'running' : 'done'
  const forgets: RunEffect[] = run.requests.includes('store') ? [{ kind: 'forget' }] : []
  return step({ ...run, phase, requests: [], hasOutputs: true }, { kind: 'write' }, ...forgets)
}
