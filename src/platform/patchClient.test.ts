import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Patch } from '../core/document/document'
import { createRgba, type RgbaImage } from '../core/image/raster'
import { composeInWorker, openLiveBlend } from './patchClient'
import { SLICE_BYTES } from './readAll'

/** Reads what a message holds, without an answer. */
class FakeWorker extends EventTarget {
  static readonly sent: { message: unknown; moved: readonly Transferable[] }[] = []
  postMessage(message: unknown, moved: readonly Transferable[] = []): void {
    FakeWorker.sent.push({ message, moved })
  }
}

function buffersIn(value: unknown): ArrayBuffer[] {
  if (value instanceof ArrayBuffer) return [value]
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer]
  return typeof value === 'object' && value ? Object.values(value).flatMap(buffersIn) : []
}

function picture(seed: number): RgbaImage {
  const image = createRgba(2048, 3072)
  for (let i = 0; i < image.data.length; i += 997) image.data[i] = (i * seed) % 256
  return image
}

const patch = { id: 'p' } as Patch

beforeEach(() => {
  FakeWorker.sent.length = 0
  vi.stubGlobal('Worker', FakeWorker)
  vi.stubGlobal('location', new URL('http://127.0.0.1/'))
})
afterEach(() => vi.unstubAllGlobals())

it.each([
  ['compose', (job: { patch: Patch; pixels: RgbaImage; below: RgbaImage }) => composeInWorker(job)],
  [
    'openLive',
    (job: { patch: Patch; pixels: RgbaImage; below: RgbaImage }) =>
      openLiveBlend({ ...job, above: [{ patch, pixels: job.pixels }] }),
  ],
])('%s leaves the browser no large picture to copy, and keeps what a patch is made of', async (_, send) => {
  const [pixels, below] = [picture(3), picture(5)]
  let tasks = 0
  const count = () => {
    if (FakeWorker.sent.length > 0) return
    tasks++
    setImmediate(count)
  }
  setImmediate(count)
  void send({ patch, pixels, below })
  await expect.poll(() => FakeWorker.sent).toHaveLength(1)
  const { message, moved } = FakeWorker.sent[0]
  const large = buffersIn(message).filter(({ byteLength }) => byteLength > SLICE_BYTES)
  expect(large.length).toBeGreaterThan(1)
  expect(large.every((buffer) => moved.includes(buffer))).toBe(true)
  expect(moved.includes(pixels.data.buffer)).toBe(false)
  const own = Buffer.from(pixels.data.buffer)
  const copies = large.filter((buffer) => own.equals(Buffer.from(buffer)))
  expect(copies.length).toBe(large.length - 1)
  expect(tasks).toBeGreaterThan(0)
})
