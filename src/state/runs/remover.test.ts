import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../core/errors'
import { readMask, createMask } from '../../core/mask/mask'
import { replayCommands, type StrokeCommand } from '../../core/mask/command/maskCommand'
import type { Backend } from '../../core/prediction/backend'
import type { PredictionInput } from '../../core/prediction/prediction'
import { FakeBackend, fakePrediction } from '../fakeBackend.testkit'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeImage } from '../fakePictures.testkit'
import { layersOf } from '../session/patches'
import { inFakeTime, messageCodes, openPhoto, openTab, type OpenTab, paint, pass } from '../tab.testkit'

inFakeTime()

const [WIDTH, HEIGHT] = [64, 48]
const FRAME = { x: 0, y: 0, width: WIDTH, height: HEIGHT }

/** A fill that shows what it was made from: every pixel of the hole comes out inverted. */
class InvertingBackend extends FakeBackend {
  readonly seen: PredictionInput[] = []
  fails = 0
  private readonly jobs = new Map<string, PredictionInput>()

  override create(input: PredictionInput) {
    const id = `fill-${this.jobs.size}`
    this.jobs.set(id, input)
    this.seen.push(input)
    return Promise.resolve(fakePrediction(id, 'processing'))
  }

  override async get(id: string) {
    await new Promise((resolve) => setTimeout(resolve, 30))
    const { image } = this.jobs.get(id)!
    if (this.fails-- > 0) {
      const error = new AppError('engine/no-source').data
      return fakePrediction(id, 'failed', { error })
    }
    const data = image.data.map((value, i) => (i % 4 === 3 ? value : 255 - value))
    return fakePrediction(id, 'succeeded', { outputs: [{ kind: 'pixels', image: { ...image, data } }] })
  }
}

async function removingTab(): Promise<OpenTab & { readonly engine: InvertingBackend }> {
  const tab = await openTab(new FakeBrowser())
  const engine = new InvertingBackend()
  Object.assign(tab.ports.backends, { create: (): Promise<Backend> => Promise.resolve(engine) })
  await openPhoto(tab, 'photo.png', WIDTH, HEIGHT)
  return { ...tab, engine }
}

function dab(x: number, y: number, size = 6): StrokeCommand {
  const points = [{ x, y, pressure: 255 }]
  return { kind: 'stroke', mode: 'paint', size, hardness: 100, opacity: 100, crisp: true, points }
}

const editorOf = ({ app }: OpenTab) => app.session.store.getState().editor!
const shown = ({ app }: OpenTab) => Buffer.from(app.session.store.getState().source!.pixels.data)
const pendingOf = ({ app }: OpenTab) => app.state.read().removals.pending.length
const fillsOf = (tab: OpenTab) => editorOf(tab).steps.filter(({ edit }) => edit !== null)

/** The original with every dab inverted, one after the other. */
function inverted(dabs: readonly StrokeCommand[]): Buffer {
  const out = Buffer.from(fakeImage(WIDTH, HEIGHT).data)
  for (const stroke of dabs) {
    const mask = createMask(FRAME)
    replayCommands(mask, [stroke])
    readMask(mask, FRAME).data.forEach((covered, p) => {
      if (covered < 255) return
      for (let c = 0; c < 3; c++) out[p * 4 + c] = 255 - out[p * 4 + c]
    })
  }
  return out
}

const actions = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('dab' as const), x: fc.nat(60), y: fc.nat(44) }) },
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 250 }) }),
    },
    { weight: 2, arbitrary: fc.constant({ kind: 'undo' as const }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('mask' as const), x: fc.nat(40) }) },
  ),
  { minLength: 3, maxLength: 16 },
)

describe('strokes of the Remove brush', () => {
  it('are filled one after the other, each on the picture as it is then; none is lost, undo takes the last', async () => {
    await fc.assert(
      fc.asyncProperty(actions, async (story) => {
        const tab = await removingTab()
        let dabs: StrokeCommand[] = []
        for (const action of story) {
          if (action.kind === 'dab') {
            dabs.push(dab(action.x, action.y))
            void tab.app.fill(dabs.at(-1)!)
            await pass(0)
          } else if (action.kind === 'wait') await pass(action.ms)
          else if (action.kind === 'mask') paint(tab, action.x, 5, 9, 9)
          else {
            const isFill = pendingOf(tab) > 0 || editorOf(tab).steps.at(-1)?.edit
            if (isFill) dabs = dabs.slice(0, -1)
            tab.app.session.undo()
          }
        }
        await pass(20_000)
        expect([pendingOf(tab), fillsOf(tab).length]).toEqual([0, dabs.length])
        expect(shown(tab).equals(inverted(dabs))).toBe(true)
        for (let k = editorOf(tab).steps.length; k > 0; k--) tab.app.session.undo()
        expect(shown(tab).equals(inverted([]))).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  it('change their own pixels only, and what is open meanwhile goes on: a gesture, the mask', async () => {
    const tab = await removingTab()
    paint(tab)
    const mask = Buffer.from(readMask(editorOf(tab).mask, FRAME).data)
    const done = tab.app.fill(dab(20, 20))
    await pass(5000)
    await done
    const [{ rect }] = layersOf(tab.app.session.store.getState().source!)
    expect(rect).toEqual({ x: 0, y: 0, width: 32, height: 32 })
    expect(shown(tab).equals(inverted([dab(20, 20)]))).toBe(true)
    expect(Buffer.from(readMask(editorOf(tab).mask, FRAME).data).equals(mask)).toBe(true)
    expect(tab.app.session.store.getState().source?.name).toBe('photo-edited.png')
  })

  it('that cannot be filled say so and leave the next ones their turn', async () => {
    const tab = await removingTab()
    tab.engine.fails = 1
    void tab.app.fill(dab(10, 10))
    void tab.app.fill(dab(40, 30))
    await pass(5000)
    expect(messageCodes(tab)).toEqual(['engine/no-source'])
    expect(shown(tab).equals(inverted([dab(40, 30)]))).toBe(true)
  })

  it('end with their picture: another one that is opened meanwhile stays as it is', async () => {
    const tab = await removingTab()
    void tab.app.fill(dab(10, 10))
    void tab.app.fill(dab(40, 30))
    await pass(5)
    await openPhoto(tab, 'other.png', 30, 30)
    await pass(5000)
    expect([pendingOf(tab), fillsOf(tab).length]).toEqual([0, 0])
    expect(shown(tab).equals(Buffer.from(fakeImage(30, 30).data))).toBe(true)
  })
})
