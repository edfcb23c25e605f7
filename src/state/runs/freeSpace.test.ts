import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeTab } from '../fakePorts.testkit'
import type { ArchiveEntry } from './archiveState'
import { freedBytes, runsToClear } from './freeSpace'
import { keepPaidResult } from './persistence'
import type { Run } from './runs'

const DAY_MS = 86_400_000
const NOW = Date.parse('2026-11-20T10:00:00Z')

const entry = fc
  .record({
    id: fc.uuid(),
    age: fc.integer({ min: -5, max: 500 }),
    starred: fc.boolean(),
    end: fc.constantFrom('open', 'succeeded', 'failed'),
    files: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 }),
  })
  .map(({ age, ...rest }) =>
    Object.assign(rest, { createdAt: new Date(NOW - age * DAY_MS).toISOString() }),
  ) as unknown as fc.Arbitrary<ArchiveEntry>
const entries = fc.uniqueArray(entry, { selector: ({ id }) => id, maxLength: 8 })
const days = fc.constantFrom(0, 7, 30, 365)

describe('free space', () => {
  it('takes what is old enough, never what is on, a star that is to stay, or a run of a time to come', () => {
    fc.assert(
      fc.property(entries, days, fc.boolean(), (all, age, keepStarred) => {
        const gone = new Set(runsToClear(all, { days: age, keepStarred }, NOW))
        for (const one of all) {
          const isOld = age === 0 || NOW - Date.parse(one.createdAt) > age * DAY_MS
          expect(gone.has(one)).toBe(isOld && one.end !== 'open' && !(keepStarred && one.starred))
        }
      }),
    )
  })

  it('frees what is stored now less what is stored after', () => {
    const files = new Map([
      ['a', 1],
      ['b', 10],
      ['c', 100],
      ['d', 1000],
    ])
    fc.assert(
      fc.property(entries, days, fc.subarray(['a', 'b', 'c', 'd']), (all, age, heldKeys) => {
        const held = new Set(heldKeys)
        const outputs = new Map(all.map(({ id }, place) => [id, 7 ** place]))
        const gone = runsToClear(all, { days: age, keepStarred: true }, NOW)
        const stored = (runs: readonly ArchiveEntry[]) => {
          const named = new Set([...held, ...runs.flatMap((run) => run.files)])
          const ofFiles = [...named].reduce((sum, key) => sum + (files.get(key) ?? 0), 0)
          return runs.reduce((sum, { id }) => sum + (outputs.get(id) ?? 0), ofFiles)
        }
        const rest = all.filter((one) => !gone.includes(one))
        const sizes = { outputs, files, held }
        expect(freedBytes(gone, all, sizes, false)).toBe(stored(all) - stored(rest))
        // What cannot be read may name any file.
        const ofOutputs = gone.reduce((sum, { id }) => sum + (outputs.get(id) ?? 0), 0)
        expect(freedBytes(gone, all, sizes, true)).toBe(ofOutputs)
      }),
    )
  })
})

describe('the browser is asked to keep what it stores', () => {
  const run = (backend: string, kind: 'ready' | 'failed') =>
    ({ record: { backend: { id: backend } }, outputs: [{ kind }] }) as unknown as Run

  it('once, with the first result that was paid for', async () => {
    const browser = new FakeBrowser()
    const { ports } = fakeTab(browser)
    let asked = 0
    Object.assign(ports.space, { persist: () => Promise.resolve(++asked < 0) })
    await keepPaidResult(ports, run('embedded', 'ready'))
    await keepPaidResult(ports, run('replicate', 'failed'))
    expect(asked).toBe(0)
    await keepPaidResult(ports, run('replicate', 'ready'))
    await keepPaidResult(fakeTab(browser).ports, run('replicate', 'ready'))
    await keepPaidResult(ports, run('replicate', 'ready'))
    expect(asked).toBe(1)
  })

  it('not where it does so already', async () => {
    const browser = new FakeBrowser()
    browser.isPersisted = true
    const { ports } = fakeTab(browser)
    Object.assign(ports.space, { persist: () => Promise.reject(new Error('asked')) })
    await expect(keepPaidResult(ports, run('replicate', 'ready'))).resolves.toBeUndefined()
  })
})
