import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Patch } from '../../core/document/document'
import { patchList } from '../../core/document/document.testkit'
import { FakeBrowser } from '../fakePorts.testkit'
import { masked, newestRun, type OpenTab, openPhoto, openTab, pass, readyTab } from '../tab.testkit'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const CANVAS = { x: 0, y: 0, width: 64, height: 48 }

const patchesOf = ({ app }: OpenTab) => app.session.store.getState().patches
const keep = ({ app }: OpenTab, patches: readonly Patch[]) => app.session.store.setState({ patches })

/** The stored pixels of patches, as whoever makes a patch stores them. */
function storePixels(browser: FakeBrowser, patches: readonly Patch[]): void {
  for (const { pixels } of patches) browser.sources.set(pixels, new Blob([pixels]))
}

describe('kept results', () => {
  it('are back after a reload, as they last were, and their pixels outlive the sweep', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(patchList(CANVAS), { minLength: 1, maxLength: 3 }), async (changes) => {
        const browser = new FakeBrowser()
        const tab = await readyTab(browser)
        for (const patches of changes) {
          storePixels(browser, patches)
          keep(tab, patches)
          await pass(100)
        }
        await pass(250)
        browser.sources.set('unnamed', new Blob(['x']))
        browser.close(tab.tab)
        const last = changes.at(-1)!
        const again = await openTab(browser, { name: tab.tab })
        expect(patchesOf(again)).toEqual(last)
        expect(masked(again)).toBe(20 * 16)
        const base = again.app.session.store.getState().source!.key
        expect(new Set(browser.sources.keys())).toEqual(new Set([base, ...last.map(({ pixels }) => pixels)]))
        browser.close(again.tab)
        expect(patchesOf(await openTab(browser, { name: tab.tab }))).toEqual(last)
      }),
      { numRuns: 25 },
    )
  })

  it('are in the record of a run, and back with its restoring', async () => {
    await fc.assert(
      fc.asyncProperty(patchList(CANVAS), patchList(CANVAS), async (patches, later) => {
        const browser = new FakeBrowser()
        const tab = await readyTab(browser)
        storePixels(browser, patches)
        keep(tab, patches)
        void tab.app.runner.start()
        await pass(5000)
        keep(tab, later)
        const { id } = newestRun(tab).record
        void tab.app.history.bringBack(id)
        await pass(50)
        expect(patchesOf(tab)).toEqual(patches)
        expect(masked(tab)).toBe(20 * 16)
        await openPhoto(tab, 'other.png')
        expect(patchesOf(tab)).toEqual([])
        await pass(300)
        browser.close(tab.tab)
        const again = await openTab(browser)
        void again.app.history.bringBack(id)
        await pass(50)
        expect(patchesOf(again)).toEqual(patches)
        for (const { pixels } of patches) expect(browser.sources.has(pixels)).toBe(true)
      }),
      { numRuns: 15 },
    )
  })

  it('that a restored run replaces come back by one undo', async () => {
    const tab = await readyTab(new FakeBrowser())
    const [patches, other] = fc.sample(
      patchList(CANVAS).filter((list) => list.length > 0),
      { numRuns: 2, seed: 7 },
    )
    keep(tab, patches)
    void tab.app.runner.start()
    await pass(5000)
    const { id } = newestRun(tab).record
    keep(tab, other)
    void tab.app.history.bringBack(id)
    await pass(50)
    expect(patchesOf(tab)).toEqual(patches)
    tab.app.session.undo()
    expect(patchesOf(tab)).toEqual(other)
  })
})
