import { expect, it } from 'vitest'
import { freeBytes } from './freeBytes'

it('leaves no element of an array, nor of another over the same bytes', () => {
  const bytes = new Uint8Array(64)
  const pairs = new Uint16Array(bytes.buffer)
  freeBytes(bytes)
  expect(bytes).toHaveLength(0)
  expect(pairs).toHaveLength(0)
})
