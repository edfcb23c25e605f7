import { expect, it } from 'vitest'
import { sizeText } from './sizeText'

it.each([
  [0, '0 kB'],
  [92_400, '92 kB'],
  [999_600, '1 MB'],
  [1_940_000, '1.9 MB'],
  [31_000_000, '31 MB'],
  [11.2e9, '11 GB'],
])('%i bytes are %s', (bytes, text) => {
  expect(sizeText(bytes, 'en')).toBe(text)
})
