import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Patch } from '../../core/document/document'
import { blend, patch } from '../../core/document/document.testkit'
import { isEqual } from '../../core/document/equality'
import { documentOfRun } from '../../core/document/codec/recordCodec'
import { containsPoint, containsRect, type Rect, rectOf } from '../../core/geometry'
import { regionDigest } from '../../core/document/regionDigest'
import { DEFAULT_SENT } from '../../core/document/sentArea'
import { cropRgba } from '../../core/image/raster'
import { quartersOf, turnRgba } from '../../core/image/rotate'
import { guideLinesOf } from '../../core/mask/command/guideLines'
import { replayCommands } from '../../core/mask/command/maskCommand'
import { createMask, readMask } from '../../core/mask/mask'
import { selectValues } from '../model/formSelectors'
import { FakeBrowser, fakeImage, pixelsOf } from '../fakePorts.testkit'
import {
  editPatch,
  inFakeTime,
  keep,
  masked,
  messageCodes,
  newestRun,
  openPhoto,
  type OpenTab,
  openTab,
  paint,
  pass,
  readyTab,
} from '../tab.testkit'
import { regionStep } from './pictureSteps'
import { patchesOf } from './source'

inFakeTime()

const BASE = rectOf({ width: 64, height: 48 })
const EXTENDED = { x: -16, y: -8, width: 100, height: 70 }
const CROPPED = { x: 10, y: 12, width: 30, height: 20 }

const frameOf = ({ app }: OpenTab) => app.session.store.getState().frame

async function choose({ app }: OpenTab, frame: Rect, overlapPx = 0, byModel = false): Promise<void> {
  void app.framing.begin()
  void app.framing.edit({ kind: 'frame', frame })
  void app.framing.edit({ kind: 'options', overlapPx, byModel })
  await pass(10)
}

async function set(tab: OpenTab, frame: Rect, overlapPx = 0, byModel = false): Promise<void> {
  await choose(tab, frame, overlapPx, byModel)
  void tab.app.framing.apply()
  await pass(50)
  tab.app.view.setFraming(null)
}

async function exported(tab: OpenTab) {
  void tab.app.exporter.picture('png')
  await pass(50)
  return pixelsOf(tab.saved.at(-1)!.blob)!
}

const frames = fc
  .tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -30, max: 30 }), fc.nat(80), fc.nat(70))
  .map(([x, y, width, height]) => ({ x, y, width: width + 45, height: height + 35 }))
  .filter(({ x, y }) => x < 64 && y < 48)

