import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Patch } from '../../core/document/document'
import { blend, patch } from '../../core/document/document.testkit'
import { rectOf } from '../../core/geometry'
import { regionDigest } from '../../core/document/regionDigest'
import { DEFAULT_SENT } from '../../core/document/sentArea'
import { quartersOf, turnRgba } from '../../core/image/rotate'
import { guideLinesOf } from '../../core/mask/command/guideLines'
import { replayCommands } from '../../core/mask/command/maskCommand'
import { createMask, readMask } from '../../core/mask/mask'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeImage } from '../fakePictures.testkit'
import {
  editPatch,
  inFakeTime,
  keep,
  masked,
  messageCodes,
  openPhoto,
  type OpenTab,
  openTab,
  pass,
  readyTab,
} from '../tab.testkit'
import { regionStep } from './pictureSteps'
import { patchesOf } from './source'
import { applyFrame, BASE, CROPPED, draftFrame, exportedPixels, frameOf } from './framing.testkit'

inFakeTime()

describe('a turned picture', () => {
  const turn = async (tab: OpenTab, degrees: number, frame = frameOf(tab)!) => {
    await draftFrame(tab, frame)
    void tab.app.framing.turn(degrees)
    await pass(100)
    tab.app.view.setFraming(null)
  }

  it('has its mask turned along; Undo goes back, and four quarters give every byte', async () => {
    const tab = await readyTab(new FakeBrowser())
    const before = await exportedPixels(tab)
    const mask = readMask(tab.app.session.editor()!.mask, BASE)
    await turn(tab, 90)
    expect(frameOf(tab)).toEqual({ x: 0, y: 0, width: 48, height: 64 })
    expect(masked(tab)).toBe(20 * 16)
    tab.app.session.undo()
    expect([frameOf(tab), await exportedPixels(tab)]).toEqual([BASE, before])
    for (let i = 0; i < 4; i++) await turn(tab, -90)
    expect(await exportedPixels(tab)).toEqual(before)
    expect(readMask(tab.app.session.editor()!.mask, BASE)).toEqual(mask)
  })

  it('has its regions, sampling area and guides turned along: four quarters give them back', async () => {
    const tab = await readyTab(new FakeBrowser())
    const { editor } = tab.app.session.store.getState()
    editor!.apply({ kind: 'ellipse', mode: 'paint', rect: { x: 30, y: 5, width: 20, height: 9 } }, 'sampling')
    const points = [
      { x: 4, y: 40, pressure: 255 },
      { x: 60, y: 44.5, pressure: 255 },
    ]
    const line = { kind: 'stroke', mode: 'paint', size: 1, hardness: 100, opacity: 100, points } as const
    editor!.apply(line, 'guides')
    const sky = { id: 'r1', name: 'sky', prompt: 'blue', maskFrame: BASE } as const
    const region = { ...sky, mask: [{ kind: 'rectangle', mode: 'paint', rect: CROPPED }] } as const
    tab.app.session.change(
      regionStep({ edit: { kind: 'region.add', region, place: 0 }, result: [region] }, null),
    )
    const seen = () => {
      const { editor: now, regions } = tab.app.session.store.getState()
      const [{ mask, maskFrame, name, prompt }] = regions
      const aside = createMask(maskFrame)
      replayCommands(aside, mask)
      const masks = [now!.mask, now!.sampling, aside].map((one) => readMask(one, one.frame))
      return { masks, guides: guideLinesOf(now!.commandsOf('guides')), name, prompt }
    }
    const before = seen()
    await turn(tab, 90)
    expect(seen().guides).toEqual([
      {
        points: [
          { x: 8, y: 4 },
          { x: 3.5, y: 60 },
        ],
      },
    ])
    expect(seen().masks.map(({ width, height }) => [width, height])).toEqual([
      [48, 64],
      [48, 64],
      [48, 64],
    ])
    for (let i = 0; i < 3; i++) await turn(tab, 90)
    expect(seen()).toEqual(before)
  })

  it('has the frame that was being chosen, and is not turned where that is beyond the limits', async () => {
    const tab = await readyTab(new FakeBrowser())
    const frame = { x: 8, y: 4, width: 40, height: 20 }
    await turn(tab, 90, frame)
    expect(frameOf(tab)).toEqual({ x: 24, y: 8, width: 20, height: 40 })
    tab.app.session.undo()
    expect(frameOf(tab)).toEqual(frame)
    tab.app.session.undo()
    expect(frameOf(tab)).toEqual(BASE)
    const beside = { ...frame, x: 900 }
    await turn(tab, 90, beside)
    expect(frameOf(tab)).toEqual(BASE)
  })

  it('has its kept results turned along: each is as adjustable as before, to the byte', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(patch(BASE), { minLength: 1, maxLength: 3 }),
        fc.constantFrom(90, -90, 180),
        blend,
        fc.nat(2),
        async (patches, degrees, other, which) => {
          const browser = new FakeBrowser()
          const tab = await readyTab(browser)
          await keep(tab, browser, patches)
          await applyFrame(tab, CROPPED)
          const { id } = patches[which % patches.length]
          const change = () => editPatch(tab, () => ({ kind: 'patch.blend', id, blend: other }))
          const before = await exportedPixels(tab)
          await change()
          const changed = await exportedPixels(tab)
          tab.app.session.undo()
          await turn(tab, degrees)
          const quarters = quartersOf(degrees)!
          expect(await exportedPixels(tab)).toEqual(turnRgba(before, quarters))
          await change()
          expect(await exportedPixels(tab)).toEqual(turnRgba(changed, quarters))
          // What was cut away is there, too.
          await applyFrame(tab, rectOf(turnRgba(fakeImage(64, 48), quarters)))
          tab.app.session.undo()
          await turn(tab, -degrees)
          expect(await exportedPixels(tab)).toEqual(changed)
          const plain = (one: Patch) => ({ ...one, pixels: '', coverage: [] })
          const kept = patchesOf(tab.app.session.store.getState().source!)
          expect(kept.map(plain)).toEqual(
            patches.map((one) => plain(one.id === id ? { ...one, blend: other } : one)),
          )
        },
      ),
      { numRuns: 15 },
    )
  })

  it('has the results of its regions turned along: they are still what those ask for', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const mask = [{ kind: 'rectangle', mode: 'paint', rect: CROPPED }] as const
    const region = { id: 'r1', name: 'sky', prompt: 'blue', mask, maskFrame: BASE }
    const edit = { kind: 'region.add', region, place: 0 } as const
    tab.app.session.change(regionStep({ edit, result: [region] }, null))
    const [one] = fc.sample(patch(BASE), { numRuns: 1, seed: 3 })
    const from = { runId: 'r', place: 0, regionId: 'r1' }
    await keep(tab, browser, [
      { ...one, id: 'done', from: { ...from, regionDigest: regionDigest(region) } },
      { ...one, id: 'old', from: { ...from, regionDigest: 'another' } },
    ])
    await turn(tab, 90)
    const { source, regions } = tab.app.session.store.getState()
    const digests = patchesOf(source!).map((kept) => kept.from?.regionDigest)
    expect(digests).toEqual([regionDigest(regions[0]), 'another'])
    expect(digests[0]).not.toBe(regionDigest(region))
  })

  it('by an angle has what was kept in its pixels, and it is adjustable again after Undo', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const [one] = fc.sample(patch(BASE), { numRuns: 1, seed: 3 })
    await keep(tab, browser, [one])
    const before = await exportedPixels(tab)
    await turn(tab, 7)
    expect(patchesOf(tab.app.session.store.getState().source!)).toEqual([])
    tab.app.session.undo()
    expect(patchesOf(tab.app.session.store.getState().source!)).toEqual([one])
    expect(await exportedPixels(tab)).toEqual(before)
  })

  it('sends the same part as before; Undo after a reload brings back the area that was chosen', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const chosen = { kind: 'rect', rect: { x: 4, y: 6, width: 24, height: 16 } } as const
    const sentOf = ({ app }: OpenTab) => app.session.store.getState().sent
    tab.app.session.store.setState({ sent: chosen })
    await turn(tab, 90)
    expect(sentOf(tab)).toEqual({ kind: 'rect', rect: { x: 26, y: 4, width: 16, height: 24 } })
    await turn(tab, 10)
    expect(sentOf(tab)).toEqual(DEFAULT_SENT)
    tab.app.session.store.setState({ sent: { kind: 'around', context: 70 } })
    await pass(1000)
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    await pass(500)
    expect(sentOf(again)).toEqual({ kind: 'around', context: 70 })
    again.app.session.undo()
    expect(sentOf(again)).toEqual({ kind: 'rect', rect: { x: 26, y: 4, width: 16, height: 24 } })
    again.app.session.undo()
    expect(sentOf(again)).toEqual(chosen)
    again.app.session.redo()
    again.app.session.redo()
    expect(sentOf(again)).toEqual({ kind: 'around', context: 70 })
  })

  it('by an angle that takes it beyond the limits stays as it is, and that is said', async () => {
    const tab = await readyTab(new FakeBrowser())
    const frame = { x: 0, y: 0, width: 8000, height: 6000 }
    await applyFrame(tab, frame)
    expect(frameOf(tab)).toEqual(frame)
    for (const degrees of [45, -12.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      tab.app.messages.clearErrors()
      await turn(tab, degrees)
      expect([frameOf(tab), messageCodes(tab)]).toEqual([frame, ['image/frame']])
    }
  })

  it('by an angle has its bared corners masked, and is there after a reload', async () => {
    const browser = new FakeBrowser()
    const tab = await openTab(browser)
    await openPhoto(tab)
    await turn(tab, 10)
    const { width, height } = frameOf(tab)!
    expect(width > 64 && height > 48).toBe(true)
    const { data } = await exportedPixels(tab)
    const bare = data.filter((alpha, i) => i % 4 === 3 && alpha < 255).length
    expect(masked(tab)).toBe(bare)
    expect(bare).toBeGreaterThan(width * height - 64 * 48 - 1)
    await pass(1000)
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    await pass(500)
    expect(frameOf(again)).toEqual(frameOf(tab))
    expect(masked(again)).toBe(bare)
  })
})
