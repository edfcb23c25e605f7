import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ErrorCode } from '../errors'
import type { PredictionStatus } from '../prediction/prediction'
import { Driver, failure, following, POLICY, prediction } from './runDriver.testkit'
import { outageOf, outageSeconds } from './outage'
import { NO_ANSWER_LIMIT_MS, RUN_LIMIT_MS } from './runFollow'
import { next, resumeRun } from './runMachine'
import type { RunEvent, RunState } from './runState'

const passing = fc.constantFrom<ErrorCode>(
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

const anyStory = fc.array(fc.tuple(anyEvent, fc.integer({ min: 0, max: 20_000 })), { maxLength: 40 })

/** Goes on after a reload, with outputs that were stored before it. */
const withOutputs = () =>
  new Driver(
    resumeRun(POLICY, { phase: 'running', status: 'succeeded', predictionId: 'p1', hasOutputs: true }, 1000),
  )

const anyStart = fc.constantFrom(
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

const STORED_BEFORE_CANCEL: [RunEvent, number][] = [
  [{ kind: 'polled', prediction: prediction('succeeded') }, 0],
  [{ kind: 'outputs', ready: 1, retryable: false, error: null }, 0],
  [{ kind: 'stored', retryable: true }, 0],
]

/** Runs a story and checks every state in it. */
function everyState(check: (driver: Driver, event: RunEvent, before: RunState) => void): void {
  fc.assert(
    fc.property(anyStart, anyStory, (start, story) => {
      const driver = start()
      for (const [event, wait] of story) {
        const before = driver.run
        driver.send(event)
        check(driver, event, before)
        driver.pass(wait)
        check(driver, event, before)
      }
    }),
    { numRuns: 400 },
  )
}

describe('every story of a run', () => {
  it('creates at most once a click, a resend by the user, and once after a refusal', () => {
    everyState(({ run, journal, effects }) => {
      const resends = journal.filter(([event]) => event.kind === 'resend').length
      const sent = effects.filter(({ kind }) => kind === 'create').length
      expect(sent).toBeLessThanOrEqual(1 + resends + Math.min(1, run.refusals))
      expect(run.creates).toBe(sent)
    })
  })

  it('has a request, a timer or a question while it is not over', () => {
    everyState(({ run }) => {
      if (run.stage === 'done') return
      const asks = run.stage === 'unclear' || run.stage === 'stalled' || run.stage === 'unsent'
      expect(asks || run.requests.length > 0 || Object.keys(run.timers).length > 0).toBe(true)
      if (run.stage === 'following')
        expect(run.requests.includes('poll') || run.timers.poll !== undefined).toBe(true)
    })
  })

  it('has no timer after the end, and polls no more', () => {
    everyState((driver) => {
      if (driver.run.stage !== 'done') return
      expect(driver.run.timers).toEqual({})
      const polls = driver.count('poll')
      driver.send({ kind: 'wake' }).pass(60_000)
      expect(driver.count('poll')).toBe(polls)
    })
  })

  it('ends within 10 s of Cancel, whatever is answered or not', () => {
    fc.assert(
      fc.property(anyStart, anyStory, anyStory, (start, before, after) => {
        const driver = start()
        for (const [event, wait] of before) driver.send(event).pass(wait)
        driver.send({ kind: 'cancel' })
        const deadline = driver.now + 10_000
        for (const [event, wait] of after) {
          // Sending again, after its own question, is a new run by the user's word.
          if (event.kind === 'resend' || event.kind === 'cancel') continue
          if (driver.now + wait > deadline) break
          driver.send(event).pass(wait)
        }
        driver.pass(Math.max(0, deadline - driver.now))
        expect(['done', 'fetching']).toContain(driver.run.stage)
        // Outputs that finished first are still fetched, until Cancel is pressed again; those that are shown are stored.
        const isStoring = driver.run.requests.includes('store')
        driver.send({ kind: 'cancel' })
        expect(driver.run).toMatchObject({ stage: 'done', requests: isStoring ? ['store'] : [] })
      }),
      { examples: [[withOutputs, STORED_BEFORE_CANCEL, []]] },
    )
  })

  it('polls neither beside a cancel nor just before one is sent again', () => {
    everyState(({ first, journal }) => {
      let run = first
      let polledAt = -Infinity
      let canceledAt = -Infinity
      for (const [event, now] of journal) {
        const after = next(run, event, now)
        const kinds = new Set(after.effects.map(({ kind }) => kind))
        if (kinds.has('poll')) {
          if (run.requests.includes('cancel')) expect(now - canceledAt).toBeGreaterThanOrEqual(2000)
          polledAt = now
        }
        if (kinds.has('cancel')) {
          const isAgain = event.kind === 'timer' && event.name === 'cancelAgain'
          if (isAgain) expect(now - polledAt).toBeGreaterThanOrEqual(1000)
          canceledAt = now
        }
        run = after.run
      }
    })
  })

  it('is still polled while a cancel hangs, so that its result is not missed', () => {
    const driver = following()
      .pass(600)
      .send({ kind: 'polled', prediction: prediction('processing') })
    const polls = driver.send({ kind: 'cancel' }).count('poll')
    driver.pass(2000)
    expect(driver.count('poll')).toBe(polls + 1)
    driver.send({ kind: 'polled', prediction: prediction('succeeded') })
    expect(driver.run.stage).toBe('fetching')
  })

  it('is the same again when its journal is replayed', () => {
    everyState(({ first, journal, run }) => {
      expect(journal.reduce((state, [event, now]) => next(state, event, now).run, first)).toEqual(run)
    })
  })

  it('never polls before the backend allows it, whatever wakes the page', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 6, max: 300 }),
        fc.array(fc.integer({ min: 0, max: 5000 })),
        (seconds, wakes) => {
          const driver = following().pass(600)
          driver.send({ kind: 'pollFailed', error: failure('backend/rate-limited', { seconds }) })
          const polls = driver.count('poll')
          const allowed = driver.now + seconds * 1000
          for (const wait of wakes) {
            if (driver.now + wait >= allowed) break
            driver.pass(wait).send({ kind: 'wake' })
          }
          expect(driver.count('poll')).toBe(polls)
          driver.pass(allowed - driver.now)
          expect(driver.count('poll')).toBe(polls + 1)
        },
      ),
    )
  })

  it('goes on through errors that pass, for ten minutes', () => {
    fc.assert(
      fc.property(fc.array(passing, { minLength: 1, maxLength: 100 }), (codes) => {
        const driver = following().pass(600)
        const from = driver.now
        for (const code of codes) {
          if (driver.now - from >= NO_ANSWER_LIMIT_MS) break
          driver.send({ kind: 'pollFailed', error: failure(code) })
          expect(driver.run.stage).toBe('following')
          driver.pass(5000)
        }
        expect(driver.run.requests).toContain('poll')
      }),
    )
  })
})

