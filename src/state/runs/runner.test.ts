import { keysOfRun } from '../../core/document/codec/recordCodec'
import { describe, expect, it } from 'vitest'
import { frameOf } from '../../core/document/document'
import { lost, processing } from '../fakeBackend.testkit'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { compositeOf } from './outputs'
import {
  cropOf,
  inFakeTime,
  messageCodes,
  newestResult,
  newestRun,
  openTab,
  paint,
  pass,
  ran,
  readyTab,
} from '../tab.testkit'

inFakeTime()

describe('a run', () => {
  it('goes from the click to its outputs, which are stored', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    void tab.app.runner.start()
    await pass(5000)
    const { record, outputs, stage } = newestRun(tab)
    expect(stage).toBe('done')
    expect(record).toMatchObject({ phase: 'done', status: 'succeeded', outputCount: 1, predictionId: 'p1' })
    expect(outputs.map(({ kind }) => kind)).toEqual(['ready'])
    expect([...browser.outputs.keys()]).toEqual([`${record.id} 0`])
    expect(browser.runs.get(record.id)).toEqual(record)
    expect(tab.app.view.store.getState()).toMatchObject({ view: 'compare', runId: record.id })
  })

  it('that ends does not unlock Run while the next one is being prepared', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(...processing(3))
    void tab.app.runner.start()
    await pass(900)
    const { create } = tab.ports.backends
    Object.assign(tab.ports.backends, {
      create: async (...about: Parameters<typeof create>) => {
        await new Promise((resolve) => setTimeout(resolve, 8000))
        return create(...about)
      },
    })
    void tab.app.runner.start({ another: true })
    await pass(5000)
    expect(newestRun(tab).stage).toBe('done')
    void tab.app.runner.start()
    await pass(30_000)
    expect(tab.backend.calls.create).toBe(2)
  })

  it('over, leaves no picture in the query client', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.creates.push(lost())
    for (let i = 0; i < 3; i++) {
      void tab.app.runner.start()
      await pass(5000)
      void tab.app.runner.answer(newestRun(tab).record.id, 'leave')
      await pass(1000)
    }
    expect(tab.backend.calls.create).toBe(3)
    expect(tab.queries()?.getMutationCache().getAll()).toEqual([])
    expect(tab.queries()?.getQueryCache().getAll()).toEqual([])
  })

  it('changes nothing outside its mask', async () => {
    const tab = await readyTab(new FakeBrowser())
    const { source, editor } = tab.app.session.store.getState()
    const { output } = await ran(tab)
    const { rect } = output
    const crop = await cropOf(output)
    for (let y = 0; y < crop.height; y++) {
      for (let x = 0; x < crop.width; x++) {
        const at = { x: rect.x + x, y: rect.y + y }
        const inside = at.x >= 10 && at.x < 30 && at.y >= 10 && at.y < 26
        const before = source!.pixels.data[(at.y * source!.pixels.width + at.x) * 4]
        expect(crop.data[(y * crop.width + x) * 4]).toBe(inside ? 200 : before)
      }
    }
    expect(editor!.commands).toHaveLength(1)
  })

  it('is on disk, with its picture, before the request goes out', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    tab.delays.write = 500
    void tab.app.runner.start()
    await pass(400)
    expect(tab.backend.calls.create).toBe(0)
    await pass(105)
    const [stored] = browser.runs.values()
    expect(stored).toMatchObject({ phase: 'sending', predictionId: null })
    expect(browser.sources.has(stored.document.base.key)).toBe(true)
    await pass(10)
    expect(tab.backend.calls.create).toBe(1)
  })

  it('uses the mask of the click, whatever is painted meanwhile', async () => {
    const tab = await readyTab(new FakeBrowser())
    void tab.app.runner.start()
    await pass(5)
    paint(tab, 40, 30, 20, 10)
    await pass(5000)
    const { run, output } = newestResult(tab)
    const { record } = run
    expect(record.document.commands.length).toBeGreaterThan(0)
    expect(tab.app.session.store.getState().editor!.commands).toHaveLength(2)
    const source = tab.app.session.store.getState().source!
    const at = (35 * source.pixels.width + 50) * 4
    expect((await compositeOf(source, frameOf(source.pixels), output)).data[at]).toBe(source.pixels.data[at])
  })

  it('goes on in memory where the disk is full, says so once, and is written once there is room', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    browser.isFull = true
    void tab.app.runner.start()
    await pass(5000)
    expect(newestRun(tab)).toMatchObject({ stage: 'done', unsaved: true })
    expect(newestRun(tab).outputs[0]?.kind).toBe('ready')
    expect(messageCodes(tab).filter((code) => code === 'storage/full')).toHaveLength(1)
    const { id } = newestRun(tab).record
    await pass(10_000)
    expect(browser.runs.size).toBe(0)
    browser.isFull = false
    await pass(10_000)
    expect(newestRun(tab).unsaved).toBe(false)
    const stored = browser.runs.get(id)
    expect(stored).toMatchObject({ phase: 'done', status: 'succeeded', rawOutputs: [{ whole: false }] })
    expect([...browser.outputs.keys()]).toEqual([`${id} 0`])
    expect(browser.thumbnails.has(id)).toBe(true)
    expect(keysOfRun(stored!).filter((key) => !browser.sources.has(key))).toEqual([])
    expect(tab.backend.calls.create).toBe(1)
    void tab.app.runner.start()
    await pass(5000)
    expect(tab.backend.calls.create).toBe(2)
  })

  it('whose outputs do not fit on the disk is open until the next visit, which fetches and stores them', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    Object.assign(tab.ports.runs, {
      saveOutput: () => Promise.reject(new DOMException('full', 'QuotaExceededError')),
    })
    void tab.app.runner.start()
    await pass(5000)
    const { id } = newestRun(tab).record
    expect(newestRun(tab)).toMatchObject({ stage: 'done', unsaved: true })
    expect(browser.runs.get(id)).toMatchObject({ phase: 'running', predictionId: 'p1' })
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    await pass(5000)
    expect([...browser.outputs.keys()]).toEqual([`${id} 0`])
    expect(browser.runs.get(id)).toMatchObject({ phase: 'done', status: 'succeeded' })
    expect(again.backend.calls).toMatchObject({ create: 0, get: 1 })
  })

  it('with a full small storage starts, and again once there is room', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    browser.isFull = true
    tab.app.settings.set({ theme: 'light' })
    tab.app.forms.setFields({ prompt: 'a door' })
    void tab.app.runner.start()
    await pass(5000)
    expect(tab.backend.calls.create).toBe(1)
    expect(tab.app.settings.store.getState().theme).toBe('light')
  })
})
