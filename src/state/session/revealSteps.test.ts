import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { composeRegion } from '../../core/document/composeRegion'
import type { Patch } from '../../core/document/document'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeImage } from '../fakePictures.testkit'
import { inFakeTime, type OpenTab, openTab, pass } from '../tab.testkit'
import { readPicture } from './patches'
import type { RevealSource } from './patchStore'
import { baseOf } from './source'
import {
  draw,
  FRAME,
  HARD,
  kept,
  OUTPUTS,
  photoTab,
  revealOf,
  shownBytes,
  sourceOf,
  startReveal,
  stepCount,
  storeOutputs,
  type Stroke,
  stroke,
} from './revealBrush.testkit'

inFakeTime()

/** Bytes of the picture as its patches say it is. */
function replayed(tab: OpenTab, patches: readonly Patch[]): Buffer {
  const { key } = baseOf(sourceOf(tab))
  const base = { key, name: 'b', width: 64, height: 48, link: { kind: 'sample', id: 's' } } as const
  const fresh = patches.map((patch) => ({ ...patch, coverage: [...patch.coverage] }))
  const pixelsOf = (name: string) => {
    if (name === key) return fakeImage(64, 48)
    const { rect } = OUTPUTS.find(({ pixels }) => pixels === name)!
    return fakeImage(rect.width, rect.height, 2 + (name.charCodeAt(0) % 90))
  }
  return Buffer.from(composeRegion({ base, patches: fresh }, FRAME, pixelsOf).data)
}

const someStroke: fc.Arbitrary<Stroke> = fc.record({
  tool: fc.constantFrom('brush' as const, 'brush' as const, 'eraser' as const),
  brush: fc.record({
    size: fc.integer({ min: 1, max: 40 }),
    hardness: fc.nat(100),
    opacity: fc.integer({ min: 1, max: 100 }),
    smoothEdge: fc.boolean(),
  }),
  points: fc.array(fc.tuple(fc.integer({ min: -5, max: 70 }), fc.integer({ min: -5, max: 52 })), {
    minLength: 1,
    maxLength: 3,
  }),
})

const story = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: someStroke },
    { weight: 3, arbitrary: fc.constantFrom(null, ...OUTPUTS) },
    { weight: 3, arbitrary: fc.constant('undo' as const) },
    { weight: 2, arbitrary: fc.constant('redo' as const) },
    { weight: 1, arbitrary: fc.constant('reload' as const) },
  ),
  { minLength: 4, maxLength: 14 },
)