describe('polling', () => {
  it('shows the answer after twelve failed polls in a row', () => {
    const driver = following()
    for (let i = 0; i < 12; i++) {
      driver.pass(5000).send({ kind: 'pollFailed', error: failure('backend/server-error') })
    }
    driver.pass(5000).send({ kind: 'polled', prediction: prediction('succeeded') })
    expect(driver.run.stage).toBe('fetching')
    expect(driver.count('fetchOutputs')).toBe(1)
  })

  it('does not stop where every fifth poll fails', () => {
    const driver = following()
    for (let i = 0; i < 300; i++) {
      driver.pass(5000)
      if (i % 5 === 4) driver.send({ kind: 'pollFailed', error: failure('backend/unreachable') })
      else driver.send({ kind: 'polled', prediction: prediction('processing') })
    }
    expect(driver.run.stage).toBe('following')
    expect(driver.count('poll')).toBe(300)
  })

  it('asks after ten minutes without an answer, and goes on when told so', () => {
    const driver = following()
    while (driver.run.stage === 'following') {
      driver.pass(5000).send({ kind: 'pollFailed', error: failure('backend/unreachable') })
    }
    expect(driver.run.stage).toBe('stalled')
    expect(driver.now).toBeGreaterThanOrEqual(NO_ANSWER_LIMIT_MS)
    driver.send({ kind: 'keepWaiting' })
    expect(driver.run.requests).toEqual(['poll'])
    expect(driver.send({ kind: 'polled', prediction: prediction('succeeded') }).run.stage).toBe('fetching')
  })

  it('asks after half an hour of running', () => {
    const driver = following()
    while (driver.run.stage === 'following') {
      driver.pass(5000).send({ kind: 'polled', prediction: prediction('processing') })
    }
    expect(driver.now).toBeGreaterThanOrEqual(RUN_LIMIT_MS)
    expect(driver.run.stage).toBe('stalled')
  })

  it('has gaps that grow from the shortest to the longest', () => {
    const driver = following()
    const gaps: number[] = []
    for (let i = 0; i < 12; i++) {
      gaps.push(driver.run.timers.poll! - driver.now)
      driver.pass(gaps[i]).send({ kind: 'polled', prediction: prediction('processing') })
    }
    expect(gaps[0]).toBe(500)
    expect(gaps.at(-1)).toBe(5000)
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b))
  })

  it('says after 10 s that no good answer came, and why the last one was none', () => {
    const driver = following().pass(600)
    const shown = () => {
      const outage = outageOf(driver.run)
      return outage && { seconds: outageSeconds(outage, driver.now), code: outage.error?.code }
    }
    driver.send({ kind: 'polled', prediction: prediction('processing') }).pass(700)
    expect(shown()).toEqual({ seconds: null, code: undefined })
    driver.send({ kind: 'pollFailed', error: failure('backend/offline') }).pass(5000)
    expect(shown()).toEqual({ seconds: null, code: 'backend/offline' })
    driver.send({ kind: 'pollFailed', error: failure('backend/server-error') }).pass(6300)
    expect(shown()).toEqual({ seconds: 12, code: 'backend/server-error' })
    driver.send({ kind: 'polled', prediction: prediction('processing') })
    expect(shown()).toBeNull()
  })

  it('says so too where a poll is out and nothing comes back', () => {
    const driver = following().pass(500)
    expect(outageSeconds(outageOf(driver.run)!, driver.now + 9999)).toBeNull()
    expect(outageSeconds(outageOf(driver.run)!, driver.now + 12_400)).toBe(12)
  })

  it('goes on by itself when a refused key is accepted again', () => {
    const driver = following()
    for (const code of ['backend/unauthorized', 'backend/forbidden', 'backend/payment'] as const) {
      driver.pass(5000).send({ kind: 'pollFailed', error: failure(code) })
    }
    driver.pass(5000).send({ kind: 'polled', prediction: prediction('succeeded') })
    expect(driver.run.stage).toBe('fetching')
  })

  it('takes five answers of "not found" for the backend having no way to ask', () => {
    const driver = following()
    for (let i = 0; i < 5; i++)
      driver.pass(5000).send({ kind: 'pollFailed', error: failure('backend/not-found') })
    expect(driver.run).toMatchObject({
      stage: 'done',
      phase: 'done',
      error: { code: 'backend/cannot-follow' },
    })
  })
})

