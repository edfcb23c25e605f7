import { describe, expect, it } from 'vitest'
import { containsRect } from '../../core/geometry'
import { FakeBrowser } from '../fakeBrowser.testkit'
import {
  inFakeTime,
  masked,
  messageCodes,
  openPhoto,
  type OpenTab,
  paint,
  pass,
  readyTab,
} from '../tab.testkit'
import { applyFrame, BASE, CROPPED, draftFrame, frameOf } from './framing.testkit'

inFakeTime()

describe('a frame that is being chosen', () => {
  const shown = ({ app }: OpenTab) => app.state.read().framing

  it('shows the whole picture with room around it; left again, all is as it was', async () => {
    const tab = await readyTab(new FakeBrowser())
    await applyFrame(tab, CROPPED)
    tab.app.viewport.set({ zoom: 3, center: { x: 20, y: 20 } })
    void tab.app.framing.begin()
    await pass(10)
    expect([tab.app.state.read().view.framing, shown(tab).seen]).toEqual(['picture', BASE])
    const { part } = tab.app.state.read().viewport
    expect(part && containsRect(part, BASE) && part.x < -5 && part.y < -5).toBe(true)
    const drag = { handle: 'nw', dx: -100, dy: -2, snapPx: 0 } as const
    void tab.app.framing.edit({ kind: 'drag', from: CROPPED, drag })
    await pass(10)
    expect(shown(tab).draft?.frame).toEqual({ x: -90, y: 10, width: 130, height: 22 })
    // Fit goes on with room for the handles; a view that was chosen stays.
    const fits = () => {
      const { viewport, part: now } = tab.app.state.read().viewport
      return (
        viewport === null && now !== null && containsRect(now, shown(tab).seen!) && now.x < shown(tab).seen!.x
      )
    }
    expect(fits()).toBe(true)
    const held = tab.app.state.read().viewport
    const further = { kind: 'drag', from: CROPPED, drag: { ...drag, dx: -300 } } as const
    void tab.app.framing.edit(further, true)
    await pass(10)
    expect(tab.app.state.read().viewport).toBe(held)
    void tab.app.framing.edit(further)
    await pass(10)
    expect(fits()).toBe(true)
    tab.app.viewport.set(null)
    expect(fits()).toBe(true)
    const chosen = { zoom: 2, center: { x: 5, y: 5 } }
    tab.app.viewport.set(chosen)
    void tab.app.framing.edit({ kind: 'scale', factor: 2 })
    await pass(10)
    expect(tab.app.state.read().viewport.viewport).toEqual(chosen)
    tab.app.view.setFraming(null)
    expect([shown(tab).draft, frameOf(tab)]).toEqual([null, CROPPED])
    expect(tab.app.state.read().viewport).toMatchObject({ viewport: { zoom: 3 }, part: null })
  })

  it('starts anew as the picture turns or a step is undone, and ends as another is opened', async () => {
    const tab = await readyTab(new FakeBrowser())
    await applyFrame(tab, CROPPED)
    void tab.app.framing.begin()
    await pass(10)
    void tab.app.framing.turn(90)
    await pass(100)
    expect(shown(tab).draft?.frame).toEqual({ x: 16, y: 10, width: 20, height: 30 })
    tab.app.session.undo()
    expect(tab.app.state.read().view.framing).toBeNull()
    void tab.app.framing.begin()
    await pass(10)
    tab.app.session.undo()
    expect(shown(tab).draft?.frame).toEqual(BASE)
    await openPhoto(tab, 'other.png', 32, 32)
    expect([shown(tab).draft, tab.app.state.read().view.framing]).toEqual([null, null])
  })

  it('has what is painted while the strokes are replayed over it', async () => {
    const tab = await readyTab(new FakeBrowser())
    Object.assign(tab.delays, { mask: 200 })
    await draftFrame(tab, { ...BASE, width: 80 })
    void tab.app.framing.apply()
    await pass(100)
    paint(tab, 40, 0, 4, 4)
    await pass(300)
    expect([frameOf(tab)?.width, masked(tab)]).toEqual([80, 20 * 16 + 16 + 16 * 48])
    tab.app.session.undo()
    expect([frameOf(tab), masked(tab)]).toEqual([BASE, 20 * 16 + 16])
  })

  it('that cannot be open goes on being chosen', async () => {
    const tab = await readyTab(new FakeBrowser())
    await draftFrame(tab, { ...BASE, x: 900 })
    void tab.app.framing.apply()
    await pass(10)
    expect([shown(tab).draft?.frame.x, messageCodes(tab).at(-1)]).toEqual([900, 'image/frame'])
  })
})
