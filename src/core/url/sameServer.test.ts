import { expect, it } from 'vitest'
import { isSameServer } from './sameServer'

it.each([
  ['http://127.0.0.1:9000', 'http://localhost:9000', true],
  ['http://[::1]:9000', 'http://localhost:9000', true],
  ['http://127.0.0.1', 'http://localhost', true],
  ['https://a.example', 'https://a.example', true],
  ['http://127.0.0.1:9000', 'http://localhost:9001', false],
  ['http://127.0.0.1:9000', 'https://localhost:9000', false],
  ['http://127.0.0.1', 'http://127.0.0.1.evil.example', false],
  ['http://localhost', 'http://localhost.evil.example', false],
  ['https://a.example', 'https://b.example', false],
])('%s and %s are one server: %s', (a, b, same) => {
  expect(isSameServer(a, b)).toBe(same)
  expect(isSameServer(b, a)).toBe(same)
})
