import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { patch } from '../../core/document/document.testkit'
import type { MaskCommand } from '../../core/mask/command/maskCommand'
import { readMask } from '../../core/mask/mask'
import { FakeBrowser } from '../fakeBrowser.testkit'
import {
  inFakeTime,
  keep,
  masked,
  messageCodes,
  openPhoto,
  type OpenTab,
  openTab,
  paint,
  pass,
  readyTab,
  reframe,
  turn,
} from '../tab.testkit'
import { regionStep } from './pictureSteps'
import { readPicture } from './patches'
import { selectCanRedo, selectCanUndo } from './sessionSelectors'
import { baseOf, patchesOf } from './source'

inFakeTime()

const MAX_TURNS_HELD = 3
const BASE = { x: 0, y: 0, width: 64, height: 48 }

async function reloaded(browser: FakeBrowser, tab: OpenTab): Promise<OpenTab> {
  await pass(1000)
  browser.close(tab.tab)
  const again = await openTab(browser, { name: tab.tab })
  await pass(500)
  return again
}

/** All that a step can change, to the byte. */
function seen({ app }: OpenTab) {
  const { source, frame, regions, sent, editor } = app.session.store.getState()
  const areas = [editor!.mask, editor!.sampling, editor!.guides].map((area) => readMask(area, area.frame))
  return {
    frame,
    picture: readPicture(source!, frame!).data,
    areas,
    guides: editor!.commandsOf('guides'),
    regions,
    sent,
    patches: patchesOf(source!),
  }
}

/** What Undo shows, step by step, then what Redo shows. @param most so many steps back */
function walked(tab: OpenTab, most = Infinity) {
  const { session } = tab.app
  const shown = []
  while (shown.length < most && selectCanUndo(session.store.getState())) {
    session.undo()
    shown.push(seen(tab))
  }
  const back = shown.length
  while (selectCanRedo(session.store.getState())) {
    session.redo()
    shown.push(seen(tab))
  }
  return { back, shown }
}

type Deed = (tab: OpenTab, browser: FakeBrowser) => unknown

const line = (x: number, y: number): MaskCommand => {
  const points = [
    { x, y, pressure: 255 },
    { x: y, y: x, pressure: 255 },
  ]
  return { kind: 'stroke', mode: 'paint', size: 2, hardness: 100, opacity: 100, points }
}

const setAside = (x: number, y: number, id: string): Deed => {
  return ({ app }) => {
    const { regions, frame } = app.session.store.getState()
    const mask = [{ kind: 'ellipse', mode: 'paint', rect: { x, y, width: 9, height: 6 } }] as const
    const region = { id, name: 'sky', prompt: 'blue', mask, maskFrame: frame! }
    const place = regions.length
    const edit = { kind: 'region.add', region, place } as const
    app.session.change(regionStep({ edit, result: [...regions, region] }, null))
  }
}

const spot = fc.tuple(fc.nat(40), fc.nat(40))
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 2,
    arbitrary: spot.map(
      ([x, y]): Deed =>
        (tab) =>
          paint(tab, x, y, 7, 5),
    ),
  },
  spot.map(
    ([x, y]): Deed =>
      ({ app }) =>
        app.session.editor()!.apply(line(x, y), 'guides'),
  ),
  spot.map(
    ([x, y]): Deed =>
      ({ app }) =>
        app.session.editor()!.apply(line(y, x), 'sampling'),
  ),
  fc.tuple(spot, fc.uuid()).map(([[x, y], id]) => setAside(x, y, id)),
  spot.map(([x, y]): Deed => {
    const frame = { x: (x >> 1) - 4, y: (y >> 1) - 4, width: 40, height: 24 }
    return (tab) => reframe(tab, frame)
  }),
  patch(BASE).map(
    (one): Deed =>
      (tab, browser) =>
        keep(tab, browser, [one]),
  ),
  {
    weight: 3,
    arbitrary: fc.constantFrom(90, -90, 180, 7).map(
      (degrees): Deed =>
        (tab) =>
          turn(tab, degrees),
    ),
  },
  fc.tuple(spot, fc.nat(100)).map(([[x, y], context]): Deed => async ({ app }) => {
    const rect = { x: x >> 1, y: y >> 1, width: 20, height: 16 }
    void app.sending.choose(context < 50 ? { kind: 'rect', rect } : { kind: 'around', context })
    await pass(100)
    void app.sending.settle()
    await pass(100)
  }),
  { weight: 2, arbitrary: fc.constant<Deed>(({ app }) => app.session.undo()) },
  fc.constant<Deed>(({ app }) => app.session.redo()),
)

