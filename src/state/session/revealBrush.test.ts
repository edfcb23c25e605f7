import { describe, expect, it } from 'vitest'
import type { Patch } from '../../core/document/document'
import { cropRgba } from '../../core/image/raster'
import { FakeBrowser } from '../fakeBrowser.testkit'
import {
  apply,
  inFakeTime,
  messageCodes,
  openPhoto,
  paint,
  pass,
  ran,
  readyTab,
  storePixels,
} from '../tab.testkit'
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
  stroke,
} from './revealBrush.testkit'

inFakeTime()

describe('the reveal brush', () => {
  it('gives the bytes below back where it is erased, and makes one result a source', async () => {
    const tab = await photoTab()
    const original = shownBytes(tab)
    await startReveal(tab, OUTPUTS[0])
    await stroke(tab, [
      [10, 20],
      [50, 20],
    ])
    await startReveal(tab, OUTPUTS[1])
    const first = shownBytes(tab)
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
    expect(shownBytes(tab).equals(first)).toBe(true)
    await startReveal(tab, null)
    await stroke(
      tab,
      [
        [-20, 24],
        [90, 24],
      ],
      { brush: { ...HARD, size: 100 } },
    )
    expect(shownBytes(tab).equals(original)).toBe(true)
    await stroke(
      tab,
      [
        [-20, 24],
        [90, 24],
      ],
      { ...wide, brush: { ...HARD, size: 100 } },
    )
    expect(shownBytes(tab).equals(first)).toBe(true)
    expect(kept(tab)).toHaveLength(3)
  })

  it.each([{ matchColor: true }, { matchColor: true, seam: 'gradient' as const }])(
    'shows a result whose colours are matched as it is while a further stroke is open: %j',
    async (change) => {
      const tab = await photoTab()
      await startReveal(tab, OUTPUTS[0])
      await stroke(tab, [
        [14, 14],
        [22, 16],
      ])
      void tab.app.patches.adjust(kept(tab)[0].id, change)
      void tab.app.patches.settle()
      await pass(1000)
      const plain = readPicture(baseOf(sourceOf(tab)), FRAME)
      expect(Buffer.from(plain.data).equals(shownBytes(tab))).toBe(false)
      draw(tab, { tool: 'brush', brush: HARD, points: [[44, 34]] })
      const { rect, image } = revealOf(tab)!.draw(sourceOf(tab), { x: 4, y: 4, width: 28, height: 24 })!
      const now = readPicture(sourceOf(tab), rect)
      expect(Buffer.from(image.data).equals(Buffer.from(now.data))).toBe(true)
    },
  )

  it('of an output paints within the hole what Apply puts there', async () => {
    const tab = await readyTab(new FakeBrowser())
    await pass(1000)
    const { run, output } = await ran(tab)
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
    await apply(tab, { run, output }, true)
    expect(part().equals(painted)).toBe(true)
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
      await startReveal(tab, OUTPUTS[0])
      expect([revealOf(tab)?.source, app.tools.store.getState().toolId]).toEqual([OUTPUTS[0], 'brush'])
      go()
      await pass(100)
      expect(revealOf(tab)).toBeNull()
    }
  })

  it('paints what was asked for last, whatever is read sooner, and nothing once it is left', async () => {
    const browser = new FakeBrowser()
    const tab = await photoTab(browser)
    const third = { ...OUTPUTS[0], pixels: 'c' }
    storePixels(browser, [third as Patch])
    const choose = async (source: RevealSource, decode: number) => {
      tab.delays.decode = decode
      void tab.app.patches.paintFrom(source)
      await pass(10)
    }
    await choose(OUTPUTS[0], 200)
    await choose(OUTPUTS[1], 1)
    await pass(300)
    expect(revealOf(tab)?.source).toEqual(OUTPUTS[1])
    await choose(third, 200)
    await tab.app.patches.stopReveal()
    await pass(300)
    expect(revealOf(tab)).toBeNull()
    expect(messageCodes(tab)).toEqual([])
  })

  it('says so where the pixels are gone, and paints the mask as before', async () => {
    const tab = await photoTab()
    await startReveal(tab, { ...OUTPUTS[0], pixels: 'gone' })
    expect(revealOf(tab)).toBeNull()
    expect(messageCodes(tab)).toEqual(['run/output-missing'])
    paint(tab)
    expect(stepCount(tab)).toBe(1)
  })
})