describe('create', () => {
  it('that was offline waits for the user, however often, and goes out once a click', () => {
    const driver = new Driver()
    for (let clicks = 1; clicks <= 3; clicks++) {
      driver.send({ kind: 'refused', error: failure('run/not-sent'), seconds: null })
      expect(driver.run).toMatchObject({ stage: 'unsent', phase: 'sending', requests: [], timers: {} })
      driver.send({ kind: 'wake' }).pass(3_600_000)
      expect(driver.count('create')).toBe(clicks)
      driver.send({ kind: 'resend' }).send({ kind: 'resend' })
      expect(driver.count('create')).toBe(clicks + 1)
    }
    driver.send({ kind: 'sent' }).send({ kind: 'answered', prediction: prediction('processing') })
    expect(driver.run).toMatchObject({ stage: 'following', error: null })
    expect(driver.count('lookup')).toBe(0)
  })

  it('whose backend is told only later that nothing listens waits for the user as well', () => {
    const error = failure('backend/unreachable', { notSent: 1, unclear: 1 })
    const driver = following().send({ kind: 'timer', name: 'poll' })
    driver.send({ kind: 'polled', prediction: prediction('failed', { error }) })
    expect(driver.run).toMatchObject({ stage: 'unsent', phase: 'sending', predictionId: null, timers: {} })
    expect(driver.run.error).toMatchObject({ code: 'run/not-reached', params: {} })
    driver.send({ kind: 'wake' }).pass(3_600_000)
    expect([driver.count('create'), driver.count('poll')]).toEqual([1, 1])
    driver.send({ kind: 'resend' }).send({ kind: 'resend' })
    expect(driver.count('create')).toBe(2)
  })

  it('that was offline ends as not sent where the user leaves it, or closes the page', () => {
    const error = failure('run/not-sent')
    const driver = new Driver().send({ kind: 'refused', error, seconds: null }).send({ kind: 'leave' })
    expect(driver.run).toMatchObject({ stage: 'done', phase: 'done', status: 'failed', error })
    const found = {
      phase: 'sending',
      status: 'starting',
      predictionId: null,
      hasOutputs: false,
      error,
    } as const
    const resumed = new Driver(resumeRun(POLICY, found, 0))
    expect(resumed.run).toMatchObject({ stage: 'done', phase: 'done', error })
    expect(resumed.count('lookup')).toBe(0)
  })

  it('is sent once more after a refusal with a time, and only once', () => {
    const driver = new Driver().send({ kind: 'sent' })
    driver.send({ kind: 'refused', error: failure('backend/rate-limited'), seconds: 3 })
    expect(driver.run.stage).toBe('waiting')
    driver.pass(2999)
    expect(driver.count('create')).toBe(1)
    driver.pass(1).send({ kind: 'sent' })
    expect(driver.count('create')).toBe(2)
    driver.send({ kind: 'refused', error: failure('backend/rate-limited'), seconds: 3 })
    expect(driver.run).toMatchObject({ stage: 'done', status: 'failed' })
  })

  it('that is lost is looked for at once, after 2 s and after 5 s, while the user is asked', () => {
    const driver = new Driver()
      .send({ kind: 'sent' })
      .send({ kind: 'lost', error: failure('backend/unreachable') })
    const lookups: number[] = []
    for (let at = 0; at <= 10_000; at += 500) {
      const before = driver.count('lookup')
      driver.pass(at === 0 ? 0 : 500)
      if (driver.count('lookup') > before) {
        lookups.push(at)
        driver.send({ kind: 'notFound' })
      }
    }
    expect(lookups).toEqual([0, 2000, 5000])
    expect(driver.run.stage).toBe('unclear')
    expect(driver.count('create')).toBe(1)
    driver.send({ kind: 'lookup' }).send({ kind: 'notFound' })
    expect(driver.has('run-not-found')).toBe(true)
    driver.send({ kind: 'resend' })
    expect(driver.count('create')).toBe(2)
  })

  it('that is lost is looked for until the list has been read three times', () => {
    const driver = new Driver()
      .send({ kind: 'sent' })
      .send({ kind: 'lost', error: failure('backend/unreachable') })
      .pass(0)
    for (const seconds of [0, 0, 20, 0]) {
      driver.send({ kind: 'lookupFailed', error: failure('backend/rate-limited', { seconds }) })
      const before = driver.count('lookup')
      driver.pass(Math.max(3000, seconds * 1000) - 1)
      expect(driver.count('lookup')).toBe(before)
      driver.pass(1)
      expect(driver.count('lookup')).toBe(before + 1)
    }
    driver.send({ kind: 'found', prediction: prediction('processing') })
    expect(driver.run).toMatchObject({ stage: 'following', creates: 1 })
  })

  it('that is lost is looked for again when the page is back online', () => {
    const driver = new Driver()
      .send({ kind: 'sent' })
      .send({ kind: 'lost', error: failure('backend/offline') })
    for (let i = 0; i < 6; i++)
      driver.pass(3000).send({ kind: 'lookupFailed', error: failure('backend/offline') })
    driver.pass(60_000)
    expect(driver.count('lookup')).toBe(6)
    driver.send({ kind: 'wake' }).send({ kind: 'wake' })
    expect(driver.count('lookup')).toBe(7)
    driver.send({ kind: 'found', prediction: prediction('processing') })
    expect(driver.run.stage).toBe('following')
  })

  it('that is found is adopted, and never sent again', () => {
    const driver = new Driver()
      .send({ kind: 'sent' })
      .send({ kind: 'lost', error: failure('backend/timeout') })
      .pass(0)
    driver.send({ kind: 'found', prediction: prediction('processing') }).send({ kind: 'resend' })
    expect(driver.run).toMatchObject({ stage: 'following', predictionId: 'p1', error: null })
    expect(driver.count('create')).toBe(1)
  })

  it('leaves no timer where it is refused after Cancel', () => {
    const driver = new Driver().send({ kind: 'sent' }).send({ kind: 'cancel' }).pass(1500)
    driver.send({ kind: 'refused', error: failure('backend/invalid-input'), seconds: null }).pass(10_000)
    expect(driver.has('cancel-local')).toBe(false)
    expect(driver.run.error?.code).toBe('backend/invalid-input')
  })
})