describe('a turn', () => {
  it('is a step among the others: Undo and Redo cross it to the byte, before a reload and after', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 10 }), async (deeds) => {
        const browser = new FakeBrowser()
        const tab = await readyTab(browser)
        const baseNow = () => baseOf(tab.app.session.store.getState().source!)
        let [base, turns] = [baseNow(), 0]
        for (const one of deeds) {
          await one(tab, browser)
          if (baseNow() !== base) turns++
          base = baseNow()
        }
        const now = seen(tab)
        const again = await reloaded(browser, tab)
        expect(seen(again)).toEqual(now)
        const before = walked(tab)
        // Of more turns the page holds the last ones only, and its document all.
        const most = turns > MAX_TURNS_HELD ? before.back : Infinity
        expect(walked(again, most)).toEqual(before)
      }),
      { numRuns: 20 },
    )
  })

  it('leaves no document of its own, and is a state that can be gone to', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await turn(tab, 90)
    paint(tab, 0, 0, 3, 3)
    const turned = seen(tab)
    await pass(500)
    expect(browser.documents.summaries.size).toBe(1)
    const reading = tab.app.documents.history()
    await pass(300)
    const { states } = (await reading)!
    expect(states.map(({ kind }) => kind)).toEqual(['opened', 'turned', 'painted'])
    void tab.app.documents.goTo(0)
    await pass(300)
    expect([seen(tab).frame, masked(tab)]).toEqual([BASE, 0])
    void tab.app.documents.goTo(states[2].number)
    await pass(300)
    expect(seen(tab)).toEqual(turned)
  })

  it('reaches back over three pictures, as Undo did before', async () => {
    const tab = await readyTab(new FakeBrowser())
    for (let i = 0; i < 5; i++) await turn(tab, 90)
    expect(walked(tab).shown).toHaveLength(6)
  })

  it('whose picture is gone from the disk is left out with what came after, and that is said', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const before = seen(tab)
    await turn(tab, 90)
    paint(tab, 0, 0, 3, 3)
    const { key } = tab.app.session.store.getState().source!
    await pass(1000)
    browser.sources.delete(key)
    const again = await reloaded(browser, tab)
    expect([seen(again), messageCodes(again)]).toEqual([before, ['image/unreadable']])
    paint(again, 0, 0, 5, 5)
    const last = await reloaded(browser, again)
    expect(masked(last)).toBe(20 * 16 + 25)
  })

  it('of a picture that changes meanwhile is begun anew', async () => {
    const tab = await readyTab(new FakeBrowser())
    void tab.app.framing.begin()
    await pass(10)
    void tab.app.framing.turn(90)
    await Promise.resolve()
    paint(tab, 40, 0, 4, 4)
    await pass(100)
    expect([seen(tab).frame?.width, masked(tab)]).toEqual([48, 20 * 16 + 16])
  })

  it('is not lost with a storage that is cleared', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await turn(tab, 90)
    await pass(500)
    browser.documents.summaries.clear()
    browser.documents.steps.clear()
    browser.sources.clear()
    paint(tab, 0, 0, 3, 3)
    const now = seen(tab)
    const again = await reloaded(browser, tab)
    expect(seen(again)).toEqual(now)
    expect(walked(again)).toEqual(walked(tab))
  })

  it('stays where another picture is opened and Undo comes back', async () => {
    const tab = await readyTab(new FakeBrowser())
    await turn(tab, 90)
    const now = seen(tab)
    await openPhoto(tab, 'other.png', 20, 10)
    tab.app.session.undo()
    expect(seen(tab)).toEqual(now)
    tab.app.session.undo()
    expect(seen(tab).frame).toEqual(BASE)
  })
})
