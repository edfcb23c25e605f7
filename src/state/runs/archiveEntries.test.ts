import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inFakeTime } from '../tab.testkit'
import { filterEntries, mergeEntries } from './archiveEntries'
import { type ArchiveEntry, EVERYTHING } from './archiveState'

inFakeTime()

const entry = fc.record({
  id: fc.string({ minLength: 1, maxLength: 4 }),
  createdAt: fc.constantFrom('2026-01-01', '2026-01-02', '2026-01-03'),
  searched: fc.constantFrom('a red door', '一只红色的猫', 'größe red'),
  model: fc.constantFrom('m', null),
  end: fc.constantFrom('open', 'failed'),
  starred: fc.boolean(),
}) as unknown as fc.Arbitrary<ArchiveEntry>

const entries = fc.uniqueArray(entry, { selector: ({ id }) => id })

describe('entries', () => {
  it('are in one order however they come', () => {
    fc.assert(
      fc.property(entries, fc.nat(), (all, seed) => {
        const cut = all.length === 0 ? 0 : seed % all.length
        const inOrder = mergeEntries([], all)
        expect(mergeEntries(mergeEntries([], all.slice(cut)), all.slice(0, cut))).toEqual(inOrder)
        expect(mergeEntries(inOrder, all)).toEqual(inOrder)
        expect(inOrder.map(({ createdAt }) => createdAt)).toEqual(
          inOrder
            .map(({ createdAt }) => createdAt)
            .toSorted()
            .toReversed(),
        )
      }),
    )
  })

  it.each([
    ['red', 2],
    ['RED  door', 1],
    ['door red', 1],
    ['红色', 1],
    ['红色 猫', 1],
    ['GRÖSSE', 0],
    ['Größe', 1],
    ['ｒｅｄ', 2],
    ['   ', 3],
    ['none', 0],
  ])('a search for “%s” finds %i', (text, count) => {
    const all = ['a red door', '一只红色的猫', 'größe red'].map((searched) => ({ searched }) as ArchiveEntry)
    expect(filterEntries(all, { ...EVERYTHING, text })).toHaveLength(count)
  })

  it('that a filter leaves are all that fit every part of it', () => {
    const query = fc.record({
      text: fc.constantFrom('', 'red', '猫'),
      model: fc.constantFrom(undefined, null, 'm'),
      end: fc.constantFrom(null, 'open' as const, 'failed' as const),
      starred: fc.boolean(),
    })
    fc.assert(
      fc.property(entries, query, (all, wanted) => {
        const parts = [
          { ...EVERYTHING, text: wanted.text },
          { ...EVERYTHING, model: wanted.model },
          { ...EVERYTHING, end: wanted.end },
          { ...EVERYTHING, starred: wanted.starred },
        ].map((part) => new Set(filterEntries(all, part)))
        expect(filterEntries(all, wanted)).toEqual(all.filter((one) => parts.every((part) => part.has(one))))
      }),
    )
  })
})
