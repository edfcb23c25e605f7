import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { composeRegion } from '../../core/document/composeRegion'
import type { Patch } from '../../core/document/document'
import { blend, patch, patchList } from '../../core/document/document.testkit'
import { editPatches, type PatchEdit } from '../../core/document/edits'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeImage } from '../fakePictures.testkit'
import {
  editPatch,
  inFakeTime,
  keep,
  masked,
  newestRun,
  openPhoto,
  type OpenTab,
  openTab,
  pass,
  readyTab,
  storePixels,
} from '../tab.testkit'
import { readPicture } from './patches'
import { patchesOf, shownPatches } from './source'

inFakeTime()

const CANVAS = { x: 0, y: 0, width: 64, height: 48 }
/** More than the picture: reads beyond it are transparent. */
const AROUND = { x: -9, y: -7, width: 90, height: 70 }

const sourceOf = ({ app }: OpenTab) => app.session.store.getState().source!
const kept = (tab: OpenTab) => patchesOf(sourceOf(tab))

/** The picture as the document says it is. */
function replayed(patches: readonly Patch[]): Buffer {
  const base = { key: 'base', name: 'b', width: 64, height: 48, link: { kind: 'sample', id: 's' } } as const
  const pixelsOf = (key: string) => {
    const found = patches.find(({ pixels }) => pixels === key)
    const { width, height } = found?.rect ?? base
    return fakeImage(width, height, found ? 2 + (key.charCodeAt(0) % 90) : 1)
  }
  return Buffer.from(composeRegion({ base, patches }, AROUND, pixelsOf).data)
}

const shown = (tab: OpenTab) => Buffer.from(readPicture(sourceOf(tab), AROUND).data)

const someEdit = fc
  .record({
    kind: fc.constantFrom<PatchEdit['kind']>(
      'patch.add',
      'patch.remove',
      'patch.move',
      'patch.blend',
      'patch.coverage',
      'patch.paint',
      'patch.paint',
      'patch.visible',
    ),
    patch: patch(CANVAS),
    which: fc.nat(),
    place: fc.nat(),
    blend,
    visible: fc.boolean(),
  })
  .map(({ kind, which, place, ...parts }) => (patches: readonly Patch[]): PatchEdit => {
    if (kind === 'patch.add' || patches.length === 0)
      return { kind: 'patch.add', patch: parts.patch, place: place % (patches.length + 1) }
    const { id } = patches[which % patches.length]
    const all = {
      'patch.remove': { kind: 'patch.remove', id },
      'patch.move': { kind: 'patch.move', id, place: place % patches.length },
      'patch.blend': { kind: 'patch.blend', id, blend: parts.blend },
      'patch.coverage': { kind: 'patch.coverage', id, coverage: parts.patch.coverage },
      'patch.paint': { kind: 'patch.paint', id, command: parts.patch.coverage[0] ?? { kind: 'clear' } },
      'patch.drop': { kind: 'patch.drop', id },
      'patch.visible': { kind: 'patch.visible', id, visible: parts.visible },
    } as const
    return all[kind]
  })

const actions = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: someEdit },
    { weight: 3, arbitrary: fc.constant('undo' as const) },
    { weight: 2, arbitrary: fc.constant('redo' as const) },
    { weight: 1, arbitrary: fc.constant('reload' as const) },
  ),
  { minLength: 4, maxLength: 16 },
)

describe('kept results', () => {
  it('after any edits, undone, redone and reloaded, are what a replay makes of them, byte by byte', async () => {
    await fc.assert(
      fc.asyncProperty(actions, async (story) => {
        const browser = new FakeBrowser()
        let tab = await openTab(browser)
        await openPhoto(tab)
        let states: (readonly Patch[])[] = [[]]
        let at = 0
        for (const action of story) {
          if (typeof action === 'function') {
            const edit = action(states[at])
            if (edit.kind === 'patch.add') storePixels(browser, [edit.patch])
            await editPatch(tab, action)
            states = [...states.slice(0, at + 1), editPatches(states[at], edit)]
            at++
          } else if (action === 'reload') {
            await pass(300)
            browser.close(tab.tab)
            tab = await openTab(browser, { name: tab.tab })
            await pass(500)
          } else {
            tab.app.session[action]()
            at = action === 'undo' ? Math.max(0, at - 1) : Math.min(states.length - 1, at + 1)
          }
          expect(kept(tab)).toEqual(states[at])
          expect(shown(tab).equals(replayed(states[at]))).toBe(true)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('and what undo may bring back outlive the sweep', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const [first, second] = fc.sample(patch(CANVAS), { numRuns: 2, seed: 3 })
    await keep(tab, browser, [first, second])
    await editPatch(tab, () => ({ kind: 'patch.remove', id: first.id }))
    await pass(300)
    browser.sources.set('unnamed', new Blob(['x']))
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    await pass(500)
    const base = sourceOf(again).key
    expect(new Set(browser.sources.keys())).toEqual(new Set([base, first.pixels, second.pixels]))
    expect(kept(again)).toEqual([second])
    again.app.session.undo()
    expect(kept(again)).toEqual([first, second])
    expect(masked(again)).toBe(20 * 16)
  })

  it('are in the record of a run, and back with its restoring', async () => {
    await fc.assert(
      fc.asyncProperty(patchList(CANVAS), async (patches) => {
        const browser = new FakeBrowser()
        const tab = await readyTab(browser)
        await keep(tab, browser, patches)
        const before = shown(tab)
        void tab.app.runner.start()
        await pass(5000)
        const { id, document } = newestRun(tab).record
        expect(document.base).toMatchObject({ key: sourceOf(tab).key, name: 'photo.png' })
        await openPhoto(tab, 'other.png')
        expect(kept(tab)).toEqual([])
        await pass(300)
        browser.close(tab.tab)
        const again = await openTab(browser)
        void again.app.history.bringBack(id)
        await pass(200)
        expect(kept(again)).toEqual(patches)
        expect(shown(again).equals(before)).toBe(true)
        for (const { pixels } of patches) expect(browser.sources.has(pixels)).toBe(true)
      }),
      { numRuns: 15 },
    )
  })

  it('that a restored run replaces come back by one undo', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const [first, second] = fc.sample(patch(CANVAS), { numRuns: 2, seed: 7 })
    await keep(tab, browser, [first])
    void tab.app.runner.start()
    await pass(5000)
    await keep(tab, browser, [second])
    void tab.app.history.bringBack(newestRun(tab).record.id)
    await pass(200)
    expect(kept(tab)).toEqual([first])
    tab.app.session.undo()
    expect(kept(tab)).toEqual([first, second])
  })

  it('whose pixels are gone are there and change nothing; the others stay as they are', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const [gone, there] = fc.sample(patch(CANVAS), { numRuns: 2, seed: 11 })
    await keep(tab, browser, [gone, there])
    await pass(300)
    browser.sources.delete(gone.pixels)
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    await pass(500)
    expect(shownPatches(sourceOf(again)).map(({ isMissing }) => isMissing)).toEqual([true, false])
    expect(shown(again).equals(replayed([there]))).toBe(true)
  })
})
