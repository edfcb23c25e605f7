import * as v from 'valibot'
import { describe, expect, it, vi } from 'vitest'
import type { KeyValueStorage } from '../ports'
import { createPersisted } from './persisted'
import { memoryStorage } from './shell.testkit'

const refusing: KeyValueStorage = {
  getItem: () => {
    throw new DOMException('blocked', 'SecurityError')
  },
  setItem: () => {
    throw new DOMException('full', 'QuotaExceededError')
  },
  removeItem: () => {},
}

const options = {
  name: 'test',
  version: 1,
  initial: { a: 1, b: 'x', secret: 'never' },
  entries: { a: v.number(), b: v.string() },
}

describe('a persisted store', () => {
  it('has what was stored, and stores no more than its entries', () => {
    const disk = memoryStorage()
    const first = createPersisted({ ...options, storage: disk, onWriteError: () => {} })
    first.setState({ a: 7, secret: 'typed' })
    expect(JSON.stringify(disk.held)).not.toContain('typed')
    const again = createPersisted({ ...options, storage: disk, onWriteError: () => {} })
    expect(again.getState()).toEqual({ a: 7, b: 'x', secret: 'never' })
  })

  it('takes what fits of damaged data, value by value', () => {
    for (const [stored, a, b] of [
      ['{"state":{"a":5,"b":9}}', 5, 'x'],
      ['{"state":{"a":"5","b":"y"}}', 1, 'y'],
      ['{"state":null}', 1, 'x'],
      ['[]', 1, 'x'],
      ['not json', 1, 'x'],
      ['{"state":{"__proto__":{"a":3}}}', 1, 'x'],
    ] as const) {
      const store = createPersisted({
        ...options,
        storage: memoryStorage({ test: stored }),
        onWriteError: () => {},
      })
      expect(store.getState()).toMatchObject({ a, b })
    }
  })

  it('writes what a full storage refused as soon as there is room, as it is by then', () => {
    vi.useFakeTimers()
    const disk = memoryStorage()
    let isFull = true
    const full = {
      ...disk,
      setItem(key: string, value: string) {
        if (isFull) throw new DOMException('full', 'QuotaExceededError')
        disk.setItem(key, value)
      },
    }
    const store = createPersisted({ ...options, storage: full, onWriteError: () => {} })
    store.setState({ a: 2 })
    store.setState({ b: 'y' })
    vi.advanceTimersByTime(25_000)
    expect(disk.held).toEqual({})
    isFull = false
    vi.advanceTimersByTime(10_000)
    const again = createPersisted({ ...options, storage: disk, onWriteError: () => {} })
    expect(again.getState()).toMatchObject({ a: 2, b: 'y' })
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })

  it('works in memory where the storage is full, blocked or missing, and says so', () => {
    const errors: unknown[] = []
    const store = createPersisted({
      ...options,
      storage: refusing,
      onWriteError: (cause) => errors.push(cause),
    })
    store.setState({ a: 2 })
    expect(store.getState().a).toBe(2)
    expect(errors).toHaveLength(1)
    const without = createPersisted({
      ...options,
      storage: null,
      onWriteError: (cause) => errors.push(cause),
    })
    without.setState({ a: 3 })
    expect(without.getState().a).toBe(3)
    expect(errors).toHaveLength(1)
  })
})
