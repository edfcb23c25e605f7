import { expect, it, vi } from 'vitest'
import { createLazyRoom } from './lazyRoom'

const MISSING = new TypeError('Failed to fetch dynamically imported module')
const REFUSED = new DOMException('', 'UnknownError')

const room = {
  double: (value: number) => value * 2,
  fail: (): Promise<number> => Promise.reject(REFUSED),
}

function lazyRoom(...fetches: (() => Promise<typeof room>)[]) {
  const reported: unknown[] = []
  const fetchRoom = vi.fn<() => Promise<typeof room>>(() =>
    (fetches.shift() ?? (() => Promise.resolve(room)))(),
  )
  return { ...createLazyRoom(fetchRoom, (error) => reported.push(error)), fetchRoom, reported }
}

it('is fetched once, at its first use', async () => {
  const { action, value, fetchRoom } = lazyRoom()
  expect(fetchRoom).not.toHaveBeenCalled()
  expect(await Promise.all([action(({ double }) => double)(2), value(({ double }) => double)(3)])).toEqual([
    4, 6,
  ])
  expect(fetchRoom).toHaveBeenCalledOnce()
})

it('that could not be fetched is fetched again by the next call', async () => {
  const { action, reported } = lazyRoom(() => Promise.reject(MISSING))
  const double = action((loaded) => loaded.double)
  expect(await double(2)).toBeUndefined()
  expect(reported).toEqual([MISSING])
  expect(await double(2)).toBe(4)
})

it('an action that fails is reported, a value that fails is the caller\u2019s', async () => {
  const { action, value, reported } = lazyRoom()
  expect(await action(({ fail }) => fail)()).toBeUndefined()
  expect(reported).toEqual([REFUSED])
  await expect(value(({ fail }) => fail)()).rejects.toBe(REFUSED)
  expect(reported).toHaveLength(1)
})
