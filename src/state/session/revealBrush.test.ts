import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { composeRegion } from '../../core/document/composeRegion'
import type { Patch } from '../../core/document/document'
import { cropRgba } from '../../core/image/raster'
import type { BrushSettings } from '../../editor/tool'
import { toolById } from '../../editor/toolRegistry'
import { FakeBrowser, fakeImage } from '../fakePorts.testkit'
import {
  inFakeTime,
  newestRun,
  openPhoto,
  type OpenTab,
  openTab,
  paint,
  pass,
  readyTab,
  storePixels,
} from '../tab.testkit'
import { readPicture } from './patches'
import type { RevealSource } from './patchStore'
import { baseOf, patchesOf } from './source'

inFakeTime()

const FRAME = { x: 0, y: 0, width: 64, height: 48 }
const HARD: BrushSettings = { size: 12, hardness: 100, opacity: 100, smoothEdge: true }
const OUTPUTS: readonly RevealSource[] = [
  { from: { runId: 'r', place: 0 }, pixels: 'a', rect: { x: 4, y: 2, width: 50, height: 40 } },
  { from: { runId: 'r', place: 1 }, pixels: 'b', rect: { x: 10, y: 0, width: 60, height: 44 } },
]

interface Stroke {
  readonly tool: 'brush' | 'eraser'
  readonly brush: BrushSettings
  readonly points: readonly (readonly [number, number])[]
}

const sourceOf = ({ app }: OpenTab) => app.session.store.getState().source!
const kept = (tab: OpenTab) => patchesOf(sourceOf(tab))
const revealOf = ({ app }: OpenTab) => app.state.read().patches.reveal
const shown = (tab: OpenTab) => Buffer.from(readPicture(sourceOf(tab), FRAME).data)
const steps = ({ app }: OpenTab) => app.session.editor()!.steps.length

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

/** As runs keep them: a sweep at the start would take them for left over. */
function storeOutputs(browser: FakeBrowser): void {
  storePixels(
    browser,
    OUTPUTS.map(({ pixels, rect }) => ({ pixels, rect }) as Patch),
  )
}

async function photoTab(browser = new FakeBrowser()): Promise<OpenTab> {
  const tab = await openTab(browser)
  await openPhoto(tab)
  storeOutputs(browser)
  return tab
}

async function start(tab: OpenTab, source: RevealSource | null): Promise<void> {
  void tab.app.patches.paintFrom(source)
  await pass(50)
}

function draw(tab: OpenTab, { tool, brush, points }: Stroke): void {
  const { editor } = revealOf(tab)!
  const services = {
    area: 'mask',
    usePressure: true,
    pan() {},
    select: () => Promise.resolve(null),
    fill() {},
  } as const
  points.forEach(([x, y], i) => {
    const input = {
      point: { x, y },
      screen: { x, y },
      scale: 1,
      pressure: null,
      shift: false,
      erase: false,
      intersect: false,
    }
    if (i === 0) editor.begin(toolById(tool), input, { ...services, brush })
    else editor.move(input)
  })
}

