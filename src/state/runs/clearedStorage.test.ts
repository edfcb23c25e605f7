import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { patchList } from '../../core/document/document.testkit'
import { rectOf } from '../../core/geometry'
import { fails, fakePrediction } from '../fakeBackend.testkit'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeFile } from '../fakePictures.testkit'
import { readPicture } from '../session/patches'
import { baseOf, pictureSize, shownPatches, type SourceImage } from '../session/source'
import {
  inFakeTime,
  keep,
  masked,
  messageCodes,
  newestRun,
  type OpenTab,
  openTab,
  paint,
  pass,
  readyTab,
} from '../tab.testkit'

inFakeTime()

async function reloaded(browser: FakeBrowser, tab: OpenTab): Promise<OpenTab> {
  await pass(1000)
  browser.close(tab.tab)
  const again = await openTab(browser, { name: tab.tab })
  await pass(1000)
  return again
}

async function withRun(browser: FakeBrowser): Promise<OpenTab> {
  const tab = await readyTab(browser)
  void tab.app.runner.start()
  await pass(20_000)
  expect(newestRun(tab).record).toMatchObject({ phase: 'done', status: 'succeeded', outputCount: 1 })
  return tab
}

describe('a storage that is cleared while the page is open', () => {
  it('is written again: picture, mask, form, run and the outputs that are in memory', async () => {
    const browser = new FakeBrowser()
    const tab = await withRun(browser)
    const { id } = newestRun(tab).record
    browser.clear()
    paint(tab, 0, 0, 3, 3)
    await pass(1000)
    expect(messageCodes(tab)).toContain('storage-cleared')
    expect([...browser.outputs.keys(), ...browser.thumbnails.keys()]).toEqual([`${id} 0`, id])
    expect([...browser.documents.thumbnails.keys()]).toEqual([...browser.documents.summaries.keys()])
    const again = await reloaded(browser, tab)
    expect([masked(again), newestRun(again).record.id]).toEqual([masked(tab), id])
    void again.app.history.look(id)
    await pass(500)
    expect(newestRun(again).outputs).toMatchObject([{ kind: 'ready' }])
  })

  it('is written again where all of it came from disk: the picture and the results kept over it', async () => {
    await fc.assert(
      fc.asyncProperty(patchList({ x: 0, y: 0, width: 64, height: 48 }), async (patches) => {
        const browser = new FakeBrowser()
        const first = await readyTab(browser)
        await keep(first, browser, patches)
        const tab = await reloaded(browser, first)
        browser.clear()
        paint(tab, 0, 0, 3, 3)
        await pass(1000)
        expect(messageCodes(tab)).toEqual(['storage-cleared'])
        const again = await reloaded(browser, tab)
        const [now, before] = [again, tab].map(({ app }) => app.session.store.getState().source!)
        const pixelsIn = (source: SourceImage) =>
          Buffer.from(readPicture(source, rectOf(pictureSize(source))).data)
        expect(shownPatches(now)).toMatchObject(
          patches.map(({ id }) => ({ isMissing: false, patch: { id } })),
        )
        expect(pixelsIn(now).equals(pixelsIn(before))).toBe(true)
        expect(baseOf(now).file).toBe(baseOf(before).file)
      }),
      { numRuns: 10 },
    )
  })

  it('is written again where the file that was opened is gone from its folder as well', async () => {
    const browser = new FakeBrowser()
    const tab = await openTab(browser)
    const file = fakeFile('photo.png')
    void tab.app.opener.openFile(file)
    await pass(1000)
    browser.goneFiles.add(file)
    browser.clear()
    paint(tab, 0, 0, 3, 3)
    await pass(1000)
    expect(messageCodes(tab)).toEqual(['storage-cleared'])
    const again = await reloaded(browser, tab)
    const [now, before] = [again, tab].map(({ app }) => app.session.store.getState().source!)
    expect(Buffer.from(now.pixels.data).equals(Buffer.from(before.pixels.data))).toBe(true)
    expect(masked(again)).toBe(9)
  })

  it('has settings, models and saved backends written as well', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    tab.app.settings.set({ theme: 'light' })
    tab.app.backends.save('Studio')
    const stored = new Map(browser.settings)
    expect([...stored.keys()].toSorted()).toEqual(['pentimento.backends', 'pentimento.settings'])
    browser.clear()
    browser.settings.clear()
    paint(tab, 0, 0, 3, 3)
    await pass(1000)
    expect(messageCodes(tab)).toContain('storage-cleared')
    for (const [name, value] of stored) expect(browser.settings.get(name)).toBe(value)
  })

  it('keeps what was undone: after a reload it is done again', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    for (const x of [0, 10, 20]) paint(tab, x, 30, 4, 4)
    const all = masked(tab)
    for (let i = 0; i < 3; i++) tab.app.session.undo()
    await pass(1000)
    browser.clear()
    tab.app.session.redo()
    await pass(1000)
    expect(messageCodes(tab)).toContain('storage-cleared')
    const again = await reloaded(browser, tab)
    expect([masked(tab), masked(again)]).toEqual([all - 32, all - 32])
    for (let i = 0; i < 2; i++) again.app.session.redo()
    expect(masked(again)).toBe(all)
    again.app.session.redo()
    for (let i = 0; i < 4; i++) again.app.session.undo()
    expect([masked(again), again.app.session.store.getState().editor?.canUndo]).toEqual([0, false])
  })

  it('has outputs that were on disk only fetched again, without another prediction', async () => {
    const browser = new FakeBrowser()
    const tab = await reloaded(browser, await withRun(browser))
    const { id } = newestRun(tab).record
    browser.clear()
    paint(tab, 0, 0, 3, 3)
    await pass(1000)
    expect(messageCodes(tab)).toContain('storage-cleared')
    await pass(4000)
    expect(messageCodes(tab)).toContain('outputs-ready')
    expect(tab.app.view.store.getState()).toMatchObject({ view: 'edit', runId: id })
    await pass(15_000)
    expect([...browser.outputs.keys()]).toEqual([`${id} 0`])
    expect(newestRun(tab).record).toMatchObject({ phase: 'done', status: 'succeeded', outputCount: 1 })
    expect(tab.backend.calls).toMatchObject({ create: 0 })
  })

  it.each([
    ['has the provider asked for one of two outputs that is gone, beside the one that is there', true],
    ['keeps the output that is there where the provider has the other no more', false],
  ])('%s', async (_what, isThere) => {
    const browser = new FakeBrowser()
    const first = await readyTab(browser)
    const [output] = first.backend.finished('p1').outputs
    const both = fakePrediction('p1', 'succeeded', { outputs: [output, output] })
    first.backend.creates.push(both)
    void first.app.runner.start()
    await pass(20_000)
    const { id } = newestRun(first).record
    expect([...browser.outputs.keys()]).toEqual([`${id} 0`, `${id} 1`])
    const tab = await reloaded(browser, first)
    void tab.app.history.look(id)
    await pass(500)
    tab.backend.gets.push(isThere ? both : fails('backend/not-found'))
    const left = browser.outputs.get(`${id} 0`)!
    browser.clear()
    browser.outputs.set(`${id} 0`, left)
    paint(tab, 0, 0, 3, 3)
    await pass(5000)
    expect(newestRun(tab).outputs).toMatchObject([
      { kind: 'ready' },
      isThere
        ? { kind: 'ready', place: 1 }
        : { kind: 'failed', error: { code: 'run/output-missing' }, retry: null },
    ])
    expect([...browser.outputs.keys()]).toEqual(isThere ? [`${id} 0`, `${id} 1`] : [`${id} 0`])
    expect(newestRun(tab).record).toMatchObject({ phase: 'done', status: 'succeeded', outputCount: 2 })
    expect(tab.backend.calls).toMatchObject({ create: 0, get: 1 })
  })

  it('asks for an output that is no longer there as soon as its run is looked at', async () => {
    const browser = new FakeBrowser()
    const tab = await reloaded(browser, await withRun(browser))
    const { id } = newestRun(tab).record
    browser.outputs.clear()
    tab.backend.gets.push(fails('backend/unreachable'))
    void tab.app.history.look(id)
    await pass(2000)
    expect(newestRun(tab).outputs).toMatchObject([{ kind: 'failed', retry: 'ask' }])
    void tab.app.runner.retryOutput(id, 0)
    await pass(2000)
    expect(newestRun(tab).outputs).toMatchObject([{ kind: 'ready' }])
    expect([...browser.outputs.keys()]).toEqual([`${id} 0`])
    expect(tab.backend.calls).toMatchObject({ create: 0, get: 2 })
  })

  it('says so of a run whose provider has its outputs no more, and keeps its settings', async () => {
    const browser = new FakeBrowser()
    const tab = await reloaded(browser, await withRun(browser))
    const { id } = newestRun(tab).record
    tab.backend.gets.push(...Array.from({ length: 20 }, () => fails('backend/not-found')))
    browser.clear()
    paint(tab, 0, 0, 3, 3)
    await pass(20_000)
    expect(browser.outputs.size).toBe(0)
    const { record, stage } = newestRun(tab)
    expect([record.id, record.status, stage]).toEqual([id, 'failed', 'done'])
    expect((await reloaded(browser, tab)).app.runs.store.getState().runs).toHaveLength(1)
  })
})
