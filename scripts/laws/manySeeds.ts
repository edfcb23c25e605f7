import type FastCheck from 'fast-check'
import type { IAsyncProperty, IProperty, Parameters } from 'fast-check'
import { vi } from 'vitest'
import './equalBytes.ts'

/** How long each law is tried. */
const SEARCH_MS = 5000
/** The real clock: tests fake theirs. */
const now = performance.now.bind(performance)

vi.mock('fast-check', async (importOriginal) => {
  const { default: fc } = await importOriginal<{ default: typeof FastCheck }>()

  /** `fc.assert` with a random seed, again and again until the time is over; what fails names its seed and counterexample. */
  function assert<Ts>(property: IAsyncProperty<Ts> | IProperty<Ts>, params?: Parameters<Ts>) {
    const end = now() + SEARCH_MS
    if (!property.isAsync()) {
      do void fc.assert(property, params)
      while (now() < end)
      return undefined
    }
    return (async () => {
      do await fc.assert(property, params)
      while (now() < end)
    })()
  }

  return { default: { ...fc, assert } }
})
