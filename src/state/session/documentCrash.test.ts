import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, masked, openTab, paint, pass, readyTab } from '../tab.testkit'

inFakeTime()

describe('what was undone', () => {
  it('is redone after a reload as it would have been before', async () => {
    const story = fc.array(fc.constantFrom('stroke', 'undo', 'redo', 'undo'), { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(story, async (events) => {
        const browser = new FakeBrowser()
        const tab = await readyTab(browser)
        for (const [index, what] of events.entries()) {
          const { editor } = tab.app.session.store.getState()
          if (what === 'stroke') paint(tab, index, 0, 1 + index, 2)
          else if (what === 'undo') editor!.undo()
          else editor!.redo()
        }
        await pass(1000)
        browser.close(tab.tab)
        const again = await openTab(browser, { name: tab.tab })
        const [before, after] = [tab, again].map(({ app }) => app.session.store.getState().editor!)
        expect(masked(again)).toBe(masked(tab))
        for (let redone = 0; before.canRedo && redone < 12; redone++) {
          before.redo()
          after.redo()
          expect(masked(again)).toBe(masked(tab))
        }
        expect(after.canRedo).toBe(false)
        while (before.canUndo) {
          before.undo()
          after.undo()
          expect(masked(again)).toBe(masked(tab))
        }
        expect(after.canUndo).toBe(false)
      }),
      { numRuns: 40 },
    )
  })
})

/** Leaves time between the events of a story for none, some or all of what they write. */
const crashes = fc.array(
  fc.tuple(fc.constantFrom('stroke', 'undo', 'redo', 'type'), fc.constantFrom(0, 1, 40, 300)),
  { minLength: 1, maxLength: 16 },
)

describe('a crash', () => {
  it('at any moment of any story loses nothing that is older than 250 ms', async () => {
    await fc.assert(
      fc.asyncProperty(crashes, async (story) => {
        const browser = new FakeBrowser()
        const tab = await readyTab(browser)
        tab.delays.write = 15
        /** What the picture was after each event, and when. */
        const states: { readonly at: number; readonly mask: number }[] = [{ at: -1000, mask: masked(tab) }]
        let now = 0
        for (const [index, [what, wait]] of story.entries()) {
          const { editor } = tab.app.session.store.getState()
          if (what === 'stroke') paint(tab, index, 0, 1 + index, 2)
          else if (what === 'undo') editor!.undo()
          else if (what === 'redo') editor!.redo()
          else tab.app.forms.setFields({ prompt: `${index}` })
          states.push({ at: now, mask: masked(tab) })
          await pass(wait)
          now += wait
        }
        browser.close(tab.tab)
        const again = await openTab(browser, { name: tab.tab })
        const settled = states.findLastIndex(({ at }) => at <= now - 250)
        expect(states.slice(settled).map(({ mask }) => mask)).toContain(masked(again))
      }),
      { numRuns: 60 },
    )
  })
})
