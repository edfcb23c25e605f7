import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Driver, failure, following, prediction } from './runDriver.testkit'
import { NO_ANSWER_LIMIT_MS } from './runFollow'
import { next } from './runMachine'
import type { RunEvent, RunState } from './runState'
import { anyStart, anyStory, passing, withOutputs } from './runStories.testkit'

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
