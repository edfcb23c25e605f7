import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { containsRect, type Rect } from '../../core/geometry'
import { imageToScreen } from '../../core/viewport'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { createView } from '../shell/view'
import { viewOf } from '../shell/viewport'
import { inFakeTime, newestRun, openPhoto, type OpenTab, openTab, paint, pass } from '../tab.testkit'
import { changedPart, compareFrame } from './compareFrame'
import type { Run } from './runs'
import { shownOrder, stepOutput } from './selection'

inFakeTime()

const CLOSE = { zoom: 3, center: { x: 100, y: 90 } }

const shown = ({ app }: OpenTab) => {
  const { viewport, part } = app.viewport.store.getState()
  return { viewport, part }
}

/** A large picture with a small hole, whose run is compared. */
async function comparing(): Promise<OpenTab> {
  const tab = await openTab(new FakeBrowser())
  tab.app.settings.set({ backendId: 'replicate', backendUrl: 'https://api.example/v1' })
  await openPhoto(tab, 'photo.png', 2000, 1500)
  tab.app.forms.setFields({ prompt: 'a test' })
  paint(tab, 1200, 900, 40, 30)
  tab.app.viewport.set(CLOSE)
  await pass(1000)
  void tab.app.runner.start()
  await pass(5000)
  expect(tab.app.view.store.getState().view).toBe('compare')
  return tab
}

describe('Compare', () => {
  it('opens on what the run changed; Edit comes back as it was', async () => {
    const tab = await comparing()
    const { viewport, part } = shown(tab)
    expect(viewport).toBeNull()
    expect(containsRect(part!, { x: 1200, y: 900, width: 40, height: 30 })).toBe(true)
    expect(part!.width).toBeLessThan(300)
    tab.app.view.showEdit()
    expect(shown(tab)).toEqual({ viewport: CLOSE, part: null })
  })

  it('comes back as it was left, Fit included; another run opens on its own change', async () => {
    const tab = await comparing()
    const { id } = newestRun(tab).record
    for (const left of [null, { zoom: 7, center: { x: 5, y: 6 } }]) {
      tab.app.viewport.set(left)
      tab.app.view.showEdit()
      tab.app.view.showCompare(id)
      expect(shown(tab)).toEqual({ viewport: left, part: null })
    }
    tab.app.view.showEdit()
    void tab.app.runner.start()
    await pass(5000)
    expect(newestRun(tab).record.id).not.toBe(id)
    expect(shown(tab).part).not.toBeNull()
  })

  it('leaves a picture that was opened meanwhile fitted', async () => {
    const tab = await comparing()
    await openPhoto(tab, 'other.png', 300, 200)
    expect(shown(tab)).toEqual({ viewport: null, part: null })
  })

  it('shows all of what changed in a pane of any size, and all of the picture where most changed', () => {
    const side = fc.integer({ min: 1, max: 3000 })
    const size = fc.record({ width: side, height: side })
    fc.assert(
      fc.property(size, size, fc.nat(2000), fc.nat(2000), (picture, hole, x, y) => {
        const rect: Rect = { x: Math.min(x, picture.width - 1), y: Math.min(y, picture.height - 1), ...hole }
        const outputs = [{ kind: 'ready', rect, whole: false }]
        const run = { outputs, record: { document: { frame: { x: 0, y: 0, ...picture } } } } as unknown as Run
        const part = changedPart(run)
        const frame = compareFrame(run, run.outputs)
        if (!part) return
        expect(containsRect(part, rect)).toBe(true)
        expect(containsRect(frame, part)).toBe(true)
        const pane = {
          size: { width: 412, height: 305 },
          pixelRatio: 1,
          canvas: { x: 0, y: 0, width: 412, height: 305 },
        }
        const view = viewOf({ viewport: null, part }, frame, pane)
        const corner = imageToScreen(view, rect)
        const end = imageToScreen(view, { x: rect.x + rect.width, y: rect.y + rect.height })
        for (const at of [corner.x, corner.y]) expect(at).toBeGreaterThan(-1e-6)
        expect(end.x).toBeLessThan(412 + 1e-6)
        expect(end.y).toBeLessThan(305 + 1e-6)
        expect(view.zoom).toBeGreaterThanOrEqual(view.fitZoom - 1e-9)
      }),
    )
  })
})

describe('a blind pick', () => {
  it('shows each output once, steps in the order that is seen, and keeps the choice when it is over', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(20), fc.nat(3), (count, steps, more) => {
        const view = createView()
        view.showCompare('run')
        view.shuffle(count)
        const all = count + more
        const order = shownOrder(view.store.getState(), all)
        expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: all }, (_, i) => i))
        expect(order.slice(count)).toEqual(Array.from({ length: more }, (_, i) => count + i))
        const outputs = Array.from({ length: all }, () => ({}))
        const runs = { byId: () => ({ outputs }) } as unknown as Parameters<typeof stepOutput>[0]
        for (let i = 0; i < steps; i++) stepOutput(runs, view, 1)
        const chosen = order[steps % all]
        expect(view.store.getState().selected).toBe(chosen)
        view.reveal()
        expect(view.store.getState()).toMatchObject({ selected: chosen, blind: null })
      }),
    )
  })

  it('shuffles: of many, each output stands first about as often', () => {
    const view = createView()
    const first = [0, 0, 0, 0]
    for (let i = 0; i < 2000; i++) {
      view.shuffle(4)
      first[view.store.getState().blind![0]]++
    }
    for (const times of first) expect(Math.abs(times - 500)).toBeLessThan(150)
  })

  it('is over when Compare is left, or shows another run', () => {
    const view = createView()
    for (const leave of [view.showEdit, () => view.showCompare('b'), () => view.look('c')]) {
      view.showCompare('a')
      view.shuffle(3)
      leave()
      expect(view.store.getState().blind).toBeNull()
    }
  })
})
