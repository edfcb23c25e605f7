import { expect, it, vi } from 'vitest'
import { blobOf } from './blobOf'
import { readAll, readBlob, SLICE_BYTES } from './readAll'

function streamOf(parts: readonly Uint8Array[], onCancel = () => {}): ReadableStream<Uint8Array> {
  const left = [...parts]
  return new ReadableStream({
    pull(controller) {
      const part = left.shift()
      if (part) controller.enqueue(part)
      else controller.close()
    },
    cancel: onCancel,
  })
}

const PARTS = [Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(3)]
const tooLarge = () => new RangeError('too large')

it('joins the parts, and hands each on as it arrives', async () => {
  const seen: number[] = []
  const bytes = await readAll(streamOf(PARTS), 3, tooLarge, (part) => seen.push(...part))
  expect([...bytes]).toEqual([1, 2, 3])
  expect(seen).toEqual([1, 2, 3])
})

it('cancels a stream that goes over the limit and hands nothing of it on', async () => {
  let canceled = false
  const seen: number[] = []
  const stream = streamOf(PARTS, () => (canceled = true))
  await expect(readAll(stream, 2, tooLarge, (part) => seen.push(...part))).rejects.toThrow('too large')
  expect(seen).toEqual([1, 2])
  expect(canceled).toBe(true)
})

it('passes on what a broken stream throws', async () => {
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.error(new Error('broken')),
  })
  await expect(readAll(stream, 9, tooLarge)).rejects.toThrow('broken')
})

it('joins a large stream, and makes a blob of it, in several tasks', async () => {
  const parts = [5, 6, 7].map((mb, i) => new Uint8Array(mb * 2 ** 20).fill(i + 1))
  let tasks = 0
  let isOver = false
  const count = () => {
    if (isOver) return
    tasks++
    setImmediate(count)
  }
  setImmediate(count)
  const bytes = await readAll(streamOf(parts), 2 ** 25, tooLarge)
  const joined = tasks
  const blob = await blobOf(bytes, 'image/png')
  isOver = true
  expect(Buffer.from(bytes).equals(Buffer.concat(parts))).toBe(true)
  expect([blob.type, Buffer.from(await blob.arrayBuffer()).equals(bytes)]).toEqual(['image/png', true])
  expect(joined).toBeGreaterThan(0)
  expect(tasks).toBeGreaterThan(joined)
})

it('makes a blob of a stream as it comes: no more than a slice of it is held', async () => {
  const parts = [3, 6, 1, 8, 0.5, 7.5].map((mb, i) => new Uint8Array(mb * 2 ** 20).fill(i + 1))
  const held: number[] = []
  class SeenBlob extends Blob {
    constructor(from: BlobPart[] = [], options?: BlobPropertyBag) {
      super(from, options)
      held.push(from.reduce((sum, part) => sum + (part instanceof Uint8Array ? part.length : 0), 0))
    }
  }
  vi.stubGlobal('Blob', SeenBlob)
  const blob = await readBlob(streamOf(parts), 2 ** 25, tooLarge)
  const empty = await readBlob(streamOf([]), 9, tooLarge)
  vi.unstubAllGlobals()
  expect(Buffer.from(await blob.arrayBuffer()).equals(Buffer.concat(parts))).toBe(true)
  expect(Math.max(...held)).toBeLessThanOrEqual(SLICE_BYTES)
  expect(empty.size).toBe(0)
  await expect(readBlob(streamOf(PARTS), 2, tooLarge)).rejects.toThrow('too large')
})
