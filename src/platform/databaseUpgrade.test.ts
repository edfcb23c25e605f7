import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { openDB } from 'idb'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { DRAFT_VERSION_1, DRAFT_VERSION_2 } from '../core/document/codec/storedVersions.testkit'
import { encodeCommands } from '../core/mask/command/maskCodec'
import { at, COMMANDS, CONTENTS, CREATED, openPage, step, type Store, WRITE } from './documentStore.testkit'

let store: Store

beforeEach(async () => {
  vi.stubGlobal('indexedDB', new IDBFactory())
  store = await openPage()
})

/** The database as an earlier version of it was made and filled. */
async function fillVersion(version: 1 | 2) {
  const old = await openDB('pentimento', version, {
    upgrade(db) {
      if (version === 2) for (const name of ['stars', 'trash']) db.createObjectStore(name)
      db.createObjectStore('runs', { keyPath: 'id' }).createIndex('createdAt', 'createdAt')
      for (const name of ['outputs', 'thumbnails', 'sources', 'journal']) db.createObjectStore(name)
      db.createObjectStore('drafts', { keyPath: 'tabId' })
    },
  })
  const patch = { id: 'p', rect: { x: 0, y: 0, width: 2, height: 2 }, file: new Blob(['png']) }
  await old.put('runs', { id: 'run', createdAt: at(0) })
  await old.put('sources', new Blob(['picture']), DRAFT_VERSION_1.base.key)
  await old.put('drafts', DRAFT_VERSION_1)
  await old.put('drafts', { ...DRAFT_VERSION_2.draft, version: 3, tabId: 'second', generation: 1 })
  await old.put('drafts', { tabId: 'broken', generation: 1, version: 99 })
  await old.put('journal', { command: encodeCommands([COMMANDS[0]]) }, ['tab', 2, 0])
  await old.put('journal', { command: encodeCommands([COMMANDS[1]]) }, ['tab', 3, 0])
  await old.put('journal', { command: encodeCommands([COMMANDS[0]]), area: 'sampling', patch }, ['tab', 3, 1])
  return old
}

describe('the database of an earlier version', () => {
  it.each([1, 2] as const)(
    '%i opens: drafts become documents with their steps, runs and files stay, what is damaged is set aside',
    async (version) => {
      ;(await fillVersion(version)).close()
      const found = (await store.readDocument('tab', 'page'))!
      expect(found.summary).toMatchObject({
        tip: 2,
        base: DRAFT_VERSION_1.base,
        updatedAt: DRAFT_VERSION_1.updatedAt,
      })
      expect(found.contents).toMatchObject({ frame: DRAFT_VERSION_1.frame, setup: DRAFT_VERSION_1.setup })
      expect(found.journal.steps).toMatchObject([
        { number: 1, parent: 0, command: COMMANDS[1], area: 'mask', edit: null },
        { number: 2, parent: 1, command: COMMANDS[0], area: 'sampling', edit: { patch: { id: 'p' } } },
      ])
      expect((await store.readDocument('second', null))!.contents.patches).toEqual(DRAFT_VERSION_2.says)
      expect(await store.countDocuments()).toEqual({ readable: 2, damaged: 1 })
      const db = await openDB('pentimento', 3)
      expect(await db.count('runs')).toBe(1)
      expect(await db.getAllKeys('sources')).toEqual([DRAFT_VERSION_1.base.key])
      expect([...db.objectStoreNames]).not.toContain('drafts')
      expect(await db.count('stars')).toBe(0)
    },
  )

  it('waits for an older page that has it open, and says so where that one does not let go', async () => {
    const old = await fillVersion(2)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const reading = store.readDocument('tab', null)
    const failing = expect(reading).rejects.toMatchObject({ code: 'storage/blocked' })
    for (let ms = 0; ms < 5000; ms += 100) {
      // The database tells that it is blocked by tasks of its own.
      await new Promise((resolve) => setImmediate(resolve))
      await vi.advanceTimersByTimeAsync(100)
    }
    await failing
    vi.useRealTimers()
    old.close()
    expect(await store.readDocument('tab', null)).not.toBeNull()
  })

  it('that a newer page has upgraded is written no more', async () => {
    await store.writeDocument({ ...WRITE, created: CREATED, contents: CONTENTS })
    const newer = await openDB('pentimento', 4)
    await expect(store.writeDocument({ ...WRITE, tip: 1, steps: [step(1, 0)] })).rejects.toMatchObject({
      code: 'storage/newer',
    })
    expect(await newer.count('steps')).toBe(0)
  })
})
