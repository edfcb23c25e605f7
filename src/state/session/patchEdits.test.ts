import { describe, expect, it, vi } from 'vitest'
import type { Patch } from '../../core/document/document'
import { PLAIN_BLEND } from '../../core/document/document'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { pixelsOf } from '../fakePictures.testkit'
import { inFakeTime, keep, openPhoto, openTab, type OpenTab, paint, pass } from '../tab.testkit'
import { patchesOf } from './source'

inFakeTime()

function result(id: string, x: number): Patch {
  const rect = { x, y: 4, width: 30, height: 30 }
  return {
    id,
    from: null,
    pixels: id,
    rect,
    coverage: [{ kind: 'rectangle', mode: 'paint', rect: { ...rect, width: 20, height: 20 } }],
    coverageFrame: { x: 0, y: 0, width: 64, height: 48 },
    blend: PLAIN_BLEND,
    visible: true,
  }
}

async function patchedTab(): Promise<OpenTab> {
  const browser = new FakeBrowser()
  const tab = await openTab(browser)
  await openPhoto(tab)
  await keep(tab, browser, [result('a', 2), result('b', 12)])
  // The room is fetched.
  void tab.app.patches.settle()
  await pass(10)
  return tab
}

const kept = ({ app }: OpenTab) => patchesOf(app.session.store.getState().source!)
const blendOf = (tab: OpenTab, id: string) => kept(tab).find((patch) => patch.id === id)!.blend
const shown = ({ app }: OpenTab) => app.state.read().patches
const steps = ({ app }: OpenTab) => app.session.editor()!.steps.length

