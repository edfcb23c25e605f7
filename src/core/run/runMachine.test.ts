import { describe, expect, it } from 'vitest'
import { Driver, failure, following, POLICY, prediction } from './runDriver.testkit'
import { outageOf, outageSeconds } from './outage'
import { NO_ANSWER_LIMIT_MS, RUN_LIMIT_MS } from './runFollow'
import { resumeRun } from './runMachine'

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
