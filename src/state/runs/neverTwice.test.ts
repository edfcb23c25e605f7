import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../core/errors'
import { fails, fakePrediction, lost, processing } from '../fakeBackend.testkit'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, messageCodes, newestRun, pass, readyTab } from '../tab.testkit'

inFakeTime()

describe('never twice', () => {
  it('two, three or five clicks are one create', async () => {
    for (const clicks of [2, 3, 5]) {
      const tab = await readyTab(new FakeBrowser())
      for (let i = 0; i < clicks; i++) void tab.app.runner.start()
      await pass(100)
      for (let i = 0; i < clicks; i++) void tab.app.runner.start()
      await pass(5000)
      expect(tab.backend.calls.create).toBe(1)
    }
  })

  it('one more run is asked for by a click of its own', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.creates.push(fakePrediction('p1', 'starting'), fakePrediction('p2', 'starting'))
    void tab.app.runner.start()
    await pass(1000)
    void tab.app.runner.start({ another: true })
    void tab.app.runner.start({ another: true })
    await pass(5000)
    expect(tab.backend.calls.create).toBe(2)
    expect(tab.app.runs.store.getState().runs).toHaveLength(2)
  })

  it('at most four go at once, and each is stopped alone', async () => {
    const tab = await readyTab(new FakeBrowser())
    const ids = ['p1', 'p2', 'p3', 'p4']
    tab.backend.creates.push(...ids.map((id) => fakePrediction(id, 'starting')))
    tab.backend.gets.push(...processing(99))
    for (let clicks = 0; clicks < 6; clicks++) {
      void tab.app.runner.start({ another: true })
      await pass(1000)
    }
    expect(tab.backend.calls.create).toBe(4)
    const all = tab.app.runs.store.getState().runs
    for (const [stopped, { record }] of all.entries()) {
      void tab.app.runner.cancel(record.id)
      await pass(100)
      const on = tab.app.runs.store.getState().runs.filter(({ stage }) => stage !== 'done')
      expect(on).toHaveLength(3 - stopped)
    }
    expect(tab.backend.calls.cancel).toBe(4)
  })

  it('a lost answer is found in the list and adopted', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.creates.push(lost())
    tab.backend.finds.push(null, fakePrediction('found', 'processing'))
    void tab.app.runner.start()
    await pass(1000)
    expect(newestRun(tab).stage).toBe('unclear')
    await pass(6000)
    expect(newestRun(tab).record).toMatchObject({ predictionId: 'found', status: 'succeeded' })
    expect(tab.backend.calls.create).toBe(1)
    expect(messageCodes(tab)).toContain('run-found')
  })

  it('a lost answer that nobody finds is sent again by the user alone', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.creates.push(lost())
    void tab.app.runner.start()
    await pass(60_000)
    expect(newestRun(tab).stage).toBe('unclear')
    expect(tab.backend.calls).toMatchObject({ create: 1, find: 3 })
    void tab.app.runner.answer(newestRun(tab).record.id, 'resend')
    await pass(5000)
    expect(tab.backend.calls.create).toBe(2)
    expect(newestRun(tab).record.status).toBe('succeeded')
  })

  it('what was offline from the start is ready to send, and goes out once, on a click', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.creates.push(fails('backend/offline', { unclear: 1, notSent: 1 }))
    void tab.app.runner.start()
    await pass(100)
    expect(newestRun(tab)).toMatchObject({
      stage: 'unsent',
      record: { error: { code: 'run/not-sent', params: {} } },
    })
    expect(messageCodes(tab)).toEqual(['run/not-sent'])
    expect(tab.leaving.asks).toBe(false)
    await pass(600_000)
    expect(tab.backend.calls).toMatchObject({ create: 1, find: 0 })
    void tab.app.runner.answer(newestRun(tab).record.id, 'resend')
    void tab.app.runner.answer(newestRun(tab).record.id, 'resend')
    await pass(5000)
    expect(newestRun(tab).record.status).toBe('succeeded')
    expect(tab.backend.calls.create).toBe(2)
    expect(messageCodes(tab)).not.toContain('run/not-sent')
  })

  it('for a backend that nothing gets to is ready to send, and goes out once, on a click, when it answers', async () => {
    const tab = await readyTab(new FakeBrowser())
    const asked: string[] = []
    let isOff = true
    Object.assign(tab.ports.network, {
      obstacleTo: (url: string) => {
        asked.push(url)
        const params = { origin: 'https://api.example', notSent: 1 }
        return Promise.resolve(isOff ? new AppError('backend/unreachable', { params }).data : null)
      },
    })
    void tab.app.runner.start()
    for (let clicks = 1; clicks <= 3; clicks++) {
      await pass(600_000)
      for (const wake of tab.wakes) wake()
      expect(newestRun(tab)).toMatchObject({
        stage: 'unsent',
        record: {
          phase: 'sending',
          error: { code: 'run/not-reached', params: { origin: 'https://api.example' } },
        },
      })
      expect(messageCodes(tab)).toEqual(['run/not-reached'])
      expect(tab.backend.calls).toEqual({ create: 0, get: 0, cancel: 0, find: 0, forget: 0 })
      expect(asked).toHaveLength(clicks)
      isOff = clicks < 3
      void tab.app.runner.answer(newestRun(tab).record.id, 'resend')
      void tab.app.runner.answer(newestRun(tab).record.id, 'resend')
    }
    await pass(5000)
    expect(newestRun(tab).record.status).toBe('succeeded')
    expect(tab.backend.calls.create).toBe(1)
    expect(asked).toEqual(Array.from({ length: 4 }, () => 'https://api.example/v1'))
  })

  it('whose pictures could not go up has started nothing', async () => {
    const tab = await readyTab(new FakeBrowser())
    Object.assign(tab.backend, { create: () => Promise.reject(fails('backend/unreachable')) })
    void tab.app.runner.start()
    await pass(100)
    expect(newestRun(tab).stage).toBe('unsent')
  })

  it('what the browser refused is not sent, and says why', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.creates.push(fails('backend/mixed-content', { unclear: 1, notSent: 1 }))
    void tab.app.runner.start()
    await pass(100)
    expect(newestRun(tab).record.error?.params).not.toHaveProperty('unclear')
    expect(messageCodes(tab)).toEqual(['backend/mixed-content'])
  })

  it('what went offline on the way may have arrived', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.creates.push(fails('backend/offline', { unclear: 1 }))
    void tab.app.runner.start()
    await pass(100)
    expect(newestRun(tab).stage).toBe('unclear')
  })

  it('a refusal with a time is resent once, after it', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.creates.push(fails('backend/rate-limited', { seconds: 4 }))
    void tab.app.runner.start()
    await pass(3900)
    expect(newestRun(tab).stage).toBe('waiting')
    expect(tab.backend.calls.create).toBe(1)
    await pass(5000)
    expect(tab.backend.calls.create).toBe(2)
    expect(newestRun(tab).record.status).toBe('succeeded')
  })

  it('creates are clicks and resends, for any mix of answers', async () => {
    const answer = fc.constantFrom('ok', 'lost', 'refused', 'failed', 'waits')
    await fc.assert(
      fc.asyncProperty(
        fc.array(answer, { minLength: 1, maxLength: 4 }),
        fc.nat(3),
        async (answers, resends) => {
          const tab = await readyTab(new FakeBrowser())
          for (const kind of answers) {
            if (kind === 'ok') tab.backend.creates.push(fakePrediction('p1', 'starting'))
            else if (kind === 'lost') tab.backend.creates.push(lost())
            else if (kind === 'waits') tab.backend.creates.push(fails('backend/busy', { seconds: 1 }))
            else
              tab.backend.creates.push(
                fails(kind === 'refused' ? 'backend/invalid-input' : 'backend/payment'),
              )
          }
          void tab.app.runner.start()
          await pass(9000)
          let asked = 0
          for (let i = 0; i < resends && newestRun(tab).stage === 'unclear'; i++) {
            asked++
            void tab.app.runner.answer(newestRun(tab).record.id, 'resend')
            await pass(9000)
          }
          const refusals = answers.filter((kind) => kind === 'waits').length
          expect(tab.backend.calls.create).toBeLessThanOrEqual(1 + asked + Math.min(1, refusals))
          expect(tab.app.runs.store.getState().runs).toHaveLength(1)
        },
      ),
      { numRuns: 40 },
    )
  })
})
