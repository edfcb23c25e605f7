import { describe, expect, it } from 'vitest'
import { Driver, failure, following, POLICY, prediction } from './runDriver.testkit'
import { resumeRun } from './runMachine'

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