describe('after a reload', () => {
  const found = { phase: 'running', status: 'processing', predictionId: 'p1', hasOutputs: false } as const
  it('leaves the record open where this tab has no key', () => {
    const driver = new Driver(resumeRun(POLICY, found, 0))
    driver.send({ kind: 'pollFailed', error: failure('backend/unauthorized') })
    expect(driver.run).toMatchObject({ stage: 'done', phase: 'running', status: 'failed' })
  })

  it('waits for the end of a Retry-After that an earlier tab was given', () => {
    const driver = new Driver(resumeRun(POLICY, { ...found, notBefore: 31_000 }, 1000))
    for (let i = 0; i < 29; i++) driver.pass(1000).send({ kind: 'wake' })
    expect(driver.count('poll')).toBe(0)
    expect(driver.pass(1000).count('poll')).toBe(1)
  })

  const lostFacts = { phase: 'sending', status: 'starting', predictionId: null, hasOutputs: false } as const

  it('asks for a run by its id, without a create', () => {
    const driver = new Driver(resumeRun(POLICY, found, 0))
    expect(driver.effects.map(({ kind }) => kind)).toEqual(['poll'])
    driver.send({ kind: 'polled', prediction: prediction('succeeded') })
    expect(driver.count('create')).toBe(0)
  })

  it('closes as interrupted what the backend cannot be asked for', () => {
    const { run } = resumeRun({ ...POLICY, resume: false, find: false }, found, 0)
    expect(run).toMatchObject({
      stage: 'done',
      phase: 'done',
      error: { code: 'run/interrupted', params: {} },
    })
    const unclear = resumeRun({ ...POLICY, find: false }, lostFacts, 0).run
    expect(unclear.error?.params).toEqual({ unclear: 1 })
  })

  it('looks for a lost create, then closes it; an unreadable list leaves it open', () => {
    const gone = new Driver(resumeRun(POLICY, lostFacts, 1000))
    const blind = new Driver(resumeRun(POLICY, lostFacts, 1000))
    for (let i = 0; i < 3; i++) {
      gone.pass(5000).send({ kind: 'notFound' })
      blind.pass(5000).send({ kind: 'lookupFailed', error: failure('backend/unreachable') })
    }
    expect(blind.run.stage).toBe('unclear')
    for (let i = 0; i < 3; i++) {
      blind.pass(5000).send({ kind: 'lookupFailed', error: failure('backend/unreachable') })
    }
    expect(gone.run).toMatchObject({ stage: 'done', phase: 'done', status: 'failed' })
    expect(blind.run).toMatchObject({ stage: 'done', phase: 'sending' })
  })

  it('keeps earlier outputs where asking again fails', () => {
    const driver = new Driver(resumeRun(POLICY, { ...found, status: 'succeeded', hasOutputs: true }, 0))
    driver.send({ kind: 'pollFailed', error: failure('backend/payment') })
    expect(driver.run).toMatchObject({ stage: 'done', status: 'succeeded', error: null })
  })
})

