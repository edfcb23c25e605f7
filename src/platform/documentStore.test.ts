import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import fc from 'fast-check'
import { openDB } from 'idb'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { DRAFT_VERSION_1, DRAFT_VERSION_2 } from '../core/document/codec/storedVersions.testkit'
import { stepsTo } from '../core/document/stepTree'
import type { DocumentContents, NumberedStep } from '../core/document/storedDocument'
import type { MaskCommand } from '../core/mask/command/maskCommand'
import { encodeCommands } from '../core/mask/command/maskCodec'
import type * as documentShelf from './documentShelf'
import type * as documentStore from './documentStore'
import { DEFAULT_SENT } from '../core/document/sentArea'

type Store = typeof documentStore & typeof documentShelf

const CONTENTS: DocumentContents = {
  frame: null,
  sent: DEFAULT_SENT,
  patches: [],
  regions: [],
  setup: null,
  viewport: null,
}
const BASE = {
  key: 'base',
  name: 'photo.png',
  link: { kind: 'file', name: 'photo.png', sha256: null },
} as const
const at = (n: number) => new Date(Date.UTC(2026, 10, 20) + n * 1000).toISOString()
const CREATED = {
  createdAt: at(0),
  base: BASE,
  size: { width: 60, height: 40 },
  from: null,
  file: new Blob(['picture']),
}
const COMMANDS: readonly MaskCommand[] = [{ kind: 'invert' }, { kind: 'clear' }]

function step(number: number, parent: number): NumberedStep {
  return { number, parent, at: at(number), command: COMMANDS[number % 2], area: 'mask', edit: null }
}

const WRITE = { id: 'a', writer: 'page', updatedAt: at(1), tip: 0, steps: [], maskUrls: new Map() }

/** A page of its own: it shares the disk and nothing else. */
async function openPage(): Promise<Store> {
  vi.resetModules()
  return { ...(await import('./documentStore')), ...(await import('./documentShelf')) }
}

let store: Store
beforeEach(async () => {
  vi.stubGlobal('indexedDB', new IDBFactory())
  store = await openPage()
})

describe('a stored document', () => {
  it('has the steps that were written, on every branch, whatever was undone in between', async () => {
    await store.writeDocument({ ...WRITE, created: CREATED, contents: CONTENTS })
    await store.writeDocument({ ...WRITE, tip: 2, steps: [step(1, 0), step(2, 1)] })
    await store.writeDocument({ ...WRITE, tip: 1 })
    await store.writeDocument({ ...WRITE, tip: 3, steps: [step(3, 1)], updatedAt: at(9) })
    const found = (await (await openPage()).readDocument('a', null))!
    expect(found.summary).toMatchObject({ id: 'a', base: BASE, tip: 3, updatedAt: at(9), createdAt: at(0) })
    expect(found.contents).toEqual(CONTENTS)
    expect(found.journal.steps).toEqual([step(1, 0), step(2, 1), step(3, 1)])
    expect(stepsTo(found.journal.steps, 3).map(({ number }) => number)).toEqual([1, 3])
  })

  it('is written by the page that claimed it last, and by no other', async () => {
    const other = await openPage()
    await store.writeDocument({ ...WRITE, created: CREATED, contents: CONTENTS })
    await other.readDocument('a', 'other')
    expect(await store.writeDocument({ ...WRITE, tip: 1, steps: [step(1, 0)] })).toBe('taken')
    expect(await other.writeDocument({ ...WRITE, writer: 'other', tip: 1, steps: [step(1, 0)] })).toBe(
      'written',
    )
    expect((await store.readDocument('a', null))!.journal.steps).toHaveLength(1)
  })

  it('that is gone is missing, until it is made anew', async () => {
    expect(await store.writeDocument({ ...WRITE, tip: 1, steps: [step(1, 0)] })).toBe('missing')
    const whole = { ...WRITE, tip: 1, steps: [step(1, 0)], created: CREATED, contents: CONTENTS }
    expect(await store.writeDocument(whole)).toBe('written')
    expect(await store.documentBytes('a')).toBeGreaterThanOrEqual(CREATED.file.size)
  })

  it('a star does not disturb whoever writes it', async () => {
    await store.writeDocument({ ...WRITE, created: CREATED, contents: CONTENTS })
    await (await openPage()).starDocument('a', true)
    expect(await store.writeDocument({ ...WRITE, tip: 1, steps: [step(1, 0)] })).toBe('written')
    expect((await store.readDocument('a', null))!.summary).toMatchObject({ starred: true, tip: 1 })
  })

  it('that is removed leaves nothing behind', async () => {
    for (const id of ['a', 'ab'])
      await store.writeDocument({
        ...WRITE,
        id,
        created: CREATED,
        contents: CONTENTS,
        tip: 1,
        steps: [step(1, 0)],
      })
    await store.saveDocumentThumbnail('a', new Blob(['small']))
    await store.removeDocuments(['a'])
    expect(await store.readDocument('a', null)).toBeNull()
    expect(await store.loadDocumentThumbnail('a')).toBeNull()
    expect((await store.readDocument('ab', null))!.journal.steps).toHaveLength(1)
    await store.writeDocument({ ...WRITE, created: CREATED, contents: CONTENTS })
    expect((await store.readDocument('a', null))!.journal.steps).toEqual([])
  })
})