describe('the reveal brush', () => {
  it('is on disk while it lasts: closed in the middle of a stroke, all that is older is there', async () => {
    for (const isSecond of [false, true]) {
      const browser = new FakeBrowser()
      const tab = await photoTab(browser)
      await startReveal(tab, OUTPUTS[0])
      if (isSecond) await stroke(tab, [[10, 10]])
      draw(tab, {
        tool: 'brush',
        brush: HARD,
        points: [
          [20, 20],
          [40, 24],
        ],
      })
      await pass(1500)
      browser.close(tab.tab)
      const again = await openTab(browser, { name: tab.tab })
      await pass(500)
      const [patch] = kept(again)
      expect(patch.coverage).toHaveLength(isSecond ? 2 : 1)
      expect(patch.coverage.at(-1)).toMatchObject({ kind: 'stroke', points: [{ x: 20 }, { x: 40 }] })
      expect(shownBytes(again)).toEqual(replayed(again, kept(again)))
      again.app.session.undo()
      expect(kept(again)).toHaveLength(isSecond ? 1 : 0)
    }
  })

  it('taken back while it lasts leaves nothing on disk; ended, it is there once', async () => {
    const browser = new FakeBrowser()
    const tab = await photoTab(browser)
    await startReveal(tab, OUTPUTS[0])
    draw(tab, {
      tool: 'brush',
      brush: HARD,
      points: [
        [20, 20],
        [40, 24],
      ],
    })
    await pass(1500)
    revealOf(tab)!.editor.cancel()
    await stroke(tab, [[12, 12]])
    draw(tab, { tool: 'brush', brush: HARD, points: [[30, 30]] })
    await pass(1500)
    revealOf(tab)!.editor.release()
    await pass(1500)
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    await pass(500)
    const [patch] = kept(again)
    expect(patch.coverage).toHaveLength(2)
    expect(shownBytes(again)).toEqual(replayed(again, kept(again)))
  })

  it('shows what a replay of its strokes makes, undone, redone and reloaded, byte by byte', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (actions) => {
        const browser = new FakeBrowser()
        let tab = await photoTab(browser)
        let source: RevealSource | null = OUTPUTS[0]
        await startReveal(tab, source)
        let states: (readonly Patch[])[] = [[]]
        let at = 0
        for (const action of actions) {
          if (action === 'reload') {
            await pass(300)
            browser.close(tab.tab)
            tab = await openTab(browser, { name: tab.tab })
            await pass(500)
            expect(revealOf(tab)).toBeNull()
            storeOutputs(browser)
            await startReveal(tab, source)
          } else if (action === 'undo' || action === 'redo') {
            tab.app.session[action]()
            at = action === 'undo' ? Math.max(0, at - 1) : Math.min(states.length - 1, at + 1)
          } else if (action && 'tool' in action) {
            const before = stepCount(tab)
            draw(tab, action)
            const live = revealOf(tab)!
            const drawn = live.draw(sourceOf(tab), FRAME)
            live.editor.release()
            await pass(80)
            // Beside the source, or with nothing to erase, nothing is done.
            if (stepCount(tab) > before) {
              states = [...states.slice(0, at + 1), kept(tab)]
              at++
              expect(drawn && Buffer.from(readPicture(sourceOf(tab), drawn.rect).data)).toEqual(
                drawn && Buffer.from(drawn.image.data),
              )
            }
            expect(stepCount(tab) - before).toBeLessThanOrEqual(1)
          } else await startReveal(tab, (source = action))
          expect(kept(tab)).toEqual(states[at])
          expect(shownBytes(tab).equals(replayed(tab, states[at]))).toBe(true)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('is undone by one step a stroke, and what the strokes do not meet keeps its bytes', async () => {
    const tab = await photoTab()
    const before = readPicture(sourceOf(tab), FRAME)
    await startReveal(tab, OUTPUTS[0])
    await stroke(tab, [[20, 20]])
    await stroke(tab, [
      [30, 20],
      [40, 24],
    ])
    expect([stepCount(tab), kept(tab).length]).toEqual([2, 1])
    const after = readPicture(sourceOf(tab), FRAME)
    const mask = revealOf(tab)!.editor.mask.tiles[0]!
    let revealed = 0
    for (let p = 0; p < 64 * 48; p++) {
      const at = (Math.floor(p / 64) << 8) | (p % 64)
      const isCovered = mask[at] > 0
      if (isCovered) revealed++
      else
        expect([...after.data.subarray(4 * p, 4 * p + 4)]).toEqual([
          ...before.data.subarray(4 * p, 4 * p + 4),
        ])
    }
    expect(revealed).toBeGreaterThan(200)
    tab.app.session.undo()
    tab.app.session.undo()
    expect(shownBytes(tab).equals(Buffer.from(before.data))).toBe(true)
    expect(kept(tab)).toEqual([])
  })

  it('takes back the open stroke, then one that is no step yet, then steps', async () => {
    const tab = await photoTab()
    const original = shownBytes(tab)
    await startReveal(tab, OUTPUTS[0])
    await stroke(tab, [[20, 20]])
    const first = shownBytes(tab)
    draw(tab, { tool: 'brush', brush: HARD, points: [[40, 20]] })
    tab.app.session.undo()
    await pass(50)
    expect([stepCount(tab), shownBytes(tab).equals(first)]).toEqual([1, true])
    draw(tab, { tool: 'brush', brush: HARD, points: [[40, 20]] })
    revealOf(tab)!.editor.release()
    tab.app.session.undo()
    await pass(50)
    expect([stepCount(tab), shownBytes(tab).equals(first)]).toEqual([1, true])
    await stroke(tab, [[44, 30]])
    tab.app.session.undo()
    expect(shownBytes(tab).equals(first)).toBe(true)
    tab.app.session.undo()
    expect(shownBytes(tab).equals(original)).toBe(true)
  })

  it('goes on over what is drawn while a stroke is computed, and writes all down as it is left', async () => {
    const tab = await photoTab()
    await startReveal(tab, OUTPUTS[0])
    for (const x of [15, 25, 35]) {
      draw(tab, { tool: 'brush', brush: HARD, points: [[x, 20]] })
      revealOf(tab)!.editor.release()
    }
    void tab.app.patches.stopReveal()
    await pass(200)
    expect([revealOf(tab), stepCount(tab), kept(tab).length]).toEqual([null, 3, 1])
    expect(shownBytes(tab).equals(replayed(tab, kept(tab)))).toBe(true)
  })
})
