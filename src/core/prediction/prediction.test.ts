import { describe, expect, it } from 'vitest'
import { seedOf } from './prediction'

describe('the seed of an output', () => {
  it('is its own, or the one that the backend tells of all', () => {
    expect([0, 1, 2].map((place) => seedOf([7, 8, 9], place))).toEqual([7, 8, 9])
    expect([0, 1, 2].map((place) => seedOf([7], place))).toEqual([7, 7, 7])
    expect(seedOf([], 0)).toBeNull()
    expect(seedOf([7, 8], 2)).toBeNull()
  })
})
