import { describe, expect, it } from 'vitest'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { selectObstacles } from '../runs/obstacles'
import { inFakeTime, openPhoto, openTab, type OpenTab, paint, pass, readyTab } from '../tab.testkit'
import { selectCanRestoreMask, selectIsMaskEmpty } from './maskState'
import { selectCanUndo } from './sessionSelectors'

inFakeTime()

const read = ({ app }: OpenTab) => app.state.read()
const obstaclesOf = (tab: OpenTab) => selectObstacles({ ...read(tab), pageUrl: tab.app.pageUrl })

/** The parts of the state that change while `act` runs, not later. */
function changedBy(tab: OpenTab, act: () => void): Set<string> {
  const before = read(tab)
  act()
  const after = read(tab)
  return new Set(
    Object.keys(after).filter(
      (name) => after[name as keyof typeof after] !== before[name as keyof typeof before],
    ),
  )
}

describe('the end of a stroke', () => {
  it('changes the session alone; what a run would send follows once that is on the screen', async () => {
    const tab = await readyTab(new FakeBrowser())
    await openPhoto(tab, 'large.png', 2000, 1500)
    // What was found in the mask goes with the first stroke.
    paint(tab, 500, 500, 100, 50)
    await pass(100)
    const { part } = read(tab).sending
    expect(changedBy(tab, () => paint(tab, 900, 900, 300, 300))).toEqual(new Set(['session']))
    await pass(100)
    expect(read(tab).sending.part).not.toEqual(part)
  })

  it('enables Undo at once', async () => {
    const tab = await openTab(new FakeBrowser())
    await openPhoto(tab, 'photo.png')
    expect(selectCanUndo(read(tab).session)).toBe(false)
    paint(tab)
    expect(selectCanUndo(read(tab).session)).toBe(true)
  })

  it('leaves what stands in the way of a run the same object, except where the mask was or is empty', async () => {
    const tab = await readyTab(new FakeBrowser())
    await pass(500)
    const none = obstaclesOf(tab)
    expect(none).toEqual([])
    paint(tab, 2, 2, 50, 40)
    await pass(500)
    expect(obstaclesOf(tab)).toBe(none)
    tab.app.session.editor()?.apply({ kind: 'clear' })
    expect(obstaclesOf(tab)).toEqual([{ code: 'empty-mask' }])
    tab.app.session.undo()
    expect(obstaclesOf(tab)).toEqual([])
  })
})

describe('an empty mask', () => {
  it('can be restored as long as there is a cleared one, also where several steps go in one turn', async () => {
    const tab = await openTab(new FakeBrowser())
    await openPhoto(tab, 'photo.png')
    const now = () => [selectIsMaskEmpty(read(tab)), selectCanRestoreMask(read(tab))]
    expect(now()).toEqual([true, false])
    paint(tab)
    expect(now()).toEqual([false, false])
    tab.app.session.editor()?.apply({ kind: 'clear' })
    expect(now()).toEqual([true, true])
    tab.app.session.undo()
    tab.app.session.undo()
    expect(now()).toEqual([true, false])
  })
})
