import type { AppErrorData } from '../errors'
import type { Prediction, PredictionStatus } from '../prediction/prediction'

/** What a run is doing, for its status line. */
export type RunStage =
  /** Files go up; nothing that can start a run is out yet. */
  | 'preparing'
  | 'sending'
  /** Refused with a time: sent once more when that has passed. */
  | 'waiting'
  /** Nothing could be reached: nothing has gone out, and it is sent when the user says so. */
  | 'unsent'
  /** The answer to create was lost: the backend's list is checked, and the user is asked. */
  | 'unclear'
  | 'following'
  /** No end within the limit, or no answer for ten minutes: polls again when the user says so. */
  | 'stalled'
  | 'canceling'
  | 'fetching'
  /** Another tab follows it: this one's machine never gets here. */
  | 'elsewhere'
  | 'done'

/** What the record on disk says: `sending` until a create is answered, `running` until everything is stored. */
export type RunPhase = 'sending' | 'running' | 'done'

export type TimerName = 'poll' | 'resend' | 'lookup' | 'cancelLimit' | 'cancelAgain'

/** What is out: its answer comes back as an event. */
export type RequestName = 'create' | 'poll' | 'lookup' | 'cancel' | 'outputs' | 'store'

/** What the machine has to know of the backend. */
export interface RunPolicy {
  /** A run goes on while the page is closed and can be asked for again by id. */
  readonly resume: boolean
  /** Nothing is billed and nothing is lost on the way. */
  readonly offline: boolean
  /** The backend lists its predictions, so that a lost one can be found. */
  readonly find: boolean
  /** The shortest and the longest gap between two polls, ms. */
  readonly pollMs: readonly [shortest: number, longest: number]
}

/** One run, as plain data: with the same events it is always the same. Times are ms of the clock given to `next`. */
export interface RunState {
  readonly policy: RunPolicy
  readonly stage: RunStage
  readonly phase: RunPhase
  readonly status: PredictionStatus
  readonly predictionId: string | null
  /** The newest answer; null before the first. */
  readonly last: Prediction | null
  readonly error: AppErrorData | null
  /** Outputs were stored earlier: an error while asking again does not take them away. */
  readonly hasOutputs: boolean
  readonly cancelAsked: boolean
  /** How often create went out: by the click, after a refusal, by the user's word. */
  readonly creates: number
  readonly refusals: number
  /** Checks of the backend's list that found nothing. */
  readonly lookups: number
  /** Checks in a row that could not be made. */
  readonly lookupErrors: number
  readonly lostAt: number
  /** The user waits for the result of the check that is out. */
  readonly lookupAsked: boolean
  /** Lost before a reload: nobody is asked, the run ends when the checks do. */
  readonly resumed: boolean
  readonly polls: number
  /** When the last good answer came; before the first, when following began. */
  readonly answeredAt: number
  /** When the poll that is out was sent. */
  readonly askedAt: number
  /** The first of the failed polls since the last good one; null where the last was good. */
  readonly failingSince: number | null
  /** Why the last poll failed; null where it was good. */
  readonly failure: AppErrorData | null
  /** Answers in a row that the run, or the way to ask for it, is unknown. */
  readonly notFound: number
  /** A Retry-After holds until then, whatever wakes the page. */
  readonly notBefore: number
  readonly limitFrom: number
  /** When each timer is due. */
  readonly timers: Readonly<Partial<Record<TimerName, number>>>
  readonly requests: readonly RequestName[]
}

export type RunEvent =
  /** What may start a run is about to go out. */
  | { readonly kind: 'sent' }
  | { readonly kind: 'answered'; readonly prediction: Prediction }
  /** A refusal creates nothing. @param seconds until it may be sent again; null where the backend does not say */
  | { readonly kind: 'refused'; readonly error: AppErrorData; readonly seconds: number | null }
  /** Whether the create arrived is not known. */
  | { readonly kind: 'lost'; readonly error: AppErrorData }
  | { readonly kind: 'found'; readonly prediction: Prediction }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'lookupFailed'; readonly error: AppErrorData }
  | { readonly kind: 'lookup' | 'resend' | 'leave' | 'keepWaiting' }
  | { readonly kind: 'polled'; readonly prediction: Prediction }
  | { readonly kind: 'pollFailed'; readonly error: AppErrorData }
  /** The page is looked at again, or is online again. */
  | { readonly kind: 'wake' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'cancelAnswered'; readonly prediction: Prediction }
  | { readonly kind: 'cancelFailed'; readonly error: AppErrorData }
  /** @param ready how many outputs can be shown @param error of the first that cannot */
  | {
      readonly kind: 'outputs'
      readonly ready: number
      readonly retryable: boolean
      readonly error: AppErrorData | null
    }
  | { readonly kind: 'stored'; readonly retryable: boolean }
  | { readonly kind: 'failed'; readonly error: AppErrorData }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'timer'; readonly name: TimerName }

export type RunNotice =
  | 'run-found'
  | 'run-not-found'
  | 'run-no-list'
  | 'cancel-local'
  | 'finished-before-cancel'

export type RunEffect =
  | {
      readonly kind: 'write' | 'create' | 'poll' | 'lookup' | 'cancel' | 'show' | 'store' | 'abort' | 'forget'
    }
  /** Outputs that are there while the run goes on. */
  | { readonly kind: 'takeOutputs' | 'fetchOutputs'; readonly prediction: Prediction }
  | { readonly kind: 'notify'; readonly code: RunNotice }
  | { readonly kind: 'report'; readonly error: AppErrorData }
  /** An earlier complaint no longer holds. */
  | { readonly kind: 'settled' }

export interface Step {
  readonly run: RunState
  readonly effects: readonly RunEffect[]
}

export function step(run: RunState, ...effects: RunEffect[]): Step {
  return { run, effects }
}

/** The run with no timer left. */
export function stopTimers(run: RunState): RunState {
  return { ...run, timers: {} }
}

/** The run with one more request out; one of each name at most. */
export function withRequest<Run extends RunState>(run: Run, name: RequestName): Run {
  return { ...run, requests: [...run.requests.filter((other) => other !== name), name] }
}

/** The run with a request answered, or given up. */
export function without(run: RunState, name: RequestName): RunState {
  return { ...run, requests: run.requests.filter((other) => other !== name) }
}

export function omit<T extends object, K extends keyof T>(object: T, key: K): Omit<T, K> {
  const { [key]: _dropped, ...rest } = object
  return rest
}
