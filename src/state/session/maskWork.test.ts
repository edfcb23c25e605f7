import { expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { inFakeTime, pass } from '../tab.testkit'
import { createMaskWork } from './maskWork'

inFakeTime()

const lasting = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

it('work is said from 150 ms on, until the last of it ends, also by an error', async () => {
  const store = createStore(() => ({ isSlow: false }))
  const seen: boolean[] = []
  store.subscribe(({ isSlow }) => seen.push(isSlow))
  const watch = createMaskWork(store)
  void watch(lasting(140))
  await pass(300)
  expect(seen).toEqual([])
  void watch(lasting(400))
  await pass(200)
  expect(seen).toEqual([true])
  const failed = watch(lasting(300).then(() => Promise.reject(new Error('worker'))))
  failed.catch(() => {})
  await pass(250)
  expect(seen).toEqual([true])
  await pass(100)
  expect(seen).toEqual([true, false])
})