describe('outputs', () => {
  const fetched = () =>
    following()
      .pass(600)
      .send({ kind: 'polled', prediction: prediction('succeeded') })

  it('are shown, then stored, and only then is the record closed', () => {
    const driver = fetched().send({ kind: 'outputs', ready: 1, retryable: false, error: null })
    expect(driver.run).toMatchObject({ stage: 'done', phase: 'running' })
    expect(driver.effects.slice(-2).map(({ kind }) => kind)).toEqual(['show', 'store'])
    expect(driver.send({ kind: 'stored', retryable: false }).run.phase).toBe('done')
  })

  it('that could not be fetched keep the record open', () => {
    const driver = fetched().send({
      kind: 'outputs',
      ready: 0,
      retryable: true,
      error: failure('backend/output-unreadable'),
    })
    expect(driver.send({ kind: 'stored', retryable: true }).run.phase).toBe('running')
    expect(driver.send({ kind: 'stored', retryable: false }).run.phase).toBe('done')
  })

  it('none of which is a picture fail the run', () => {
    const driver = fetched().send({
      kind: 'outputs',
      ready: 0,
      retryable: false,
      error: failure('backend/unsafe-output'),
    })
    expect(driver.run).toMatchObject({
      stage: 'done',
      status: 'failed',
      error: { code: 'backend/unsafe-output' },
    })
  })
})
