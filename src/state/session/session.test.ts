import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Patch, PLAIN_BLEND } from '../../core/document/document'
import type { Rect } from '../../core/geometry'
import { cropRgba, pasteInto, type RgbaImage } from '../../core/image/raster'
import { replayCommands, type MaskCommand } from '../../core/mask/command/maskCommand'
import { createMask, readMask } from '../../core/mask/mask'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeImage } from '../fakePictures.testkit'
import {
  editPatch,
  inFakeTime,
  keep,
  openPhoto,
  openTab,
  type OpenTab,
  pass,
  storePixels,
} from '../tab.testkit'
import { readPicture } from './patches'
import { selectCanRedo, selectCanUndo } from './sessionSelectors'

inFakeTime()

const [WIDTH, HEIGHT] = [64, 48]
const FRAME = { x: 0, y: 0, width: WIDTH, height: HEIGHT }
/** As many as undo goes back over. */
const MAX_EARLIER = 3

interface Step {
  readonly command: MaskCommand | null
  readonly patch: { readonly rect: Rect; readonly crop: RgbaImage } | null
}

/** A picture with all of its steps, of which the first `done` are done. */
interface ModelPicture {
  readonly pixels: RgbaImage
  steps: Step[]
  done: number
}

/** What undo and redo should come to: pictures in the order they were opened, one of which is shown. */
class Model {
  pictures: ModelPicture[] = []
  at = 0

  get shown(): ModelPicture {
    return this.pictures[this.at]
  }

  open(pixels: RgbaImage) {
    this.pictures = [...this.pictures.slice(0, this.at + 1), { pixels, steps: [], done: 0 }]
    this.pictures = this.pictures.slice(-MAX_EARLIER - 1)
    this.at = this.pictures.length - 1
  }

  step(step: Step) {
    const { shown } = this
    shown.steps = [...shown.steps.slice(0, shown.done), step]
    shown.done++
    this.pictures = this.pictures.slice(0, this.at + 1)
  }

  undo() {
    if (this.shown.done > 0) this.shown.done--
    else if (this.at > 0) this.at--
  }

  redo() {
    if (this.shown.done < this.shown.steps.length) this.shown.done++
    else if (this.at < this.pictures.length - 1) this.at++
  }

  /** The disk holds what was done to the open picture, and what was undone. */
  reload() {
    this.pictures = [this.shown]
    this.at = 0
  }

  picture(): RgbaImage {
    const out = cropRgba(this.shown.pixels, FRAME)
    for (const { patch } of this.shown.steps.slice(0, this.shown.done))
      if (patch) pasteInto(out, patch.crop, patch.rect.x, patch.rect.y)
    return out
  }

  mask(): Uint8Array {
    const mask = createMask(FRAME)
    const done = this.shown.steps.slice(0, this.shown.done)
    replayCommands(
      mask,
      done.flatMap(({ command }) => command ?? []),
    )
    return readMask(mask, FRAME).data
  }

  get canUndo(): boolean {
    return this.shown.done > 0 || this.at > 0
  }

  get canRedo(): boolean {
    return this.shown.done < this.shown.steps.length || this.at < this.pictures.length - 1
  }
}

const rects = fc
  .record({
    x: fc.nat(40),
    y: fc.nat(30),
    width: fc.integer({ min: 1, max: 20 }),
    height: fc.integer({ min: 1, max: 15 }),
  })
  .map((rect): Rect => rect)

const actions = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('stroke' as const), rect: rects }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('apply' as const), rect: rects, keepMask: fc.boolean() }),
    },
    { weight: 5, arbitrary: fc.constant({ kind: 'undo' as const }) },
    { weight: 4, arbitrary: fc.constant({ kind: 'redo' as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'reload' as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'open' as const }) },
  ),
  { minLength: 5, maxLength: 30 },
)

/** It replaces its rectangle. */
function result(id: string, rect: Rect): Patch {
  const coverage = [{ kind: 'rectangle', mode: 'paint', rect }] as const
  return {
    id,
    from: null,
    pixels: id,
    rect,
    coverage,
    coverageFrame: FRAME,
    blend: PLAIN_BLEND,
    visible: true,
  }
}

async function decoded(tab: OpenTab, blob: Blob) {
  const decoding = tab.ports.codec.decode(blob, 'x')
  await pass(10)
  return decoding
}

function expectSame({ app }: OpenTab, model: Model) {
  const state = app.session.store.getState()
  const picture = Buffer.from(model.picture().data)
  expect(picture.equals(Buffer.from(readPicture(state.source!, FRAME).data))).toBe(true)
  expect(picture.equals(Buffer.from(state.source!.pixels.data))).toBe(true)
  expect(Buffer.from(readMask(state.editor!.mask, FRAME).data).equals(model.mask())).toBe(true)
  expect([selectCanUndo(state), selectCanRedo(state)]).toEqual([model.canUndo, model.canRedo])
}

describe('undo and redo', () => {
  it('go over strokes, applied results and pictures in one order, whatever comes in between', async () => {
    await fc.assert(
      fc.asyncProperty(actions, async (story) => {
        const browser = new FakeBrowser()
        const model = new Model()
        let tab = await openTab(browser)
        let seed = 1
        const open = async () => {
          await openPhoto(tab, `${seed}.png`, WIDTH, HEIGHT)
          model.open(fakeImage(WIDTH, HEIGHT))
        }
        await open()
        for (const action of story) {
          const { session } = tab.app
          seed++
          if (action.kind === 'stroke') {
            const command = { kind: 'rectangle' as const, mode: 'paint' as const, rect: action.rect }
            session.editor()!.apply(command)
            model.step({ command, patch: null })
          } else if (action.kind === 'apply') {
            const command = action.keepMask ? null : { kind: 'clear' as const }
            const patch = result(`${seed}`, action.rect)
            storePixels(browser, [patch])
            await editPatch(tab, ({ length }) => ({ kind: 'patch.add', patch, place: length }), command)
            const { pixels } = await decoded(tab, browser.sources.get(patch.pixels)!)
            model.step({ command, patch: { rect: action.rect, crop: pixels } })
          } else if (action.kind === 'reload') {
            // Each write takes its turn.
            await pass(200)
            browser.close(tab.tab)
            tab = await openTab(browser, { name: tab.tab })
            model.reload()
          } else if (action.kind === 'open') await open()
          else {
            session[action.kind]()
            model[action.kind]()
          }
          expectSame(tab, model)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('a name says whether something is applied, and only the opened file stands for its bytes', async () => {
    const browser = new FakeBrowser()
    const tab = await openTab(browser)
    await openPhoto(tab, 'rocket.jpg')
    const { session } = tab.app
    await keep(tab, browser, [result('a', { x: 1, y: 2, width: 3, height: 4 })])
    expect(session.store.getState().source).toMatchObject({ name: 'rocket-edited.png', file: null })
    session.undo()
    expect(session.store.getState().source).toMatchObject({
      name: 'rocket.jpg',
      file: expect.any(Blob) as Blob,
    })
  })
})
