import { describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { combineStores } from './combineStores'
import { derived } from './derived'

describe('stores', () => {
  it('joined, give the same object until one changes, and replace that part only', () => {
    const a = createStore(() => ({ n: 1 }))
    const b = createStore(() => ({ m: 1 }))
    const all = combineStores({ a, b })
    const before = all.read()
    expect(all.read()).toBe(before)
    let told = 0
    const end = all.subscribe(() => told++)
    a.setState({ n: 2 })
    expect(all.read()).toEqual({ a: { n: 2 }, b: { m: 1 } })
    expect(all.read().b).toBe(before.b)
    expect(told).toBe(1)
    end()
    b.setState({ m: 2 })
    expect(told).toBe(1)
  })

  it('derived values are computed when an input changes, and only then', () => {
    let computed = 0
    const sum = derived(
      ({ a, b }: { a: number; b: number; c?: number }) => [a, b] as const,
      (a, b) => {
        computed++
        return { sum: a + b }
      },
    )
    const first = sum({ a: 1, b: 2 })
    expect(sum({ a: 1, b: 2, c: 9 })).toBe(first)
    expect(computed).toBe(1)
    expect(sum({ a: 1, b: 3 })).toEqual({ sum: 4 })
    expect(computed).toBe(2)
  })
})
