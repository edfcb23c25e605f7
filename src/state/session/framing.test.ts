import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentOfRun } from '../../core/document/codec/recordCodec'
import { containsPoint } from '../../core/geometry'
import { cropRgba } from '../../core/image/raster'
import { readMask } from '../../core/mask/mask'
import { selectValues } from '../model/formSelectors'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeImage } from '../fakePictures.testkit'
import {
  apply,
  inFakeTime,
  masked,
  messageCodes,
  newestResult,
  newestRun,
  openPhoto,
  openTab,
  paint,
  pass,
  readyTab,
} from '../tab.testkit'
import { anyFrame, applyFrame, BASE, CROPPED, exportedPixels, frameOf } from './framing.testkit'

inFakeTime()

const EXTENDED = { x: -16, y: -8, width: 100, height: 70 }

describe('a frame', () => {
  it('exports the base’s bytes where it shows them, and nothing beyond', async () => {
    await fc.assert(
      fc.asyncProperty(anyFrame, async (frame) => {
        const tab = await readyTab(new FakeBrowser())
        await applyFrame(tab, frame)
        const { width, height, data } = await exportedPixels(tab)
        expect([width, height]).toEqual([frame.width, frame.height])
        const base = fakeImage(64, 48)
        for (let y = 0; y < height; y += 3) {
          for (let x = 0; x < width; x++) {
            const [at, from] = [(y * width + x) * 4, ((frame.y + y) * 64 + frame.x + x) * 4]
            const isBase = containsPoint(BASE, { x: frame.x + x, y: frame.y + y })
            const expected = isBase ? base.data.subarray(from, from + 4) : [0, 0, 0, 0]
            expect([...data.subarray(at, at + 4)]).toEqual([...expected])
          }
        }
      }),
      { numRuns: 25 },
    )
  })

  it('that crops keeps what is cut away: the whole one brings back every byte of picture and mask', async () => {
    const tab = await readyTab(new FakeBrowser())
    const before = await exportedPixels(tab)
    const mask = readMask(tab.app.session.editor()!.mask, BASE)
    await applyFrame(tab, CROPPED)
    expect(await exportedPixels(tab)).toEqual(cropRgba(before, CROPPED))
    expect(readMask(tab.app.session.editor()!.mask, CROPPED).data).toEqual(
      Uint8Array.from({ length: 30 * 20 }, (_, p) => {
        const [x, y] = [10 + (p % 30), 12 + Math.floor(p / 30)]
        return mask.data[y * 64 + x]
      }),
    )
    await applyFrame(tab, BASE)
    expect(await exportedPixels(tab)).toEqual(before)
    expect(readMask(tab.app.session.editor()!.mask, BASE)).toEqual(mask)
  })

  it('that extends masks what it adds, with the overlap; one Undo takes both back, Redo brings them again', async () => {
    const tab = await openTab(new FakeBrowser())
    await openPhoto(tab)
    await applyFrame(tab, EXTENDED, 4)
    // What was there, less the overlap on all four sides.
    const bare = (64 - 8) * (48 - 8)
    expect(masked(tab)).toBe(100 * 70 - bare)
    tab.app.session.undo()
    expect([frameOf(tab), masked(tab)]).toEqual([BASE, 0])
    tab.app.session.redo()
    expect([frameOf(tab), masked(tab)]).toEqual([EXTENDED, 100 * 70 - bare])
  })

  it('is there after a reload, in the run’s record and in a link', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await applyFrame(tab, EXTENDED)
    await pass(1000)
    void tab.app.runner.start()
    await pass(5000)
    const { record, outputs } = newestRun(tab)
    expect(documentOfRun(record).frame).toEqual(EXTENDED)
    expect(outputs[0]?.kind).toBe('ready')
    const { url } = await tab.app.links.make()
    const other = await openTab(new FakeBrowser(), { address: url })
    await pass(50)
    const { question } = other.app.state.read().links
    if (question) void other.app.links.take(question.link, false)
    await pass(50)
    await openPhoto(other, 'photo.png')
    expect(frameOf(other)).toEqual(EXTENDED)
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    await pass(500)
    expect(frameOf(again)).toEqual(EXTENDED)
    expect(masked(again)).toBe(masked(tab))
  })

  it('is sent beyond the picture with its nearest edge, and the answer lies there once it is applied', async () => {
    const tab = await readyTab(new FakeBrowser())
    await applyFrame(tab, { x: -40, y: -24, width: 128, height: 96 })
    void tab.app.runner.start()
    await pass(5000)
    const { image } = tab.backend.inputs.at(-1)!
    expect(image.data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true)
    await apply(tab, newestResult(tab))
    const { data, width } = await exportedPixels(tab)
    expect(width).toBe(128)
    const base = fakeImage(64, 48)
    const from = (24 * 128 + 40) * 4
    expect([...data.subarray(from, from + 32)]).toEqual([...base.data.subarray(0, 32)])
    expect(data.every((value, i) => i % 4 !== 3 || value >= 200)).toBe(true)
  })

  it('that shows nothing of the picture, or too much, is refused in words', async () => {
    const tab = await readyTab(new FakeBrowser())
    for (const frame of [
      { x: 64, y: 0, width: 20, height: 20 },
      { x: 0, y: 0, width: 16_385, height: 10 },
      { x: 0, y: 0, width: 8000, height: 7000 },
    ]) {
      await applyFrame(tab, frame)
      expect([frameOf(tab), messageCodes(tab).at(-1)]).toEqual([BASE, 'image/frame'])
      tab.app.messages.clearErrors()
    }
  })

  it('is left to a model that extends by itself, which gets the sides', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.app.chooseModel('wolverinn/realisticoutpainter')
    for (const [frame, direction] of [
      [{ ...BASE, width: 100 }, 'only width'],
      [{ ...BASE, height: 100 }, 'only height'],
      [EXTENDED, 'both'],
    ] as const) {
      await applyFrame(tab, frame)
      expect(frameOf(tab)).toEqual(BASE)
      expect(selectValues(tab.app.forms.context())['outpaint_direction']).toBe(direction)
    }
    expect(messageCodes(tab)).toContain('outpaint-set')
    await applyFrame(tab, CROPPED)
    expect(frameOf(tab)).toEqual(CROPPED)
  })

  it('is left to a model with a preset like it where that is asked for; else its new area is masked', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.app.chooseModel('black-forest-labs/flux-fill-pro')
    const square = { x: 0, y: -8, width: 64, height: 64 }
    await applyFrame(tab, square, 16, true)
    expect(frameOf(tab)).toEqual(BASE)
    expect(selectValues(tab.app.forms.context())['outpaint']).toBe('Make square')
    expect(messageCodes(tab)).toContain('outpaint-set')
    await applyFrame(tab, square)
    expect(frameOf(tab)).toEqual(square)
  })

  it('takes strokes beyond the picture, and none beyond itself', async () => {
    const tab = await openTab(new FakeBrowser())
    await openPhoto(tab)
    await applyFrame(tab, { x: 8, y: 8, width: 16, height: 16 })
    paint(tab, 0, 0, 64, 48)
    expect(masked(tab)).toBe(16 * 16)
  })
})
