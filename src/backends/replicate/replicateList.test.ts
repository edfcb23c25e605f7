import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findLost } from './replicateList'

const sentAt = Date.parse('2026-03-01T12:00:00.000Z')
const params = { prompt: 'a cat', seed: 5 }
const HASH = 'ab'.repeat(32)
const version = `owner/name:${HASH}`

function listed(id: string, change: Record<string, unknown> = {}) {
  return {
    id,
    status: 'processing',
    created_at: '2026-03-01T12:00:01.412345Z',
    input: { ...params, image: 'https://replicate.delivery/x.png' },
    ...change,
  }
}

function find(results: unknown, known: readonly string[] = []) {
  return findLost({ results }, { params, sentAt, known: new Set(known) }, version)?.id ?? null
}

describe('findLost', () => {
  it('takes what was created since with the same inputs', () => {
    expect(find([listed('other', { input: { prompt: 'a dog', seed: 5 } }), listed('mine')])).toBe('mine')
  })

  it.each([
    ['with an input that was not sent', listed('a', { input: { ...params, strength: 0.5 } })],
    ['of another version', listed('a', { version: 'cd'.repeat(32) })],
    ['of another seed', listed('a', { input: { prompt: 'a cat', seed: 6 } })],
    ['without its input', listed('a', { input: undefined })],
    ['made an hour before', listed('a', { created_at: '2026-03-01T11:00:00Z' })],
    ['without a date', listed('a', { created_at: null })],
    ['of a run that is known', listed('known')],
    ['without an id', listed('a', { id: undefined })],
  ])('leaves one %s', (_name, item) => {
    expect(find([item], ['known'])).toBeNull()
  })

  it('takes none of two that fit', () => {
    expect(find([listed('a'), listed('b')])).toBeNull()
    expect(find([listed('a'), listed('b')], ['a'])).toBe('b')
  })

  it.each([
    ['of the same version', listed('mine', { version: HASH })],
    ['of a model without a version', listed('mine', { version: 'owner/name' })],
    ['without its pictures', listed('mine', { input: params })],
    ['with a secret', listed('mine', { input: { ...params, hf_token: '[REDACTED]' } })],
    ['of a server whose clock is behind', listed('mine', { created_at: '2026-03-01T11:58:00Z' })],
  ])('takes one %s', (_name, item) => {
    expect(find([item])).toBe('mine')
  })

  it('takes the one created after the send before an earlier one', () => {
    const earlier = listed('colleague', { created_at: '2026-03-01T11:59:00Z' })
    expect(find([earlier, listed('mine')])).toBe('mine')
  })

  it('makes nothing of anything else, and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        expect(findLost(body, { params, sentAt, known: new Set() }, version)).toBeNull()
      }),
    )
  })
})
