import { afterEach, expect, it, vi } from 'vitest'
import { freeBytes } from './freeBytes'

afterEach(() => void vi.unstubAllGlobals())

function expectFreed(): void {
  const bytes = new Uint8Array(64)
  const pairs = new Uint16Array(bytes.buffer)
  freeBytes(bytes)
  expect(bytes).toHaveLength(0)
  expect(pairs).toHaveLength(0)
  freeBytes(bytes)
}

it('leaves no element of an array, nor of another over the same bytes', expectFreed)

it('hands the bytes to what frees them as it is closed, where there is such', () => {
  const open = new Set<number>()
  let made = 0
  class TakeOver {
    private readonly bytes: number
    constructor({
      data,
      transfer,
      numberOfFrames,
    }: {
      data: ArrayBuffer
      transfer: ArrayBuffer[]
      numberOfFrames: number
    }) {
      this.bytes = structuredClone(data, { transfer }).byteLength
      expect(this.bytes).toBe(numberOfFrames)
      open.add(this.bytes)
      made++
    }
    close(): void {
      open.delete(this.bytes)
    }
  }
  vi.stubGlobal('AudioData', TakeOver)
  expectFreed()
  expect([made, open.size]).toEqual([1, 0])
})

it('frees by itself what cannot be handed over', () => {
  const refuse = vi.fn(() => {
    throw new TypeError('not here')
  })
  vi.stubGlobal('AudioData', refuse)
  expectFreed()
  expect(refuse).toHaveBeenCalledTimes(1)
})
