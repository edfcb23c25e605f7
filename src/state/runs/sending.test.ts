import { describe, expect, it } from 'vitest'
import { DEFAULT_SENT } from '../../core/document/sentArea'
import type { Backend } from '../../core/prediction/backend'
import { readPicture } from '../session/patches'
import { selectObstacles } from './obstacles'
import { FakeBrowser } from '../fakeBrowser.testkit'
import {
  inFakeTime,
  newestRun,
  openPhoto,
  type OpenTab,
  openTab,
  paint,
  pass,
  readyTab,
} from '../tab.testkit'

inFakeTime()

const partOf = ({ app }: OpenTab) => app.state.read().sending.part
const sentOf = ({ app }: OpenTab) => app.session.store.getState().sent
const obstaclesOf = ({ app }: OpenTab) =>
  selectObstacles({ ...app.state.read(), pageUrl: app.pageUrl }).map(({ code }) => code)

/** A photo of 2000 x 1500 px with a mask of 100 x 50 at (500, 500). */
async function largeTab(browser = new FakeBrowser()): Promise<OpenTab> {
  const tab = await readyTab(browser)
  await openPhoto(tab, 'large.png', 2000, 1500)
  tab.app.forms.setFields({ prompt: 'a test', width: 512, height: 384 })
  paint(tab, 500, 500, 100, 50)
  await pass(100)
  return tab
}

/** By a hundred small moves, as a pointer does. */
async function drag({ app }: OpenTab, handle: 'move' | 'e' | 'se', dx: number, dy: number): Promise<void> {
  const { region } = app.state.read().sending.part!
  for (let i = 1; i <= 100; i++) {
    await app.sending.drag(region, { handle, dx: (dx * i) / 100, dy: (dy * i) / 100 }, 0)
  }
  await app.sending.settle()
}

describe('what is shown before Run', () => {
  it('is what the run sends, whatever was chosen', async () => {
    for (const choose of [
      () => Promise.resolve(),
      (tab: OpenTab) => tab.app.sending.choose({ kind: 'around', context: 0 }),
      (tab: OpenTab) => tab.app.sending.choose({ kind: 'around', context: 100 }),
      (tab: OpenTab) => drag(tab, 'move', -37, 12),
      (tab: OpenTab) => drag(tab, 'se', 131, 90),
    ]) {
      const tab = await largeTab()
      await choose(tab)
      const { region, size } = partOf(tab)!
      void tab.app.runner.start()
      await pass(5000)
      const [input] = tab.backend.inputs
      expect(input.region).toEqual(region)
      expect({ width: input.image.width, height: input.image.height }).toEqual(size)
      expect({ width: input.mask.width, height: input.mask.height }).toEqual(size)
      expect(newestRun(tab).record).toMatchObject({ region, document: { sent: sentOf(tab) } })
    }
  })

  it('follows the mask until a part is chosen by hand, and then stays', async () => {
    const tab = await largeTab()
    const before = partOf(tab)!.region
    paint(tab, 1500, 1200, 50, 50)
    await pass(100)
    expect(partOf(tab)!.region).not.toEqual(before)
    await drag(tab, 'move', 10, 10)
    const chosen = partOf(tab)!.region
    paint(tab, 450, 450, 50, 50)
    await pass(100)
    expect(partOf(tab)!.region).toEqual(chosen)
  })

  it('stays as it is while a stroke is drawn', async () => {
    const tab = await largeTab()
    const { part } = tab.app.state.read().sending
    tab.app.forms.setFields({ prompt: 'another' })
    expect(partOf(tab)).toBe(part)
  })
})