describe('a blend', () => {
  it('that is dragged is shown at once and becomes one step as it is let go', async () => {
    const tab = await patchedTab()
    const before = steps(tab)
    for (const featherPx of [1, 2, 3, 5, 8]) {
      void tab.app.patches.adjust('a', { featherPx }, true)
      await pass(7)
    }
    expect(shown(tab)).toMatchObject({ pending: { id: 'a', blend: { featherPx: 8 } } })
    expect(shown(tab).preview).not.toBeNull()
    await pass(5000)
    expect([steps(tab), blendOf(tab, 'a').featherPx]).toEqual([before, 0])
    void tab.app.patches.settle()
    await pass(50)
    expect([steps(tab), blendOf(tab, 'a').featherPx]).toEqual([before + 1, 8])
    expect(shown(tab)).toMatchObject({ pending: null, preview: null })
    tab.app.session.undo()
    expect(blendOf(tab, 'a').featherPx).toBe(0)
    tab.app.session.redo()
    expect(blendOf(tab, 'a').featherPx).toBe(8)
  })

  it('that is dragged is shown where the screen is, and follows it', async () => {
    const tab = await patchedTab()
    const size = { width: 8, height: 8 }
    tab.app.viewport.setPane({ size, pixelRatio: 1, canvas: { x: 0, y: 0, ...size } })
    tab.app.viewport.set({ zoom: 1, center: { x: 500, y: 500 } })
    void tab.app.patches.adjust('a', { featherPx: 3 }, true)
    await pass(50)
    expect(shown(tab)).toMatchObject({ pending: { id: 'a' }, preview: null })
    tab.app.viewport.set({ zoom: 1, center: { x: 10, y: 10 } })
    await pass(50)
    expect(shown(tab).preview).not.toBeNull()
  })

  it('that is typed settles by itself, and undo takes back one that has not', async () => {
    const tab = await patchedTab()
    const before = steps(tab)
    void tab.app.patches.adjust('b', { opacity: 5 })
    void tab.app.patches.adjust('b', { opacity: 50 })
    await pass(1000)
    expect([steps(tab), blendOf(tab, 'b').opacity]).toEqual([before + 1, 50])
    void tab.app.patches.adjust('b', { growPx: 9 })
    await pass(20)
    tab.app.session.undo()
    await pass(2000)
    expect([steps(tab), blendOf(tab, 'b').growPx, shown(tab).preview]).toEqual([before + 1, 0, null])
  })

  it('is taken back by an undo at any moment, also while its step is computed', async () => {
    for (const wait of [0, 300, 599, 600, 601, 620, 650, 699, 701, 2000]) {
      const tab = await patchedTab()
      const { compose } = tab.ports.patches
      vi.spyOn(tab.ports.patches, 'compose').mockImplementation(async (job) => {
        await new Promise((resolve) => setTimeout(resolve, 100))
        return compose(job)
      })
      void tab.app.patches.adjust('b', { growPx: 9 })
      await pass(wait)
      tab.app.session.undo()
      await pass(2000)
      expect([wait, blendOf(tab, 'b').growPx, shown(tab).pending]).toEqual([wait, 0, null])
      expect(kept(tab)).toHaveLength(2)
    }
  })

  it.each<[string, (tab: OpenTab) => unknown]>([
    ['exported', ({ app }) => app.exports.saveAs('png')],
    ['copied', ({ app }) => app.exporter.copyPicture()],
    ['set up for an export', ({ app }) => app.exports.begin()],
    ['saved as a project', ({ app }) => app.saveProject()],
    ['run', ({ app }) => app.runner.start()],
    ['turned', ({ app }) => app.framing.turn(90)],
  ])('is a step before what is seen is %s', async (_, use) => {
    const tab = await patchedTab()
    void tab.app.framing.begin()
    await pass(50)
    const { editor } = tab.app.session.store.getState()
    const before = steps(tab)
    void tab.app.patches.adjust('a', { opacity: 40 })
    void use(tab)
    // Long before it would settle by itself.
    await pass(300)
    const [edit] = editor!.steps.slice(before).map((step) => step.edit)
    expect(edit).toMatchObject({ kind: 'patch.blend', id: 'a', blend: { opacity: 40 } })
  })

  it('that was just changed is a state to go back to once an earlier one was gone to', async () => {
    const tab = await patchedTab()
    const { documents, patches } = tab.app
    const tip = steps(tab)
    void patches.adjust('a', { opacity: 40 })
    void documents.goTo(tip)
    await pass(2000)
    expect(blendOf(tab, 'a').opacity).toBe(100)
    void documents.goTo(tip + 1)
    await pass(2000)
    expect(blendOf(tab, 'a').opacity).toBe(40)
  })

  it('that was just changed is there after another picture was opened, and is one step to undo', async () => {
    const tab = await patchedTab()
    const before = steps(tab)
    void tab.app.patches.adjust('a', { opacity: 40 })
    await openPhoto(tab, 'second.png')
    expect(tab.app.session.store.getState().source!.name).toBe('second.png')
    tab.app.session.undo()
    await pass(2000)
    expect([steps(tab), blendOf(tab, 'a').opacity]).toEqual([before + 1, 40])
    tab.app.session.undo()
    await pass(50)
    expect([steps(tab), blendOf(tab, 'a').opacity]).toEqual([before, 100])
  })

  it('that was just changed is in the file that is exported', async () => {
    const tab = await patchedTab()
    const exported = async () => {
      void tab.app.exports.saveAs('png')
      await pass(200)
      return pixelsOf(tab.saved.at(-1)!.blob)!
    }
    const before = await exported()
    void tab.app.patches.adjust('a', { opacity: 40 })
    const now = await exported()
    await pass(5000)
    expect(now).toEqual(await exported())
    expect(now).not.toEqual(before)
  })

  it('changed again while its step is computed loses neither', async () => {
    const tab = await patchedTab()
    const before = steps(tab)
    tab.delays.place = 40
    void tab.app.patches.adjust('a', { featherPx: 4 }, true)
    void tab.app.patches.settle()
    await pass(10)
    void tab.app.patches.adjust('a', { growPx: 6 }, true)
    void tab.app.patches.settle()
    await pass(1000)
    expect(blendOf(tab, 'a')).toMatchObject({ featherPx: 4, growPx: 6 })
    expect(steps(tab)).toBe(before + 2)
    expect(shown(tab).pending).toBeNull()
  })

  it('changed on one result settles before the next is changed', async () => {
    const tab = await patchedTab()
    void tab.app.patches.adjust('a', { opacity: 40 }, true)
    await pass(5)
    void tab.app.patches.adjust('b', { opacity: 60 }, true)
    void tab.app.patches.settle()
    await pass(1000)
    expect([blendOf(tab, 'a').opacity, blendOf(tab, 'b').opacity]).toEqual([40, 60])
  })
})

describe('kept results', () => {
  it('are moved, hidden and removed in the order of the clicks, a step each', async () => {
    const tab = await patchedTab()
    void tab.app.patches.move('a', 1)
    void tab.app.patches.setVisible('b', false)
    void tab.app.patches.move('b', 5)
    void tab.app.patches.remove('a')
    await pass(500)
    expect(kept(tab).map(({ id, visible }) => [id, visible])).toEqual([['b', false]])
    for (let k = 0; k < 4; k++) tab.app.session.undo()
    expect(kept(tab)).toEqual([result('a', 2), result('b', 12)])
  })

  it('are chosen by a point: the topmost that counts there', async () => {
    const tab = await patchedTab()
    const at = async (x: number, y: number) => {
      const hit = tab.app.patches.selectAt({ x, y })
      await pass(1)
      return [await hit, shown(tab).selected]
    }
    expect(await at(5, 10)).toEqual([true, 'a'])
    expect(await at(18, 10)).toEqual([true, 'b'])
    expect(await at(60, 45)).toEqual([false, 'b'])
    paint(tab)
    expect(await at(5.7, 10.2)).toEqual([true, 'a'])
  })
})
