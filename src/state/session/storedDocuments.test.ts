import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { patch } from '../../core/document/document.testkit'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, keep, masked, openPhoto, openTab, paint, pass, readyTab } from '../tab.testkit'
import { patchesOf } from './source'
import { idIn } from './documents.testkit'

inFakeTime()

describe('stored documents', () => {
  it('offer a picture that nothing was done to once, and not beside one that something was done to', async () => {
    const browser = new FakeBrowser()
    const offered = async () => {
      const fresh = await openTab(browser)
      const recent = await fresh.app.documents.recent(4)
      browser.close(fresh.tab)
      return recent.map(({ base, tip }) => [base?.name, tip > 0])
    }
    for (const name of ['photo.png', 'photo.png', 'other.png']) {
      const tab = await openTab(browser)
      await openPhoto(tab, name)
      await pass(500)
      browser.close(tab.tab)
    }
    expect(await offered()).toEqual([
      ['other.png', false],
      ['photo.png', false],
    ])
    const painted = await readyTab(browser)
    await pass(500)
    browser.close(painted.tab)
    expect(await offered()).toEqual([
      ['photo.png', true],
      ['other.png', false],
    ])
  })

  it('are offered by a fresh tab, and open with mask, form and view; Undo goes back', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    tab.app.forms.setFields({ prompt: 'a gate' })
    tab.app.viewport.set({ zoom: 2, center: { x: 5, y: 6 } })
    await pass(500)
    const open = await openTab(browser)
    expect(await open.app.documents.recent(4)).toEqual([])
    browser.close(tab.tab)
    const fresh = await openTab(browser)
    await openPhoto(fresh, 'other.png')
    await pass(500)
    const [document] = await fresh.app.documents.recent(4)
    expect(document.base?.name).toBe('photo.png')
    expect(await fresh.app.documents.thumbnail(document.id)).not.toBeNull()
    void fresh.app.documents.open(document.id)
    await pass(500)
    expect(fresh.app.session.store.getState().source?.name).toBe('photo.png')
    expect(masked(fresh)).toBe(20 * 16)
    expect(fresh.app.viewport.store.getState().viewport).toEqual({ zoom: 2, center: { x: 5, y: 6 } })
    expect(Object.values(fresh.app.forms.store.getState().values)[0]).toMatchObject({ prompt: 'a gate' })
    // The steps of the stored document are undone first.
    fresh.app.session.undo()
    fresh.app.session.undo()
    expect(fresh.app.session.store.getState().source?.name).toBe('other.png')
  })

  it('one that Undo could go back to is opened once, not twice', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await pass(300)
    const first = idIn(browser, tab.tab)
    await openPhoto(tab, 'second.png')
    await pass(300)
    void tab.app.documents.open(first)
    await pass(500)
    expect(idIn(browser, tab.tab)).toBe(first)
    expect(tab.app.session.store.getState().before.map(({ source }) => source.name)).toEqual(['second.png'])
    paint(tab, 0, 0, 3, 3)
    await pass(300)
    expect(browser.documents.doneIn(first)).toHaveLength(2)
    expect(browser.documents.summaries.size).toBe(2)
  })

  it('that were deleted while open are made anew by the next stroke', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await pass(300)
    const id = idIn(browser, tab.tab)
    for (const store of [browser.documents.summaries, browser.documents.contents, browser.documents.steps])
      store.clear()
    browser.sources.clear()
    paint(tab, 0, 0, 3, 3)
    await pass(300)
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    expect(idIn(browser, tab.tab)).toBe(id)
    expect(masked(again)).toBe(masked(tab))
  })

  it('that were reopened and whose storage was cleared are made anew with picture and kept results', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await keep(tab, browser, fc.sample(patch({ x: 0, y: 0, width: 64, height: 48 }), { numRuns: 2, seed: 3 }))
    await pass(300)
    browser.close(tab.tab)
    const reopened = await openTab(browser, { name: tab.tab })
    await pass(500)
    const before = reopened.app.session.store.getState().source!
    expect(patchesOf(before)).toHaveLength(2)
    for (const store of [browser.documents.summaries, browser.documents.contents, browser.documents.steps])
      store.clear()
    browser.sources.clear()
    paint(reopened, 0, 0, 3, 3)
    await pass(300)
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    await pass(500)
    const after = again.app.session.store.getState().source!
    expect(patchesOf(after)).toEqual(patchesOf(before))
    expect(Buffer.from(after.pixels.data).equals(Buffer.from(before.pixels.data))).toBe(true)
    expect(masked(again)).toBe(320 + 9)
  })

  it('go back to any step: what came later stays', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    paint(tab, 0, 0, 2, 2)
    tab.app.session.undo()
    paint(tab, 50, 0, 3, 3)
    await pass(300)
    const id = idIn(browser, tab.tab)
    const steps = () => browser.documents.journalOf(id).steps.map(({ number, parent }) => [number, parent])
    expect(steps()).toEqual([
      [1, 0],
      [2, 1],
      [3, 1],
    ])
    for (const [step, painted] of [
      [2, 320 + 4],
      [0, 0],
      [3, 320 + 9],
    ] as const) {
      void tab.app.documents.goTo(step)
      await pass(500)
      expect(masked(tab)).toBe(painted)
      expect(browser.documents.summaries.get(id)!.tip).toBe(step)
    }
    tab.app.session.undo()
    paint(tab, 60, 0, 1, 1)
    await pass(300)
    expect(steps().at(-1)).toEqual([4, 1])
    expect(tab.app.session.store.getState().before).toEqual([])
  })
})
