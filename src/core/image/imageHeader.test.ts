import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readImageHeader } from './imageHeader'

const sample = (name: string) => readFileSync(new URL(`../../../public/samples/${name}`, import.meta.url))

it.each([
  ['chelsea.jpg', 451, 300],
  ['coffee.jpg', 600, 400],
  ['rocket.jpg', 640, 427],
])('%s is a JPEG of %d x %d', (name, width, height) => {
  expect(readImageHeader(sample(name))).toEqual({ format: 'jpeg', size: { width, height } })
})

it('a 32-byte WebP tells its 16,383 px before it is decoded', () => {
  const bytes = new Uint8Array(32)
  bytes.set([...'RIFF'].map((c) => c.charCodeAt(0)))
  bytes.set(
    [...'WEBPVP8L'].map((c) => c.charCodeAt(0)),
    8,
  )
  new DataView(bytes.buffer).setUint32(21, 16382 | (16382 << 14), true)
  expect(readImageHeader(bytes)).toEqual({ format: 'webp', size: { width: 16383, height: 16383 } })
})

it.each([
  ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'svg'],
  ['<?xml version="1.0"?>\n<!-- x --><svg></svg>', 'svg'],
])('%s is SVG', (text, format) => {
  expect(readImageHeader(new TextEncoder().encode(text))?.format).toBe(format)
})

it('text is no picture, and no bytes throw', () => {
  expect(readImageHeader(new TextEncoder().encode('hello, I am text'))).toBeNull()
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(0, 1, 2, 3), (bytes, kind) => {
      const starts = [
        [0xff, 0xd8, 0xff],
        [0x89, 0x50, 0x4e, 0x47],
        [0x52, 0x49, 0x46, 0x46],
        [0, 0, 0, 28, 0x66, 0x74, 0x79, 0x70],
      ]
      bytes.set(starts[kind].slice(0, bytes.length))
      readImageHeader(bytes)
    }),
  )
})
