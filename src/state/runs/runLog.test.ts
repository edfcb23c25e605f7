import { describe, expect, it } from 'vitest'
import type { OutputRef } from '../../core/prediction/prediction'
import { fakePrediction } from '../fakeBackend.testkit'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, newestRun, type OpenTab, openTab, pass, readyTab } from '../tab.testkit'
import { hasBlank, isBlank } from './runs'

inFakeTime()

const output = (tone: (p: number) => number): OutputRef => {
  const data = new Uint8ClampedArray(64 * 48 * 4).map((_, i) => (i % 4 === 3 ? 255 : tone(i >> 2)))
  return { kind: 'pixels', image: { width: 64, height: 48, data } }
}
const black = output(() => 0)
const painted = output((p) => p % 200)
const NSFW = 'Using seed: 8812\nPotential NSFW content was detected. A black image will be returned instead.'

async function ended(tab: OpenTab, outputs: readonly OutputRef[], logs = '') {
  tab.backend.gets.push(fakePrediction('p1', 'succeeded', { outputs, logs }))
  void tab.app.runner.start()
  await pass(5000)
  return newestRun(tab)
}

describe('a run', () => {
  it('has the log of its backend while it is on, after it, and at the next visit', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const bar = (step: number) => `Using seed: 1\n ${step}%|#  | ${step}/100 [00:01<00:02, 9it/s]`
    tab.backend.gets.push(
      fakePrediction('p1', 'processing', { logs: bar(3) }),
      fakePrediction('p1', 'processing', { logs: bar(40) }),
      fakePrediction('p1', 'succeeded', { outputs: [painted], logs: `${bar(40)}\n${bar(100)}\nsaved` }),
    )
    void tab.app.runner.start()
    await pass(700)
    expect(newestRun(tab).logs).toBe(bar(3))
    await pass(5000)
    expect(newestRun(tab).logs).toMatch(/saved$/)
    browser.close(tab.tab)
    const again = newestRun(await openTab(browser))
    expect(again.logs).toMatch(/^Using seed: 1\n[^]*saved$/)
    expect(again.record.logs).toBe(again.logs)
  })

  it('tells of each output whose detail it has, also at the next visit', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const details = ['photo', 'model'] as const
    tab.backend.gets.push(fakePrediction('p1', 'succeeded', { outputs: [painted, painted], details }))
    void tab.app.runner.start()
    await pass(5000)
    expect(newestRun(tab).record.details).toEqual(details)
    browser.close(tab.tab)
    expect(newestRun(await openTab(browser)).record.details).toEqual(details)
  })

  it('selects the best output when a run is opened, and moves nothing while it is looked at', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const { view } = tab.app
    tab.backend.gets.push(fakePrediction('p1', 'processing', { outputs: [painted] }))
    tab.backend.gets.push(
      fakePrediction('p1', 'succeeded', { outputs: [painted, painted, painted], best: 2 }),
    )
    void tab.app.runner.start()
    await pass(8000)
    expect(newestRun(tab)).toMatchObject({ stage: 'done', record: { best: 2, outputCount: 3 } })
    expect(view.store.getState()).toMatchObject({ view: 'compare', selected: 0 })
    view.showEdit()
    view.showCompare(newestRun(tab).record.id)
    expect(view.store.getState().selected).toBe(2)
    browser.close(tab.tab)
    const next = await openTab(browser)
    void next.app.history.look(newestRun(next).record.id)
    await pass(1000)
    expect(next.app.view.store.getState()).toMatchObject({ view: 'compare', selected: 2 })
  })

  it('keeps a long log in memory only, and its log when the answer to a cancel has none', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const { record } = await ended(tab, [painted], 'a word\n'.repeat(20_000))
    expect(newestRun(tab).logs).toHaveLength(140_000)
    expect(browser.runs.get(record.id)).not.toHaveProperty('logs')

    tab.backend.gets.push(fakePrediction('p1', 'processing', { logs: 'half way' }))
    void tab.app.runner.start()
    await pass(700)
    void tab.app.runner.cancel(newestRun(tab).record.id)
    await pass(5000)
    expect(newestRun(tab)).toMatchObject({
      logs: 'half way',
      record: { status: 'canceled', logs: 'half way' },
    })
  })
})

describe('a blank output', () => {
  it('is told from a picture, in this visit and the next', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const run = await ended(tab, [black, painted], NSFW)
    expect(run.outputs.map((one) => isBlank(run, one))).toEqual([true, false])
    expect(hasBlank(run)).toBe(true)
    // It says nothing of the mask's tones.
    const findings = tab.app.state.read().check.findings.map(({ code }) => code)
    expect(findings).not.toContain('polarity')
    browser.close(tab.tab)
    const again = await openTab(browser)
    void again.app.history.look(run.record.id)
    await pass(100)
    const opened = newestRun(again)
    expect(opened.outputs.map((one) => isBlank(opened, one))).toEqual([true, false])
    expect(opened.logs).toBe(NSFW)
  })

  it('is none where the model painted', async () => {
    const run = await ended(await readyTab(new FakeBrowser()), [painted])
    expect(hasBlank(run)).toBe(false)
    expect(run.record).not.toHaveProperty('blank')
  })
})
