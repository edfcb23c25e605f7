import { describe, expect, it } from 'vitest'
import { outageSeconds } from '../../core/run/outage'
import { fails, fakePrediction, processing } from '../fakeBackend.testkit'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, newestRun, openTab, pass, readyTab } from '../tab.testkit'

inFakeTime()

describe('polling', () => {
  it('shows the answer after twelve failed polls in a row', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(...Array.from({ length: 12 }, () => fails('backend/server-error')))
    void tab.app.runner.start()
    await pass(70_000)
    expect(newestRun(tab).record.status).toBe('succeeded')
    expect(tab.backend.calls.get).toBe(13)
  })

  it('does not stop where every fifth poll fails', async () => {
    const tab = await readyTab(new FakeBrowser())
    for (let i = 1; i <= 60; i++) {
      tab.backend.gets.push(i % 5 === 0 ? fails('backend/unreachable') : fakePrediction('p1', 'processing'))
    }
    void tab.app.runner.start()
    await pass(61 * 5100)
    expect(tab.backend.calls.get).toBe(61)
    expect(newestRun(tab).record.status).toBe('succeeded')
  })

  it('has one request out at a time, however often the page wakes', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.answerMs = 300
    tab.backend.gets.push(...processing(8))
    void tab.app.runner.start()
    for (let i = 0; i < 40; i++) {
      await pass(100)
      for (const wake of tab.wakes) wake()
    }
    await pass(60_000)
    expect(tab.backend.polling.max).toBe(1)
    expect(newestRun(tab).record.status).toBe('succeeded')
  })

  it('goes on within 100 ms when the page wakes, however long the network was away', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(...Array.from({ length: 20 }, () => fails('backend/unreachable')))
    void tab.app.runner.start()
    await pass(30_000)
    const { get } = tab.backend.calls
    tab.backend.gets.length = 0
    // Within a gap of 5 s.
    await pass(500)
    for (const wake of tab.wakes) wake()
    await pass(100)
    expect(tab.backend.calls.get).toBe(get + 1)
    expect(newestRun(tab).record.status).toBe('succeeded')
  })

  it('keeps to Retry-After when the page wakes', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(fails('backend/rate-limited', { seconds: 30 }))
    void tab.app.runner.start()
    await pass(2000)
    expect(tab.backend.calls.get).toBe(1)
    for (let i = 0; i < 20; i++) {
      for (const wake of tab.wakes) wake()
      await pass(1000)
    }
    expect(tab.backend.calls.get).toBe(1)
    await pass(12_000)
    expect(newestRun(tab).record.status).toBe('succeeded')
  })

  it('says that no answer comes, why, and goes on when one does', async () => {
    const tab = await readyTab(new FakeBrowser())
    const probes: string[] = []
    Object.assign(tab.ports.network, {
      isAnswering: (url: string) => Promise.resolve(probes.push(url) > 0),
    })
    tab.backend.gets.push(...Array.from({ length: 10 }, () => fails('backend/unreachable')))
    void tab.app.runner.start()
    await pass(5000)
    expect(newestRun(tab).outage?.error?.code).toBe('backend/unreachable')
    expect(probes).toEqual([])
    await pass(12_000)
    const { outage } = newestRun(tab)
    expect(outage?.error?.code).toBe('backend/cors')
    expect(outageSeconds(outage!, performance.now())).toBe(16)
    expect(probes).toEqual(['https://api.example/v1'])
    await pass(20_000)
    expect(newestRun(tab).record.status).toBe('succeeded')
    expect(newestRun(tab).outage).toBeNull()
  })

  it('takes nothing for hidden that its own server passes on: the one behind it is off', async () => {
    const tab = await readyTab(new FakeBrowser())
    const probes: string[] = []
    Object.assign(tab.ports.network, {
      isAnswering: (url: string) => Promise.resolve(probes.push(url) > 0),
    })
    tab.app.settings.set({ backendUrl: '/replicate/v1' })
    tab.backend.gets.push(...Array.from({ length: 10 }, () => fails('backend/unreachable')))
    void tab.app.runner.start()
    await pass(17_000)
    expect(newestRun(tab).outage?.error?.code).toBe('backend/unreachable')
    expect(probes).toEqual([])
  })

  it('keeps to Retry-After in the tab that takes the run over', async () => {
    const browser = new FakeBrowser()
    const first = await readyTab(browser)
    first.backend.gets.push(fails('backend/rate-limited', { seconds: 60 }))
    void first.app.runner.start()
    await pass(2000)
    browser.close(first.tab)
    const second = await openTab(browser)
    await pass(50_000)
    for (const wake of second.wakes) wake()
    expect(second.backend.calls.get).toBe(0)
    await pass(10_000)
    expect(newestRun(second).record.status).toBe('succeeded')
  })

  it('polls no more after the end', async () => {
    const tab = await readyTab(new FakeBrowser())
    void tab.app.runner.start()
    await pass(5000)
    const { get } = tab.backend.calls
    for (const wake of tab.wakes) wake()
    await pass(120_000)
    expect(tab.backend.calls.get).toBe(get)
    expect(tab.backend.calls.forget).toBe(1)
  })

  it('asks after ten minutes without an answer, and goes on when the user says so', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(...Array.from({ length: 130 }, () => fails('backend/unreachable')))
    void tab.app.runner.start()
    await pass(11 * 60_000)
    expect(newestRun(tab).stage).toBe('stalled')
    tab.backend.gets.length = 0
    void tab.app.runner.keepWaiting(newestRun(tab).record.id)
    await pass(1000)
    expect(newestRun(tab).record.status).toBe('succeeded')
  })
})
