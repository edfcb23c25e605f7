import { describe, expect, it } from 'vitest'
import { fails, fakePrediction, processing } from '../fakeBackend.testkit'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, messageCodes, newestRun, pass, readyTab } from '../tab.testkit'

inFakeTime()

describe('cancel', () => {
  it('ends at the backend', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(...processing(9))
    void tab.app.runner.start()
    await pass(2000)
    void tab.app.runner.cancel(newestRun(tab).record.id)
    await pass(100)
    expect(newestRun(tab)).toMatchObject({ stage: 'done', record: { status: 'canceled', phase: 'done' } })
    expect(tab.backend.calls.cancel).toBe(1)
  })

  it('lets go within 10 s where the backend goes on saying processing', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(...processing(60))
    tab.backend.cancels.push(fakePrediction('p1', 'processing'))
    void tab.app.runner.start()
    await pass(2000)
    void tab.app.runner.cancel(newestRun(tab).record.id)
    await pass(10_000)
    expect(newestRun(tab).stage).toBe('done')
    expect(messageCodes(tab)).toContain('cancel-local')
  })

  it('is asked for again where its request fails', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(...processing(60))
    tab.backend.cancels.push(fails('backend/server-error'))
    void tab.app.runner.start()
    await pass(2000)
    void tab.app.runner.cancel(newestRun(tab).record.id)
    await pass(4000)
    expect(tab.backend.calls.cancel).toBe(2)
    expect(newestRun(tab).record.status).toBe('canceled')
  })

  it('while create is out is passed on when its answer comes', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.answerMs = 2000
    void tab.app.runner.start()
    await pass(100)
    void tab.app.runner.cancel(newestRun(tab).record.id)
    await pass(2000)
    expect(tab.backend.calls.cancel).toBe(1)
    await pass(2000)
    expect(newestRun(tab).record.status).toBe('canceled')
  })

  it('is followed by no message where create is refused after it', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.answerMs = 1500
    tab.backend.creates.push(fails('backend/invalid-input'))
    void tab.app.runner.start()
    await pass(100)
    void tab.app.runner.cancel(newestRun(tab).record.id)
    await pass(20_000)
    expect(messageCodes(tab)).not.toContain('cancel-local')
    expect(newestRun(tab).stage).toBe('done')
  })

  it.each([
    ['a silent server', 'silence'],
    ['an unknown status', fakePrediction('p1', 'processing', { rawStatus: 'warming_up' })],
    ['no status', fakePrediction('p1', 'starting')],
    ['errors', fails('backend/server-error', { status: 502 })],
    ['a time to wait', fails('backend/rate-limited', { seconds: 120 })],
    ['a refused key', fails('backend/unauthorized')],
  ] as const)('ends within 10 s with %s, and says that it may go on', async (_name, answer) => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(fakePrediction('p1', 'processing'), ...Array.from({ length: 60 }, () => answer))
    tab.backend.cancels.push(...Array.from({ length: 9 }, () => answer))
    void tab.app.runner.start()
    await pass(2000)
    void tab.app.runner.cancel(newestRun(tab).record.id)
    await pass(10_000)
    expect(newestRun(tab)).toMatchObject({ stage: 'done', record: { status: 'canceled' } })
    expect(messageCodes(tab)).toContain('cancel-local')
    await pass(1000)
    tab.backend.gets.length = 0
    void tab.app.runner.start()
    await pass(5000)
    expect(newestRun(tab).record.status).toBe('succeeded')
  })

  it('ends the wait for outputs that do not come', async () => {
    const tab = await readyTab(new FakeBrowser())
    Object.assign(tab.ports.network, { fetchOutput: () => new Promise(() => {}) })
    tab.backend.gets.push(
      fakePrediction('p1', 'succeeded', { outputs: [{ kind: 'url', url: 'https://out.example/1.png' }] }),
    )
    void tab.app.runner.start()
    await pass(2000)
    expect(newestRun(tab).stage).toBe('fetching')
    void tab.app.runner.cancel(newestRun(tab).record.id)
    await pass(0)
    expect(newestRun(tab)).toMatchObject({ stage: 'done', record: { status: 'canceled' } })
  })

  it('leaves no timer behind', async () => {
    const tab = await readyTab(new FakeBrowser())
    void tab.app.runner.start()
    await pass(700)
    void tab.app.runner.cancel(newestRun(tab).record.id)
    await pass(30_000)
    const { get, cancel } = tab.backend.calls
    await pass(600_000)
    expect(tab.backend.calls).toMatchObject({ get, cancel })
  })
})
