import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import fc from 'fast-check'
import { openDB } from 'idb'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { at, CONTENTS, CREATED, openPage, type Store, WRITE } from './documentStore.testkit'

let store: Store

beforeEach(async () => {
  vi.stubGlobal('indexedDB', new IDBFactory())
  store = await openPage()
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
