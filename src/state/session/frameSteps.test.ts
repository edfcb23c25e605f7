import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isEqual } from '../../core/document/equality'
import type { Rect } from '../../core/geometry'
import { readMask } from '../../core/mask/mask'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, openPhoto, openTab, paint, pass } from '../tab.testkit'
import { anyFrame, applyFrame, CROPPED, frameOf } from './framing.testkit'

inFakeTime()

describe('a frame among strokes', () => {
  type Action =
    | { readonly kind: 'paint' | 'frame'; readonly frame: Rect; readonly overlap: number }
    | { readonly kind: 'undo' | 'redo' | 'reload'; readonly frame?: never }
  const action: fc.Arbitrary<Action> = fc.oneof(
    {
      arbitrary: fc.record({ kind: fc.constant('paint' as const), frame: anyFrame, overlap: fc.nat(9) }),
      weight: 3,
    },
    {
      arbitrary: fc.record({ kind: fc.constant('frame' as const), frame: anyFrame, overlap: fc.nat(9) }),
      weight: 3,
    },
    { arbitrary: fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const) }), weight: 4 },
    { arbitrary: fc.record({ kind: fc.constant('reload' as const) }), weight: 1 },
  )

  it('is one step in one order with them: Undo and Redo go through both, after a reload too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 3, maxLength: 14 }), async (actions) => {
        const browser = new FakeBrowser()
        let tab = await openTab(browser)
        await openPhoto(tab)
        const seen = () => {
          const { mask } = tab.app.session.editor()!
          return { frame: frameOf(tab), mask: readMask(mask, mask.frame) }
        }
        const states = [seen()]
        let at = 0
        for (const one of actions) {
          if (one.frame) {
            if (one.kind === 'frame' && isEqual(one.frame, frameOf(tab))) continue
            if (one.kind === 'frame') await applyFrame(tab, one.frame, one.overlap)
            else paint(tab, one.frame.x, one.frame.y, 7, 5)
            states.splice(at + 1, Infinity, seen())
            at += 1
          } else if (one.kind === 'undo') {
            tab.app.session.undo()
            at = Math.max(0, at - 1)
          } else if (one.kind === 'redo') {
            tab.app.session.redo()
            at = Math.min(states.length - 1, at + 1)
          } else {
            await pass(1000)
            browser.close(tab.tab)
            tab = await openTab(browser, { name: tab.tab })
            await pass(500)
          }
          expect(seen()).toEqual(states[at])
        }
        // Undo goes all the way back, and no further.
        for (let left = at + 2; left > 0; left--) tab.app.session.undo()
        expect(seen()).toEqual(states[0])
      }),
      { numRuns: 25 },
    )
  })

  it('is listed among the states', async () => {
    const tab = await openTab(new FakeBrowser())
    await openPhoto(tab)
    await applyFrame(tab, CROPPED)
    paint(tab, 12, 14, 5, 5)
    await pass(1000)
    const reading = tab.app.documents.history()
    await pass(50)
    expect((await reading)?.states.map(({ kind }) => kind)).toEqual(['opened', 'framed', 'painted'])
  })
})