describe('a document that is deleted', () => {
  const listed = async () => (await store.listDocuments(9, null)).documents.map(({ id }) => id)

  it('is in no list until it is brought back, and then as it was', async () => {
    for (const id of ['a', 'ab'])
      await store.writeDocument({
        ...WRITE,
        id,
        created: CREATED,
        contents: CONTENTS,
        tip: 1,
        steps: [step(1, 0)],
      })
    const before = await store.readDocument('a', null)
    await store.moveDocumentsToTrash(['a'])
    expect(await listed()).toEqual(['ab'])
    expect((await store.countDocuments()).readable).toBe(1)
    expect(await store.inTrash(['a', 'ab'])).toEqual(['a'])
    await store.takeDocumentsFromTrash(['a'])
    expect((await listed()).toSorted()).toEqual(['a', 'ab'])
    expect(await store.readDocument('a', null)).toEqual(before)
  })

  it('stays where a tab opens it meanwhile; else the archive sweeps it in time, with its files', async () => {
    const { ARCHIVE } = await import('./archiveStore')
    const db = await (await import('./database')).database()
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      for (const id of ['opened', 'gone'])
        await store.writeDocument({
          ...WRITE,
          id,
          created: { ...CREATED, base: { ...BASE, key: id } },
          contents: CONTENTS,
          steps: [step(1, 0)],
        })
      await store.saveDocumentThumbnail('gone', new Blob(['small']))
      await store.moveDocumentsToTrash(['opened', 'gone'])
      await store.readDocument('opened', 'page')
      await ARCHIVE.sweep()
      expect(await db.getAllKeys('documents')).toEqual(['gone', 'opened'])
      vi.setSystemTime(Date.now() + 6 * 60_000)
      await ARCHIVE.sweep()
      for (const name of ['documents', 'contents', 'sources'] as const)
        expect(await db.getAllKeys(name)).toEqual(['opened'])
      expect(await db.getAllKeys('steps')).toEqual([['opened', 1]])
      for (const name of ['documentThumbnails', 'trash'] as const)
        expect(await db.getAllKeys(name)).toEqual([])
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('a list of documents', () => {
  it('has every document with a picture once, last changed first, in pages of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,3}$/), fc.nat(4)), {
          selector: ([id]) => id,
          maxLength: 12,
        }),
        fc.integer({ min: 1, max: 5 }),
        async (made, max) => {
          vi.stubGlobal('indexedDB', new IDBFactory())
          const page = await openPage()
          for (const [id, second] of made)
            await page.writeDocument({
              ...WRITE,
              id,
              updatedAt: at(second),
              created: CREATED,
              contents: CONTENTS,
            })
          await page.writeDocument({
            ...WRITE,
            id: 'form',
            created: { ...CREATED, base: null, file: null },
            contents: CONTENTS,
          })
          const listed: string[] = []
          let after: Parameters<Store['listDocuments']>[1] = null
          do {
            const { documents, next } = await page.listDocuments(max, after)
            listed.push(...documents.map(({ id }) => id))
            after = next
          } while (after)
          const expected = made.toSorted(([a, x], [b, y]) => y - x || (a < b ? 1 : -1)).map(([id]) => id)
          expect(listed).toEqual(expected)
        },
      ),
      { numRuns: 20 },
    )
  })

  it('goes on past what is damaged, which is counted and left alone', async () => {
    for (let n = 0; n < 6; n++)
      await store.writeDocument({
        ...WRITE,
        id: `d${n}`,
        updatedAt: at(n),
        created: CREATED,
        contents: CONTENTS,
      })
    const db = await openDB('pentimento', 3)
    await db.put('documents', { id: 'd1', updatedAt: at(1), base: 7 })
    await db.put('documents', { id: 'd4' })
    expect((await store.listDocuments(9, null)).documents.map(({ id }) => id)).toEqual([
      'd5',
      'd3',
      'd2',
      'd0',
    ])
    expect(await store.countDocuments()).toEqual({ readable: 4, damaged: 2 })
    expect(await db.get('documents', 'd1')).toEqual({ id: 'd1', updatedAt: at(1), base: 7 })
  })

  it('keeps the newest forms of closed tabs', async () => {
    const form = { ...CREATED, base: null, file: null }
    for (let n = 0; n < 5; n++)
      await store.writeDocument({
        ...WRITE,
        id: `f${n}`,
        updatedAt: at(n),
        created: form,
        contents: CONTENTS,
      })
    await store.writeDocument({ ...WRITE, updatedAt: at(0), created: CREATED, contents: CONTENTS })
    await store.sweepForms(2, (id) => id === 'f0')
    const left = await (await openDB('pentimento', 3)).getAllKeys('documents')
    expect(left).toEqual(['a', 'f0', 'f3', 'f4'])
  })
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