describe('a part that is dragged', () => {
  it('is one step, which Undo takes back and Redo brings back', async () => {
    const tab = await largeTab()
    const { editor } = tab.app.session.store.getState()
    const steps = editor!.steps.length
    await drag(tab, 'move', 300, 40)
    const moved = sentOf(tab)
    expect(editor!.steps).toHaveLength(steps + 1)
    tab.app.session.undo()
    expect(sentOf(tab)).toEqual(DEFAULT_SENT)
    tab.app.session.redo()
    expect(sentOf(tab)).toEqual(moved)
  })

  it('by an edge goes through the shapes that the model takes, as one step with its size', async () => {
    const tab = await largeTab()
    const sizeNow = () => {
      const { width, height } = tab.app.forms.store.getState().values[
        tab.app.settings.store.getState().modelId
      ] as { width: number; height: number }
      return { width, height }
    }
    await drag(tab, 'e', 700, 0)
    const { region, size } = partOf(tab)!
    expect(sizeNow()).toEqual(size)
    expect(size.width / size.height).toBeGreaterThan(512 / 384)
    expect(Math.abs(region.width / region.height - size.width / size.height)).toBeLessThan(0.01)
    tab.app.session.undo()
    expect(sizeNow()).toEqual({ width: 512, height: 384 })
    expect(sentOf(tab)).toEqual(DEFAULT_SENT)
  })

  it('and let go without a change is no step', async () => {
    const tab = await largeTab()
    const { editor } = tab.app.session.store.getState()
    const steps = editor!.steps.length
    await drag(tab, 'move', 200, 0)
    await tab.app.sending.settle()
    await tab.app.sending.choose({ kind: 'around', context: 10 })
    await tab.app.sending.cancel()
    expect(editor!.steps).toHaveLength(steps + 1)
    expect(sentOf(tab).kind).toBe('rect')
  })

  it('comes back after a reload, and with the run that was sent', async () => {
    const browser = new FakeBrowser()
    const tab = await largeTab(browser)
    await drag(tab, 'move', 300, 40)
    const sent = sentOf(tab)
    await pass(1000)
    const again = await openTab(browser, { name: tab.tab })
    await pass(1000)
    expect(sentOf(again)).toEqual(sent)
    expect(partOf(again)).toEqual(partOf(tab))
  })
})

it('a mask outside the part stands in the way of a run, and one press frames it', async () => {
  const tab = await largeTab()
  await tab.app.sending.choose({ kind: 'rect', rect: { x: 1500, y: 1000, width: 400, height: 300 } })
  expect(partOf(tab)!.mask).toBe('none')
  expect(obstaclesOf(tab)).toEqual(['mask-outside'])
  void tab.app.runner.start()
  await pass(5000)
  expect(tab.backend.calls.create).toBe(0)
  await tab.app.sending.reset()
  expect(obstaclesOf(tab)).toEqual([])
})

it('where detail would be lost, one press has the model work at a fitting size', async () => {
  const tab = await largeTab()
  await tab.app.sending.choose({ kind: 'around', context: 100 })
  await tab.app.sending.settle()
  expect(partOf(tab)!.relief).not.toBeNull()
  await tab.app.sending.relieve()
  const { region, size, relief } = partOf(tab)!
  expect(region.width / size.width).toBeLessThan(2.5)
  expect(relief).toBeNull()
  tab.app.session.undo()
  expect(partOf(tab)!.isWhole).toBe(true)
})

it('the whole picture is one switch, also where a large mask fills it at the usual context', async () => {
  const tab = await largeTab()
  paint(tab, 100, 100, 1800, 900)
  await pass(100)
  expect(partOf(tab)).toMatchObject({ isWhole: true, context: 100 })
  await tab.app.sending.setWhole(false)
  expect(partOf(tab)).toMatchObject({ isWhole: false, mask: 'all' })
  await tab.app.sending.setWhole(true)
  expect(partOf(tab)!.isWhole).toBe(true)
  expect(sentOf(tab)).toEqual({ kind: 'around', context: 100 })
})

it('the copy that was sent is freed when the backend has read it, and the picture is not', async () => {
  const tab = await largeTab()
  const { backend, app } = tab
  const made = backend.create.bind(backend)
  const reads: (() => void)[] = []
  const create: Backend['create'] = (input, signal, onSend, onRead) => {
    if (onRead) reads.push(onRead)
    return made(input, signal, onSend)
  }
  Object.assign(backend, { create })
  void app.runner.start()
  await pass(500)
  const { image, mask } = backend.inputs[0]
  expect([image, mask].some(({ data }) => data.length === 0)).toBe(false)
  for (const onRead of reads) onRead()
  expect([reads.length, image.data.length, mask.data.length]).toEqual([1, 0, 0])
  const { source } = app.session.store.getState()
  expect(readPicture(source!, { x: 0, y: 0, width: 8, height: 8 }).data).toHaveLength(256)
})