describe('a frame', () => {
  it('exports the base’s bytes where it shows them, and nothing beyond', async () => {
    await fc.assert(
      fc.asyncProperty(frames, async (frame) => {
        const tab = await readyTab(new FakeBrowser())
        await set(tab, frame)
        const { width, height, data } = await exported(tab)
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
    const before = await exported(tab)
    const mask = readMask(tab.app.session.editor()!.mask, BASE)
    await set(tab, CROPPED)
    expect(await exported(tab)).toEqual(cropRgba(before, CROPPED))
    expect(readMask(tab.app.session.editor()!.mask, CROPPED).data).toEqual(
      Uint8Array.from({ length: 30 * 20 }, (_, p) => {
        const [x, y] = [10 + (p % 30), 12 + Math.floor(p / 30)]
        return mask.data[y * 64 + x]
      }),
    )
    await set(tab, BASE)
    expect(await exported(tab)).toEqual(before)
    expect(readMask(tab.app.session.editor()!.mask, BASE)).toEqual(mask)
  })

  it('that extends masks what it adds, with the overlap; one Undo takes both back, Redo brings them again', async () => {
    const tab = await openTab(new FakeBrowser())
    await openPhoto(tab)
    await set(tab, EXTENDED, 4)
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
    await set(tab, EXTENDED)
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
    await set(tab, { x: -40, y: -24, width: 128, height: 96 })
    void tab.app.runner.start()
    await pass(5000)
    const { image } = tab.backend.inputs.at(-1)!
    expect(image.data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true)
    const run = newestRun(tab)
    const [output] = run.outputs
    if (output?.kind !== 'ready') throw new Error('no output')
    void tab.app.applyOutput(run, output, false)
    await pass(200)
    const { data, width } = await exported(tab)
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
      await set(tab, frame)
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
      await set(tab, frame)
      expect(frameOf(tab)).toEqual(BASE)
      expect(selectValues(tab.app.forms.context())['outpaint_direction']).toBe(direction)
    }
    expect(messageCodes(tab)).toContain('outpaint-set')
    await set(tab, CROPPED)
    expect(frameOf(tab)).toEqual(CROPPED)
  })

  it('is left to a model with a preset like it where that is asked for; else its new area is masked', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.app.chooseModel('black-forest-labs/flux-fill-pro')
    const square = { x: 0, y: -8, width: 64, height: 64 }
    await set(tab, square, 16, true)
    expect(frameOf(tab)).toEqual(BASE)
    expect(selectValues(tab.app.forms.context())['outpaint']).toBe('Make square')
    expect(messageCodes(tab)).toContain('outpaint-set')
    await set(tab, square)
    expect(frameOf(tab)).toEqual(square)
  })

  it('takes strokes beyond the picture, and none beyond itself', async () => {
    const tab = await openTab(new FakeBrowser())
    await openPhoto(tab)
    await set(tab, { x: 8, y: 8, width: 16, height: 16 })
    paint(tab, 0, 0, 64, 48)
    expect(masked(tab)).toBe(16 * 16)
  })
})

describe('a frame among strokes', () => {
  type Action =
    | { readonly kind: 'paint' | 'frame'; readonly frame: Rect; readonly overlap: number }
    | { readonly kind: 'undo' | 'redo' | 'reload'; readonly frame?: never }
  const action: fc.Arbitrary<Action> = fc.oneof(
    {
      arbitrary: fc.record({ kind: fc.constant('paint' as const), frame: frames, overlap: fc.nat(9) }),
      weight: 3,
    },
    {
      arbitrary: fc.record({ kind: fc.constant('frame' as const), frame: frames, overlap: fc.nat(9) }),
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
            if (one.kind === 'frame') await set(tab, one.frame, one.overlap)
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
    await set(tab, CROPPED)
    paint(tab, 12, 14, 5, 5)
    await pass(1000)
    const reading = tab.app.documents.history()
    await pass(50)
    expect((await reading)?.states.map(({ kind }) => kind)).toEqual(['opened', 'framed', 'painted'])
  })
})

describe('a frame that is being chosen', () => {
  const shown = ({ app }: OpenTab) => app.state.read().framing

  it('shows the whole picture with room around it; left again, all is as it was', async () => {
    const tab = await readyTab(new FakeBrowser())
    await set(tab, CROPPED)
    tab.app.viewport.set({ zoom: 3, center: { x: 20, y: 20 } })
    void tab.app.framing.begin()
    await pass(10)
    expect([tab.app.state.read().view.framing, shown(tab).seen]).toEqual(['picture', BASE])
    const { part } = tab.app.state.read().viewport
    expect(part && containsRect(part, BASE) && part.x < -5 && part.y < -5).toBe(true)
    const drag = { handle: 'nw', dx: -100, dy: -2, snapPx: 0 } as const
    void tab.app.framing.edit({ kind: 'drag', from: CROPPED, drag })
    await pass(10)
    expect(shown(tab).draft?.frame).toEqual({ x: -90, y: 10, width: 130, height: 22 })
    // Fit goes on with room for the handles; a view that was chosen stays.
    const fits = () => {
      const { viewport, part: now } = tab.app.state.read().viewport
      return (
        viewport === null && now !== null && containsRect(now, shown(tab).seen!) && now.x < shown(tab).seen!.x
      )
    }
    expect(fits()).toBe(true)
    const held = tab.app.state.read().viewport
    const further = { kind: 'drag', from: CROPPED, drag: { ...drag, dx: -300 } } as const
    void tab.app.framing.edit(further, true)
    await pass(10)
    expect(tab.app.state.read().viewport).toBe(held)
    void tab.app.framing.edit(further)
    await pass(10)
    expect(fits()).toBe(true)
    tab.app.viewport.set(null)
    expect(fits()).toBe(true)
    const chosen = { zoom: 2, center: { x: 5, y: 5 } }
    tab.app.viewport.set(chosen)
    void tab.app.framing.edit({ kind: 'scale', factor: 2 })
    await pass(10)
    expect(tab.app.state.read().viewport.viewport).toEqual(chosen)
    tab.app.view.setFraming(null)
    expect([shown(tab).draft, frameOf(tab)]).toEqual([null, CROPPED])
    expect(tab.app.state.read().viewport).toMatchObject({ viewport: { zoom: 3 }, part: null })
  })

  it('starts anew as the picture turns or a step is undone, and ends as another is opened', async () => {
    const tab = await readyTab(new FakeBrowser())
    await set(tab, CROPPED)
    void tab.app.framing.begin()
    await pass(10)
    void tab.app.framing.turn(90)
    await pass(100)
    expect(shown(tab).draft?.frame).toEqual({ x: 16, y: 10, width: 20, height: 30 })
    tab.app.session.undo()
    expect(tab.app.state.read().view.framing).toBeNull()
    void tab.app.framing.begin()
    await pass(10)
    tab.app.session.undo()
    expect(shown(tab).draft?.frame).toEqual(BASE)
    await openPhoto(tab, 'other.png', 32, 32)
    expect([shown(tab).draft, tab.app.state.read().view.framing]).toEqual([null, null])
  })

  it('has what is painted while the strokes are replayed over it', async () => {
    const tab = await readyTab(new FakeBrowser())
    Object.assign(tab.delays, { mask: 200 })
    await choose(tab, { ...BASE, width: 80 })
    void tab.app.framing.apply()
    await pass(100)
    paint(tab, 40, 0, 4, 4)
    await pass(300)
    expect([frameOf(tab)?.width, masked(tab)]).toEqual([80, 20 * 16 + 16 + 16 * 48])
    tab.app.session.undo()
    expect([frameOf(tab), masked(tab)]).toEqual([BASE, 20 * 16 + 16])
  })

  it('that cannot be open goes on being chosen', async () => {
    const tab = await readyTab(new FakeBrowser())
    await choose(tab, { ...BASE, x: 900 })
    void tab.app.framing.apply()
    await pass(10)
    expect([shown(tab).draft?.frame.x, messageCodes(tab).at(-1)]).toEqual([900, 'image/frame'])
  })
})

describe('a turned picture', () => {
  const turn = async (tab: OpenTab, degrees: number, frame = frameOf(tab)!) => {
    await choose(tab, frame)
    void tab.app.framing.turn(degrees)
    await pass(100)
    tab.app.view.setFraming(null)
  }

  it('has its mask turned along; Undo goes back, and four quarters give every byte', async () => {
    const tab = await readyTab(new FakeBrowser())
    const before = await exported(tab)
    const mask = readMask(tab.app.session.editor()!.mask, BASE)
    await turn(tab, 90)
    expect(frameOf(tab)).toEqual({ x: 0, y: 0, width: 48, height: 64 })
    expect(masked(tab)).toBe(20 * 16)
    tab.app.session.undo()
    expect([frameOf(tab), await exported(tab)]).toEqual([BASE, before])
    for (let i = 0; i < 4; i++) await turn(tab, -90)
    expect(await exported(tab)).toEqual(before)
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
          await set(tab, CROPPED)
          const { id } = patches[which % patches.length]
          const change = () => editPatch(tab, () => ({ kind: 'patch.blend', id, blend: other }))
          const before = await exported(tab)
          await change()
          const changed = await exported(tab)
          tab.app.session.undo()
          await turn(tab, degrees)
          const quarters = quartersOf(degrees)!
          expect(await exported(tab)).toEqual(turnRgba(before, quarters))
          await change()
          expect(await exported(tab)).toEqual(turnRgba(changed, quarters))
          // What was cut away is there, too.
          await set(tab, rectOf(turnRgba(fakeImage(64, 48), quarters)))
          tab.app.session.undo()
          await turn(tab, -degrees)
          expect(await exported(tab)).toEqual(changed)
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
    const before = await exported(tab)
    await turn(tab, 7)
    expect(patchesOf(tab.app.session.store.getState().source!)).toEqual([])
    tab.app.session.undo()
    expect(patchesOf(tab.app.session.store.getState().source!)).toEqual([one])
    expect(await exported(tab)).toEqual(before)
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
    await set(tab, frame)
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
    const { data } = await exported(tab)
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
