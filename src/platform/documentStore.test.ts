import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { stepsTo } from '../core/document/stepTree'
import { at, BASE, CONTENTS, CREATED, openPage, step, type Store, WRITE } from './documentStore.testkit'

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
