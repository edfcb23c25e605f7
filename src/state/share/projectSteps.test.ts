import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { patch } from '../../core/document/document.testkit'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { readPicture } from '../session/patches'
import {
  inFakeTime,
  keep,
  masked,
  messageCodes,
  openTab,
  type OpenTab,
  paint,
  pass,
  readyTab,
  reframe,
  turn,
} from '../tab.testkit'
import { historyOf, shownBy, openProject, saveProject } from './projects.testkit'

inFakeTime()

type Deed = (tab: OpenTab, browser: FakeBrowser) => Promise<unknown>

/** Something that makes a step, or goes to one. */
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.tuple(fc.nat(50), fc.nat(40)).map(([x, y]): Deed => {
    return (tab) => Promise.resolve(paint(tab, x, y, 7, 5))
  }),
  fc.tuple(fc.nat(20), fc.nat(20)).map(([x, y]): Deed => {
    const frame = { x: x - 4, y: y - 4, width: 40, height: 24 }
    return (tab) => reframe(tab, frame)
  }),
  fc.constant<Deed>(({ app }) => Promise.resolve(app.session.undo())),
  fc.constant<Deed>(({ app }) => Promise.resolve(app.session.redo())),
  patch({ x: 0, y: 0, width: 64, height: 48 }).map(
    (one): Deed =>
      (tab, browser) =>
        keep(tab, browser, [one]),
  ),
  fc.constantFrom(90, -90, 7).map((degrees): Deed => {
    return (tab) => turn(tab, degrees)
  }),
  fc.nat(6).map((step): Deed => {
    return async ({ app }) => {
      await pass(300)
      const { states } = (await historyOf(app))!
      void app.documents.goTo(states[step % states.length].number)
      await pass(300)
    }
  }),
)

const shown = ({ app }: OpenTab) => {
  const { source, frame } = app.session.store.getState()
  return readPicture(source!, frame!)
}

describe('a project file', () => {
  it('brings undo, redo and every branch back, as a reload does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 9 }), async (deeds) => {
        const browser = new FakeBrowser()
        const tab = await readyTab(browser)
        for (const one of deeds) {
          await one(tab, browser)
        }
        await pass(500)
        const { file, other } = await saveProject(browser, tab)
        const there = await openProject(other, file)
        const [mine, theirs] = [await shownBy(tab), await shownBy(there)]
        expect(theirs).toEqual(mine)
        // What is written on the other device is the same once more.
        other.close(there.tab)
        const again = await openTab(other, { name: there.tab })
        await pass(500)
        expect(await shownBy(again)).toEqual(theirs)
        // Redo leads where it led before.
        for (const one of [tab, again]) for (let step = 0; step < 12; step++) one.app.session.undo()
        expect([masked(again), shown(again)]).toEqual([masked(tab), shown(tab)])
        for (const one of [tab, again]) for (let step = 0; step < 12; step++) one.app.session.redo()
        expect([await shownBy(again), shown(again)]).toEqual([await shownBy(tab), shown(tab)])
      }),
      { numRuns: 25 },
    )
  })

  it('without the picture that its steps start from opens as it is shown', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    void tab.app.framing.begin()
    await pass(10)
    void tab.app.framing.turn(90)
    await pass(100)
    const { file, other } = await saveProject(browser, tab)
    const { key } = [...browser.documents.summaries.values()][0].base!
    const cut = browser.projects.changed(
      file,
      (text) => text,
      ({ holds }) => holds.kind !== 'pixels' || holds.key !== key,
    )
    other.projects = browser.projects
    const there = await openProject(other, cut)
    expect([messageCodes(there), shown(there), masked(there)]).toEqual([
      ['project-partial'],
      shown(tab),
      masked(tab),
    ])
  })
})
