import { describe, expect, it } from 'vitest'
import { fakePrediction, lost, processing } from '../fakeBackend.testkit'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, newestRun, pass, readyTab } from '../tab.testkit'

inFakeTime()

describe('never twice', () => {
  it('leaving is asked about while the request is out, and at no other time', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.answerMs = 1000
    tab.backend.gets.push(fakePrediction('p1', 'processing'))
    expect(tab.leaving.asks).toBe(false)
    void tab.app.runner.start()
    await pass(500)
    expect(tab.leaving.asks).toBe(true)
    await pass(1000)
    expect(newestRun(tab).stage).toBe('following')
    expect(tab.leaving.asks).toBe(false)
    await pass(20_000)
    tab.backend.creates.push(lost())
    void tab.app.runner.start()
    await pass(500)
    expect(tab.leaving.asks).toBe(true)
    await pass(20_000)
    expect(newestRun(tab).stage).toBe('unclear')
    expect(tab.leaving.asks).toBe(false)
  })

  it('leaving is asked about as long as a run cannot be asked for again', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.app.settings.set({ backendId: 'cog' })
    tab.backend.gets.push(...processing(4))
    void tab.app.runner.start()
    await pass(2000)
    expect(newestRun(tab).stage).toBe('following')
    expect(tab.leaving.asks).toBe(true)
    await pass(20_000)
    expect(newestRun(tab).stage).toBe('done')
    expect(tab.leaving.asks).toBe(false)
  })

  it('leaving is not asked about where nothing is billed', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.app.settings.set({ backendId: 'embedded' })
    tab.backend.answerMs = 1000
    void tab.app.runner.start()
    await pass(500)
    expect(newestRun(tab).stage).toBe('sending')
    expect(tab.leaving.asks).toBe(false)
  })
})
