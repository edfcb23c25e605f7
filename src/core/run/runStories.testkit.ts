import fc from 'fast-check'
import type { ErrorCode } from '../errors'
import type { PredictionStatus } from '../prediction/prediction'
import { Driver, failure, following, POLICY, prediction } from './runDriver.testkit'
import { resumeRun } from './runMachine'
import type { RunEvent } from './runState'

/** Errors that may pass by themselves. */
export const passing = fc.constantFrom<ErrorCode>(
  'backend/unreachable',
  'backend/server-error',
  'backend/timeout',
  'backend/not-json',
  'backend/rate-limited',
  'backend/offline',
  'backend/cors',
  'unexpected',
)

const anyPrediction = fc
  .constantFrom<PredictionStatus>(
    'starting',
    'processing',
    'processing',
    'succeeded',
    'failed',
    'canceled',
    'aborted',
  )
  .map((status) => prediction(status))

const anyError = fc
  .tuple(
    fc.oneof(
      passing,
      fc.constantFrom<ErrorCode>('backend/unauthorized', 'backend/not-found', 'backend/method-not-allowed'),
    ),
    fc.option(fc.integer({ min: 0, max: 400 })),
  )
  .map(([code, seconds]) => failure(code, seconds === null ? {} : { seconds }))

const anyEvent: fc.Arbitrary<RunEvent> = fc.oneof(
  fc.constantFrom<RunEvent>(
    { kind: 'sent' },
    { kind: 'notFound' },
    { kind: 'lookup' },
    { kind: 'resend' },
    { kind: 'leave' },
    { kind: 'keepWaiting' },
    { kind: 'wake' },
    { kind: 'cancel' },
    { kind: 'stored', retryable: false },
    { kind: 'stored', retryable: true },
    { kind: 'outputs', ready: 1, retryable: false, error: null },
  ),
  anyPrediction.map((answer): RunEvent => ({ kind: 'answered', prediction: answer })),
  anyPrediction.map((answer): RunEvent => ({ kind: 'found', prediction: answer })),
  anyPrediction.map((answer): RunEvent => ({ kind: 'polled', prediction: answer })),
  anyPrediction.map((answer): RunEvent => ({ kind: 'cancelAnswered', prediction: answer })),
  anyError.map((error): RunEvent => ({ kind: 'pollFailed', error })),
  anyError.map((error): RunEvent => ({ kind: 'lost', error })),
  anyError.map((error): RunEvent => ({ kind: 'lookupFailed', error })),
  anyError.map((error): RunEvent => ({ kind: 'cancelFailed', error })),
  fc
    .tuple(anyError, fc.option(fc.integer({ min: 0, max: 60 })))
    .map(([error, seconds]): RunEvent => ({ kind: 'refused', error, seconds })),
  fc
    .constantFrom<ErrorCode>('backend/offline', 'backend/unreachable', 'backend/policy')
    .map((code): RunEvent => ({ kind: 'refused', error: failure(code, { notSent: 1 }), seconds: null })),
  fc.constant<RunEvent>({
    kind: 'polled',
    prediction: prediction('failed', { error: failure('backend/unreachable', { notSent: 1 }) }),
  }),
)

/** Events, each with the time that passes after it, ms. */
export const anyStory = fc.array(fc.tuple(anyEvent, fc.integer({ min: 0, max: 20_000 })), { maxLength: 40 })

/** Goes on after a reload, with outputs that were stored before it. */
export const withOutputs = () =>
  new Driver(
    resumeRun(POLICY, { phase: 'running', status: 'succeeded', predictionId: 'p1', hasOutputs: true }, 1000),
  )

/** A fresh run, one that is followed, or one of an earlier visit. */
export const anyStart = fc.constantFrom(
  () => new Driver(),
  () => following(),
  () =>
    new Driver(
      resumeRun(
        POLICY,
        { phase: 'running', status: 'processing', predictionId: 'p1', hasOutputs: false },
        1000,
      ),
    ),
  withOutputs,
  () =>
    new Driver(
      resumeRun(
        POLICY,
        { phase: 'sending', status: 'starting', predictionId: null, hasOutputs: false },
        1000,
      ),
    ),
)