async function stroke(tab: OpenTab, points: Stroke['points'], more: Partial<Stroke> = {}): Promise<void> {
  draw(tab, { tool: 'brush', brush: HARD, points, ...more })
  revealOf(tab)!.editor.release()
  await pass(50)
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
      await start(tab, OUTPUTS[0])
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
      expect(shown(again)).toEqual(replayed(again, kept(again)))
      again.app.session.undo()
      expect(kept(again)).toHaveLength(isSecond ? 1 : 0)
    }
  })

  it('taken back while it lasts leaves nothing on disk; ended, it is there once', async () => {
    const browser = new FakeBrowser()
    const tab = await photoTab(browser)
    await start(tab, OUTPUTS[0])
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
    expect(shown(again)).toEqual(replayed(again, kept(again)))
  })

  it('shows what a replay of its strokes makes, undone, redone and reloaded, byte by byte', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (actions) => {
        const browser = new FakeBrowser()
        let tab = await photoTab(browser)
        let source: RevealSource | null = OUTPUTS[0]
        await start(tab, source)
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
            await start(tab, source)
          } else if (action === 'undo' || action === 'redo') {
            tab.app.session[action]()
            at = action === 'undo' ? Math.max(0, at - 1) : Math.min(states.length - 1, at + 1)
          } else if (action && 'tool' in action) {
            const before = steps(tab)
            draw(tab, action)
            const live = revealOf(tab)!
            const drawn = live.draw(sourceOf(tab), FRAME)
            live.editor.release()
            await pass(80)
            // Beside the source, or with nothing to erase, nothing is done.
            if (steps(tab) > before) {
              states = [...states.slice(0, at + 1), kept(tab)]
              at++
              expect(drawn && Buffer.from(readPicture(sourceOf(tab), drawn.rect).data)).toEqual(
                drawn && Buffer.from(drawn.image.data),
              )
            }
            expect(steps(tab) - before).toBeLessThanOrEqual(1)
          } else await start(tab, (source = action))
          expect(kept(tab)).toEqual(states[at])
          expect(shown(tab).equals(replayed(tab, states[at]))).toBe(true)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('is undone by one step a stroke, and what the strokes do not meet keeps its bytes', async () => {
    const tab = await photoTab()
    const before = readPicture(sourceOf(tab), FRAME)
    await start(tab, OUTPUTS[0])
    await stroke(tab, [[20, 20]])
    await stroke(tab, [
      [30, 20],
      [40, 24],
    ])
    expect([steps(tab), kept(tab).length]).toEqual([2, 1])
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
    expect(shown(tab).equals(Buffer.from(before.data))).toBe(true)
    expect(kept(tab)).toEqual([])
  })

  it('gives the bytes below back where it is erased, and makes one result a source', async () => {
    const tab = await photoTab()
    const original = shown(tab)
    await start(tab, OUTPUTS[0])
    await stroke(tab, [
      [10, 20],
      [50, 20],
    ])
    await start(tab, OUTPUTS[1])
    const first = shown(tab)
    await stroke(tab, [
      [20, 24],
      [40, 24],
    ])
    expect(kept(tab).map(({ pixels }) => pixels)).toEqual(['a', 'b'])
    const wide = { brush: { ...HARD, size: 64 }, tool: 'eraser' as const }
    await stroke(
      tab,
      [
        [32, 24],
        [33, 24],
      ],
      wide,
    )
    expect(shown(tab).equals(first)).toBe(true)
    await start(tab, null)
    await stroke(
      tab,
      [
        [-20, 24],
        [90, 24],
      ],
      { brush: { ...HARD, size: 100 } },
    )
    expect(shown(tab).equals(original)).toBe(true)
    await stroke(
      tab,
      [
        [-20, 24],
        [90, 24],
      ],
      { ...wide, brush: { ...HARD, size: 100 } },
    )
    expect(shown(tab).equals(first)).toBe(true)
    expect(kept(tab)).toHaveLength(3)
  })

  it.each([{ matchColor: true }, { matchColor: true, seam: 'gradient' as const }])(
    'shows a result whose colours are matched as it is while a further stroke is open: %j',
    async (change) => {
      const tab = await photoTab()
      await start(tab, OUTPUTS[0])
      await stroke(tab, [
        [14, 14],
        [22, 16],
      ])
      void tab.app.patches.adjust(kept(tab)[0].id, change)
      void tab.app.patches.settle()
      await pass(1000)
      const plain = readPicture(baseOf(sourceOf(tab)), FRAME)
      expect(Buffer.from(plain.data).equals(shown(tab))).toBe(false)
      draw(tab, { tool: 'brush', brush: HARD, points: [[44, 34]] })
      const { rect, image } = revealOf(tab)!.draw(sourceOf(tab), { x: 4, y: 4, width: 28, height: 24 })!
      const now = readPicture(sourceOf(tab), rect)
      expect(Buffer.from(image.data).equals(Buffer.from(now.data))).toBe(true)
    },
  )

  it('of an output paints within the hole what Apply puts there', async () => {
    const tab = await readyTab(new FakeBrowser())
    await pass(1000)
    void tab.app.runner.start()
    await pass(5000)
    const run = newestRun(tab)
    const [output] = run.outputs
    if (output?.kind !== 'ready') throw new Error('no output')
    const hole = { x: 10, y: 10, width: 20, height: 16 }
    const part = () => Buffer.from(cropRgba(readPicture(sourceOf(tab), FRAME), hole).data)
    const original = part()
    tab.app.view.showCompare(run.record.id)
    void tab.app.paintFromOutput(run, output)
    await pass(50)
    expect([tab.app.view.store.getState().view, revealOf(tab)?.source.from]).toEqual([
      'edit',
      { runId: run.record.id, place: 0 },
    ])
    await stroke(
      tab,
      [
        [0, 18],
        [60, 18],
      ],
      { brush: { ...HARD, size: 40 } },
    )
    const painted = part()
    expect(painted.equals(original)).toBe(false)
    tab.app.session.undo()
    void tab.app.applyOutput(run, output, true)
    await pass(100)
    expect(part().equals(painted)).toBe(true)
  })

  it('takes back the open stroke, then one that is no step yet, then steps', async () => {
    const tab = await photoTab()
    const original = shown(tab)
    await start(tab, OUTPUTS[0])
    await stroke(tab, [[20, 20]])
    const first = shown(tab)
    draw(tab, { tool: 'brush', brush: HARD, points: [[40, 20]] })
    tab.app.session.undo()
    await pass(50)
    expect([steps(tab), shown(tab).equals(first)]).toEqual([1, true])
    draw(tab, { tool: 'brush', brush: HARD, points: [[40, 20]] })
    revealOf(tab)!.editor.release()
    tab.app.session.undo()
    await pass(50)
    expect([steps(tab), shown(tab).equals(first)]).toEqual([1, true])
    await stroke(tab, [[44, 30]])
    tab.app.session.undo()
    expect(shown(tab).equals(first)).toBe(true)
    tab.app.session.undo()
    expect(shown(tab).equals(original)).toBe(true)
  })

  it('goes on over what is drawn while a stroke is computed, and writes all down as it is left', async () => {
    const tab = await photoTab()
    await start(tab, OUTPUTS[0])
    for (const x of [15, 25, 35]) {
      draw(tab, { tool: 'brush', brush: HARD, points: [[x, 20]] })
      revealOf(tab)!.editor.release()
    }
    void tab.app.patches.stopReveal()
    await pass(200)
    expect([revealOf(tab), steps(tab), kept(tab).length]).toEqual([null, 3, 1])
    expect(shown(tab).equals(replayed(tab, kept(tab)))).toBe(true)
  })

  it('is left for another tool, another view and another picture', async () => {
    const tab = await photoTab()
    const { app } = tab
    const leave = [
      () => app.tools.setTool('rectangle'),
      () => app.view.showHistory(),
      () => app.view.setFraming('sent'),
      () => void openPhoto(tab, 'other.png'),
    ]
    for (const go of leave) {
      await start(tab, OUTPUTS[0])
      expect([revealOf(tab)?.source, app.tools.store.getState().toolId]).toEqual([OUTPUTS[0], 'brush'])
      go()
      await pass(100)
      expect(revealOf(tab)).toBeNull()
    }
  })

  it('says so where the pixels are gone, and paints the mask as before', async () => {
    const tab = await photoTab()
    await start(tab, { ...OUTPUTS[0], pixels: 'gone' })
    expect(revealOf(tab)).toBeNull()
    const { messages } = tab.app.messages.store.getState()
    expect(messages.map((one) => one.kind === 'error' && one.error.code)).toEqual(['run/output-missing'])
    paint(tab)
    expect(steps(tab)).toBe(1)
  })
})
