import { describe, expect, it } from 'vitest'
import { fails, fakePrediction, processing } from '../fakeBackend.testkit'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeImage } from '../fakePictures.testkit'
import type { RunRecord } from '../../core/document/codec/recordCodec'
import type { ReadyOutput } from './runs'
import { inFakeTime, leftRunning, newestRun, openTab, pass, readyTab } from '../tab.testkit'

inFakeTime()

describe('a run that is not over', () => {
  it('is followed at the next visit however many newer ones there are', async () => {
    const browser = new FakeBrowser()
    const first = await readyTab(browser)
    first.backend.gets.push(...processing(3))
    void first.app.runner.start()
    await pass(1500)
    const { id } = newestRun(first).record
    browser.close(first.tab)
    const stored = browser.runs.get(id) as RunRecord
    for (let k = 0; k < 60; k++) {
      const newer = {
        ...stored,
        id: `newer-${k}`,
        createdAt: `2099-01-01T00:00:${String(k).padStart(2, '0')}.000Z`,
      }
      browser.runs.set(newer.id, { ...newer, phase: 'done', status: 'canceled', predictionId: null })
    }
    const other = await openTab(browser)
    await pass(60_000)
    expect(other.app.runs.byId(id)?.record.status).toBe('succeeded')
    expect(other.backend.calls.create).toBe(0)
  })
})

describe('a stored run', () => {
  it('that is compared keeps its pictures when another run ends', async () => {
    const tab = await readyTab(new FakeBrowser())
    for (let i = 0; i < 5; i++) {
      tab.backend.creates.push(fakePrediction(`p${i}`, 'starting'))
      void tab.app.runner.start()
      await pass(5000)
    }
    const oldest = tab.app.runs.store.getState().runs.at(-1)!.record.id
    void tab.app.history.look(oldest)
    await pass(50)
    tab.backend.creates.push(fakePrediction('p5', 'failed'))
    void tab.app.runner.start()
    await pass(5000)
    expect(newestRun(tab).record.status).toBe('failed')
    expect(tab.app.view.store.getState()).toMatchObject({ view: 'compare', runId: oldest })
    expect(tab.app.runs.byId(oldest)!.outputs).toHaveLength(1)
    const { levels } = tab.app.runs.byId(oldest)!.outputs[0] as ReadyOutput
    expect(levels.every((level) => tab.bitmaps.has(level))).toBe(true)
  })

  it('with one damaged output opens with the others', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const { outputs } = tab.backend.finished('p1')
    tab.backend.creates.push(fakePrediction('p1', 'succeeded', { outputs: [...outputs, ...outputs] }))
    void tab.app.runner.start()
    await pass(5000)
    const { id } = newestRun(tab).record
    browser.outputs.set(`${id} 0`, new Blob(['damaged']))
    browser.close(tab.tab)
    const other = await openTab(browser)
    void other.app.history.look(id)
    await pass(50)
    expect(newestRun(other).outputs.map(({ kind }) => kind)).toEqual(['failed', 'ready'])
    expect(other.app.view.store.getState()).toMatchObject({ view: 'compare', runId: id })
  })

  it('is followed while the picture of a link is on its way', async () => {
    const browser = new FakeBrowser()
    await leftRunning(browser)
    const again = await openTab(browser, {
      address: 'http://page.example/?image=https://slow.example/a.png',
      prepare: ({ ports }) => Object.assign(ports.network, { fetchImage: () => new Promise(() => {}) }),
    })
    await pass(3000)
    expect(again.app.session.store.getState().opening).toBe('https://slow.example/a.png')
    expect(newestRun(again).record).toMatchObject({ status: 'succeeded', phase: 'done' })
  })

  it('of another tab is listed where it starts while the list is read', async () => {
    const browser = new FakeBrowser()
    const one = await readyTab(browser)
    one.backend.gets.push(...processing(9))
    const other = await openTab(browser, {
      prepare({ ports }) {
        const { newestRuns } = ports.runs
        Object.assign(ports.runs, {
          newestRuns: async (max: number) => {
            const read = await newestRuns(max)
            await new Promise((resolve) => setTimeout(resolve, 1000))
            return read
          },
        })
      },
    })
    void one.app.runner.start()
    await pass(3000)
    expect(newestRun(other)).toMatchObject({ stage: 'elsewhere' })
  })

  it('whose output was no picture is asked for again when it is opened', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const { fetchOutput } = tab.ports.network
    Object.assign(tab.ports.network, {
      fetchOutput: () => Promise.reject(fails('backend/unsafe-output', { whole: 1 })),
    })
    const finished = fakePrediction('p1', 'succeeded', {
      outputs: [{ kind: 'url', url: 'https://out.example/1.png' }],
    })
    tab.backend.gets.push(finished, finished)
    void tab.app.runner.start()
    await pass(10_000)
    const { id } = newestRun(tab).record
    expect(newestRun(tab).record).toMatchObject({ status: 'failed', phase: 'done', predictionId: 'p1' })
    Object.assign(tab.ports.network, { fetchOutput })
    tab.web.set('https://out.example/1.png', fakeImage(64, 64))
    void tab.app.history.look(id)
    await pass(5000)
    expect(newestRun(tab)).toMatchObject({ stage: 'done', record: { status: 'succeeded', phase: 'done' } })
    expect(newestRun(tab).outputs[0]?.kind).toBe('ready')
    expect(tab.backend.calls.create).toBe(1)
  })

  it('that the backend failed is not asked for again', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(fakePrediction('p1', 'failed', { error: fails('backend/run-failed').data }))
    void tab.app.runner.start()
    await pass(5000)
    const { get } = tab.backend.calls
    void tab.app.history.look(newestRun(tab).record.id)
    await pass(5000)
    expect(tab.backend.calls.get).toBe(get)
  })
})
