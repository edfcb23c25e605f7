import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Patch, PLAIN_BLEND } from '../../core/document/document'
import { rectOf } from '../../core/geometry'
import { cropRgba, overlayRgba } from '../../core/image/raster'
import { readPicture } from '../session/patches'
import { patchesOf } from '../session/source'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeImage, pixelsOf } from '../fakePictures.testkit'
import {
  apply,
  cropOf,
  editPatch,
  inFakeTime,
  keep,
  messageCodes,
  newestResult,
  pass,
  readyTab,
} from '../tab.testkit'
import { beginExport, comparing, openExport, saveExport } from './exports.testkit'

inFakeTime()

describe('the export that is set up', () => {
  it('is the open picture, byte for byte, until something else is chosen', async () => {
    const tab = await beginExport(await readyTab(new FakeBrowser(), 'cat.jpg'))
    expect(openExport(tab)).toMatchObject({
      areas: ['whole'],
      size: { width: 64, height: 48 },
      failed: false,
    })
    const { name, pixels } = await saveExport(tab)
    expect(name).toBe('cat.png')
    expect(pixels).toEqual(fakeImage(64, 48))
  })

  it('in Compare is the selected output over the picture, alone, or beside what was before', async () => {
    const tab = await beginExport(await comparing())
    const { run, output } = newestResult(tab)
    const { record } = run
    const { rect } = output
    const crop = await cropOf(output)
    const after = overlayRgba(fakeImage(64, 48), crop, rect.x, rect.y)
    expect((await saveExport(tab)).pixels).toEqual(after)
    void tab.app.exports.change({ area: 'alone' })
    const alone = await saveExport(tab)
    expect(alone.name).toBe('photo-edited-alone.png')
    const inMask = (p: number) => {
      const [x, y] = [rect.x + (p % rect.width), rect.y + Math.floor(p / rect.width)]
      return x >= 10 && x < 30 && y >= 10 && y < 26
    }
    const expected = crop.data.map((value, i) => (i % 4 === 3 && !inMask(i >> 2) ? 0 : value))
    expect(alone.pixels.data).toEqual(expected)
    void tab.app.exports.change({ area: 'beforeAfter' })
    const both = (await saveExport(tab)).pixels
    const at = (x: number) => cropRgba(both, { x, y: 0, width: 64, height: 48 }).data
    expect(at(0)).toEqual(fakeImage(64, 48).data)
    expect(at(both.width - 64)).toEqual(after.data)
    expect(record.document.frame).toEqual({ x: 0, y: 0, width: 64, height: 48 })
  })

  it('of a kept result that is chosen is its own pixels where it counts', async () => {
    const tab = await comparing()
    const result = newestResult(tab)
    const { output } = result
    await apply(tab, result)
    const [patch] = patchesOf(tab.app.session.store.getState().source!)
    await beginExport(tab)
    expect(openExport(tab)?.areas).toEqual(['whole', 'beforeAfter'])
    void tab.app.exports.end()
    tab.app.patches.select(patch.id)
    await beginExport(tab)
    expect(openExport(tab)?.areas).toEqual(['whole', 'alone', 'beforeAfter'])
    void tab.app.exports.change({ area: 'alone' })
    const { pixels } = await saveExport(tab)
    // The mask's rectangle, which its coverage fills.
    expect([pixels.width, pixels.height]).toEqual([20, 16])
    const at = (i: number) => i + (Math.floor(i / 80) * (output.crop.width - 20) + offset) * 4
    const offset = (10 - output.rect.y) * output.crop.width + 10 - output.rect.x
    const crop = await cropOf(output)
    const own = pixels.data.filter((value, i) => value === crop.data[at(i)])
    expect(own.length).toBe(pixels.data.length)
  })

  it('of a kept result alone is what is seen of it: in the colours that its blend gives it', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const rect = { x: 2, y: 4, width: 30, height: 30 }
    const covered = { ...rect, width: 20, height: 20 }
    const matched = { ...PLAIN_BLEND, matchColor: true, seam: 'gradient' } as const
    const patch: Patch = {
      id: 'a',
      from: null,
      pixels: 'a',
      rect,
      coverage: [{ kind: 'rectangle', mode: 'paint', rect: covered }],
      coverageFrame: rectOf({ width: 64, height: 48 }),
      blend: matched,
      visible: true,
    }
    await keep(tab, browser, [patch])
    tab.app.patches.select('a')
    await beginExport(tab)
    void tab.app.exports.change({ area: 'alone' })
    const { pixels } = await saveExport(tab)
    const seen = readPicture(tab.app.session.store.getState().source!, covered)
    expect(Buffer.from(pixels.data).equals(Buffer.from(seen.data))).toBe(true)
    await editPatch(tab, () => ({ kind: 'patch.blend', id: 'a', blend: PLAIN_BLEND }))
    const plain = readPicture(tab.app.session.store.getState().source!, covered)
    expect(Buffer.from(seen.data).equals(Buffer.from(plain.data))).toBe(false)
  })

  it('of an edited picture can stand beside the opened one, as long as anything differs', async () => {
    const tab = await comparing()
    await apply(tab, newestResult(tab))
    await beginExport(tab)
    void tab.app.exports.change({ area: 'beforeAfter' })
    const { name, pixels } = await saveExport(tab)
    expect(name).toMatch(/-before-after\.png$/)
    const at = (x: number) => cropRgba(pixels, { x, y: 0, width: 64, height: 48 }).data
    const after = readPicture(tab.app.session.store.getState().source!, rectOf({ width: 64, height: 48 }))
    expect(at(0)).toEqual(fakeImage(64, 48).data)
    expect(at(pixels.width - 64)).toEqual(after.data)
    expect(after.data).not.toEqual(fakeImage(64, 48).data)
    void tab.app.exports.end()
    const [{ id }] = patchesOf(tab.app.session.store.getState().source!)
    void tab.app.patches.setVisible(id, false)
    await pass(200)
    await beginExport(tab)
    expect(openExport(tab)).toMatchObject({ areas: ['whole'], options: { area: 'whole' } })
  })

  it('never saves what the options were before, however fast they change', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.constantFrom('png' as const, 'jpeg' as const, 'webp' as const),
            fc.integer({ min: 1, max: 100 }),
            fc.nat(600),
          ),
          { minLength: 1, maxLength: 6 },
        ),
        async (changes) => {
          const tab = await beginExport(await readyTab(new FakeBrowser()))
          tab.delays.encode = 400
          for (const [format, scale, ms] of changes) {
            void tab.app.exports.change({ format, scale })
            await pass(ms)
          }
          void tab.app.exports.save()
          await pass(2000)
          const [format, scale] = changes.at(-1)!
          expect(tab.saved).toHaveLength(1)
          expect(tab.saved[0].blob.type).toBe(`image/${format}`)
          const made = pixelsOf(tab.saved[0].blob)!
          expect(made.width).toBe(Math.max(1, Math.round((64 * scale) / 100)))
          expect(openExport(tab)?.made).toBe(tab.saved[0].blob)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('stops encoding when it is closed, and says nothing', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.delays.encode = 1000
    await beginExport(tab)
    void tab.app.exports.end()
    await pass(5000)
    expect(tab.exported).toEqual([])
    expect(openExport(tab)).toBeNull()
    expect(messageCodes(tab)).toEqual([])
  })

  it('goes on being saved while the next one is set up and changed', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.delays.encode = 3000
    void tab.app.exports.saveAs('png')
    await pass(20)
    await beginExport(tab)
    void tab.app.exports.change({ quality: 50 })
    await pass(1000)
    void tab.app.exports.change({ quality: 40 })
    await pass(2500)
    expect(tab.saved).toHaveLength(1)
    expect(messageCodes(tab)).toEqual([])
    await pass(3000)
    expect(openExport(tab)?.made).not.toBeNull()
  })
})
