import { describe, expect, it } from 'vitest'
import { type RgbaImage, overlayRgba } from '../../core/image/raster'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeImage } from '../fakePictures.testkit'
import { patchesOf, shownPatches } from '../session/source'
import {
  apply,
  cropOf,
  inFakeTime,
  masked,
  messageCodes,
  newestRun,
  openPhoto,
  type OpenTab,
  openTab,
  paint,
  pass,
  ran,
  readyTab,
} from '../tab.testkit'
import type { ReadyOutput } from './runs'

inFakeTime()

const shown = ({ app }: OpenTab): Buffer => Buffer.from(app.session.store.getState().source!.pixels.data)
const nameOf = ({ app }: OpenTab) => app.session.store.getState().source?.name
const over = async (picture: RgbaImage, output: ReadyOutput) =>
  Buffer.from(overlayRgba(picture, await cropOf(output), output.rect.x, output.rect.y).data)

describe('Apply', () => {
  it('puts the output into the picture and leaves the mask behind: one undo brings both back', async () => {
    const tab = await readyTab(new FakeBrowser())
    const result = await ran(tab)
    const original = shown(tab)
    await apply(tab, result)
    expect(shown(tab)).toEqual(await over(fakeImage(64, 48), result.output))
    expect([masked(tab), nameOf(tab), messageCodes(tab).at(-1)]).toEqual([0, 'photo-edited.png', 'applied'])
    expect(tab.app.view.store.getState().view).toBe('edit')
    tab.app.session.undo()
    expect([shown(tab).equals(original), masked(tab)]).toEqual([true, 20 * 16])
    expect(messageCodes(tab)).not.toContain('applied')
    tab.app.session.redo()
    expect([masked(tab), nameOf(tab)]).toEqual([0, 'photo-edited.png'])
  })

  it('goes over a blend that was just changed, which is a step of its own', async () => {
    const tab = await readyTab(new FakeBrowser())
    const result = await ran(tab)
    await apply(tab, result, true)
    const { session, patches } = tab.app
    const kept = () => patchesOf(session.store.getState().source!)
    void patches.adjust(kept()[0].id, { opacity: 40 })
    // Long before it would be a step by itself.
    await apply(tab, result, true)
    expect(kept().map(({ blend }) => blend.opacity)).toEqual([40, 100])
    session.undo()
    expect(kept().map(({ blend }) => blend.opacity)).toEqual([40])
    session.undo()
    expect(kept().map(({ blend }) => blend.opacity)).toEqual([100])
  })

  it('is said until another view is shown; what was opened and how a run ended stays said', async () => {
    const tab = await readyTab(new FakeBrowser())
    await apply(tab, await ran(tab))
    tab.app.messages.notify('picture-depth', { name: 'photo.png', depth: 16 })
    tab.app.messages.notify('fewer-outputs', { came: 1, asked: 2 })
    const all = messageCodes(tab)
    expect(all).toContain('applied')
    tab.app.view.showHistory()
    expect(messageCodes(tab)).toEqual(all.filter((code) => code !== 'applied'))
  })

  it.each(['sent', 'picture'] as const)('is said until a frame is chosen: %s', async (framing) => {
    const tab = await readyTab(new FakeBrowser())
    await apply(tab, await ran(tab), true)
    expect(messageCodes(tab)).toContain('applied')
    tab.app.view.setFraming(framing)
    expect(messageCodes(tab)).not.toContain('applied')
  })

  it('keeps the mask where that was asked for', async () => {
    const tab = await readyTab(new FakeBrowser())
    await apply(tab, await ran(tab), true)
    expect([masked(tab), nameOf(tab)]).toEqual([20 * 16, 'photo-edited.png'])
  })

  it('of an earlier run changes what that run changed, and nothing that was applied beside it', async () => {
    const tab = await readyTab(new FakeBrowser())
    const first = await ran(tab)
    await apply(tab, first)
    // Within what the first run was shown, but not in its mask.
    paint(tab, 34, 30, 6, 6)
    const second = await ran(tab)
    await apply(tab, second)
    const both = shown(tab)
    await apply(tab, first)
    expect(shown(tab).equals(both)).toBe(true)
    tab.app.session.undo()
    tab.app.session.undo()
    expect(shown(tab)).toEqual(await over(fakeImage(64, 48), first.output))
  })

  it('over another picture brings the run’s picture back, also after a reload; undo leads to the other', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const result = await ran(tab)
    await openPhoto(tab, 'other.png', 30, 30)
    await apply(tab, result)
    expect(nameOf(tab)).toBe('photo-edited.png')
    tab.app.session.undo()
    expect(nameOf(tab)).toBe('other.png')
    tab.app.session.redo()
    await pass(500)
    const before = shown(tab)
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    expect(shown(again).equals(before)).toBe(true)
    expect(nameOf(again)).toBe('photo-edited.png')
  })

  it('keeps the answer as the model gave it; the next run is sent it and comes back with it', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const first = await ran(tab)
    const [raw] = newestRun(tab).record.rawOutputs
    await apply(tab, first, true)
    const [patch] = patchesOf(tab.app.session.store.getState().source!)
    expect(patch).toMatchObject({ from: { runId: first.run.record.id, place: 0 }, pixels: raw!.key })
    const answer = await decoded(tab, browser.sources.get(raw!.key)!)
    // What the model made outside the mask is kept too.
    expect(answer.pixels.data.every((value) => value === 200)).toBe(true)
    const edited = shown(tab)
    const { run } = await ran(tab)
    const { document } = run.record
    expect([document.base.name, document.patches.map(({ id }) => id)]).toEqual(['photo.png', [patch.id]])
    const { image } = tab.backend.inputs.at(-1)!
    expect(image.data.filter((value) => value === 200).length).toBeGreaterThan(20 * 16 * 3)
    await openPhoto(tab, 'other.png', 30, 30)
    void tab.app.history.bringBack(run.record.id)
    await pass(200)
    expect(shown(tab).equals(edited)).toBe(true)
  })

  it('on a full disk stays in memory and says so; all of it is written once there is room', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const result = await ran(tab)
    browser.isFull = true
    await apply(tab, result)
    await pass(500)
    const edited = shown(tab)
    expect(tab.app.state.read().documents.failure).toBe('storage/full')
    expect(patchesOf(tab.app.session.store.getState().source!)).toHaveLength(1)
    browser.isFull = false
    paint(tab, 40, 30, 5, 5)
    await pass(1000)
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    await pass(500)
    expect(shown(again).equals(edited)).toBe(true)
    expect(masked(again)).toBe(25)
  })

  it('whose pixels are gone is run again from its run, also where that was deleted: then it says so', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await apply(tab, await ran(tab))
    await pass(1000)
    const { id, rawOutputs } = newestRun(tab).record
    browser.sources.delete(rawOutputs[0]!.key)
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    await pass(500)
    const [missing] = shownPatches(again.app.session.store.getState().source!)
    expect(missing).toMatchObject({ isMissing: true, patch: { from: { runId: id } } })
    // Alone it is not to be had.
    again.app.patches.select(missing.patch.id)
    void again.app.exports.begin()
    await pass(300)
    expect(again.app.state.read().exports.open?.areas).toEqual(['whole'])
    void again.app.exports.end()
    void again.app.history.replay(missing.patch.from!.runId)
    await pass(5000)
    expect(again.backend.calls.create).toBe(1)
    expect(newestRun(again).record).toMatchObject({ status: 'succeeded', outputCount: 1 })
    expect(newestRun(again).record.id).not.toBe(id)

    void again.app.history.replay('deleted')
    await pass(100)
    expect(messageCodes(again)).toContain('run-gone')
    expect(again.backend.calls.create).toBe(1)
  })

  it('is written with the answer where the run was deleted before the disk had room', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const result = await ran(tab)
    const { id, rawOutputs } = newestRun(tab).record
    browser.isFull = true
    await apply(tab, result)
    await pass(500)
    const edited = shown(tab)
    browser.trash.set(id, 0)
    await tab.ports.archive.purge([id])
    expect(browser.sources.has(rawOutputs[0]!.key)).toBe(false)
    browser.isFull = false
    await pass(11_000)
    expect(tab.app.state.read().documents.failure).toBeNull()
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    await pass(500)
    expect(shown(again).equals(edited)).toBe(true)
  })

  it('of a run that kept no answer puts its blended pixels in, where it was masked', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const { run } = await ran(tab)
    browser.close(tab.tab)
    const { id } = run.record
    browser.runs.set(id, { ...browser.runs.get(id)!, rawOutputs: [] })
    const again = await openTab(browser)
    await openPhoto(again)
    void again.app.history.look(id)
    await pass(100)
    const stored = newestRun(again)
    const [output] = stored.outputs as ReadyOutput[]
    await apply(again, { run: stored, output })
    expect(shown(again)).toEqual(await over(fakeImage(64, 48), output))
  })
})

async function decoded(tab: OpenTab, blob: Blob) {
  const decoding = tab.ports.codec.decode(blob, 'x')
  await pass(10)
  return decoding
}
