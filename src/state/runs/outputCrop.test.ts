import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createRgba, type RgbaImage } from '../../core/image/raster'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { cropOf, newestRun, pass, ran, readyTab } from '../tab.testkit'
import { heldCrop } from './outputCrop'

beforeEach(() => {
  vi.useFakeTimers()
  // Memory that is free to be taken is taken at once.
  vi.stubGlobal(
    'WeakRef',
    class {
      deref() {
        return undefined
      }
    },
  )
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('pixels of an output are held until they are on disk; one read then serves all who ask meanwhile', async () => {
  const image = createRgba(3, 2)
  const answers: ((pixels: RgbaImage) => void)[] = []
  const held = () => Promise.resolve(image)
  const crop = heldCrop(image, held, () => new Promise((resolve) => answers.push(resolve)))
  expect([crop.width, crop.height, await crop.read()]).toEqual([3, 2, image])
  crop.release()
  const [first, second] = [crop.read(), crop.read()]
  expect(answers).toHaveLength(1)
  const stored = createRgba(3, 2)
  answers[0](stored)
  expect([await first, await second]).toEqual([stored, stored])
  void crop.read()
  expect(answers).toHaveLength(2)
})

it('a read that fails is no answer for the next one', async () => {
  const stored = createRgba(1, 1)
  let tries = 0
  const read = () => (tries++ === 0 ? Promise.reject(new Error('gone')) : Promise.resolve(stored))
  const crop = heldCrop(createRgba(1, 1), read, read)
  crop.release()
  await expect(crop.read()).rejects.toThrow('gone')
  expect(await crop.read()).toBe(stored)
})

it('what a run made is the same from disk, byte by byte: exported, applied, and after a reload', async () => {
  const browser = new FakeBrowser()
  const tab = await readyTab(browser)
  const { output } = await ran(tab)
  const pixels = await cropOf(output)
  expect([...browser.outputs.keys()].length).toBeGreaterThan(0)
  expect(await cropOf(output)).not.toBe(pixels)
  expect((await cropOf(output)).data).toEqual(pixels.data)
  expect([pixels.width, pixels.height]).toEqual([output.rect.width, output.rect.height])
})

it('bitmaps are made of what is shown, once each: not of pixels that are decoded, written or read again', async () => {
  const tab = await readyTab(new FakeBrowser())
  const { decode, place, pixels } = tab.ports.codec
  const drawn: boolean[] = []
  const reads = vi.fn(pixels)
  const decodes = vi.fn(decode)
  const placing: typeof place = (job, isDrawn) => {
    drawn.push(isDrawn)
    return place(job, isDrawn)
  }
  Object.assign(tab.ports.codec, { place: placing, pixels: reads, decode: decodes })
  const before = tab.bitmaps.size
  void tab.app.runner.start()
  await pass(5000)
  const { outputs } = newestRun(tab)
  for (const output of outputs) if (output.kind === 'ready') await cropOf(output)
  expect(outputs.length).toBeGreaterThan(0)
  expect(drawn.filter(Boolean)).toHaveLength(outputs.length)
  expect(tab.bitmaps.size - before).toBe(outputs.length)
  expect(reads).toHaveBeenCalled()
  expect(decodes).not.toHaveBeenCalled()
})
