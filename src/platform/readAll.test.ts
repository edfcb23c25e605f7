import { expect, it } from 'vitest'
import { blobOf } from './blobOf'
import { readAll } from './readAll'

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
