import { NamedFiles } from '../core/document/codec/namedFiles'
import { readRunOutline } from '../core/document/codec/runOutline'
import type { ArchiveApi, ArchivedRun, ArchiveSlice } from './archiveApi'
import { database } from './database'
import { documentOfTrashKey, stepsOf } from './documentKeys'

/** Records, or files, that are read at once: what is held of them is bounded by this. */
const PAGE = 100
/** Trash of a tab that was closed before it was emptied goes after this, ms. */
const MAX_TRASH_MS = 5 * 60_000

interface ReadableStore<Key, Value> {
  getAll(range: IDBKeyRange | null, count: number): Promise<Value[]>
  getAllKeys(range: IDBKeyRange | null, count: number): Promise<Key[]>
}

/** Reads a store by pages, in the order of its keys. */
async function eachPage<Key, Value>(
  store: ReadableStore<Key, Value>,
  take: (keys: readonly Key[], values: readonly Value[]) => void,
): Promise<void> {
  let range: IDBKeyRange | null = null
  for (;;) {
    const [keys, values]: [Key[], Value[]] = await Promise.all([
      store.getAllKeys(range, PAGE),
      store.getAll(range, PAGE),
    ])
    take(keys, values)
    if (keys.length < PAGE) return
    range = IDBKeyRange.lowerBound(keys.at(-1), true)
  }
}

async function readSlice(ids: readonly string[], starred: ReadonlySet<string>): Promise<ArchiveSlice> {
  const { store } = (await database()).transaction('runs')
  const stored = await Promise.all(ids.map((id) => store.get(id)))
  const there = stored.filter((record) => record !== undefined)
  const runs = there.flatMap((record): ArchivedRun[] => {
    const run = readRunOutline(record)
    return run ? [{ ...run, starred: starred.has(run.id) }] : []
  })
  return { runs, damaged: there.length - runs.length }
}

const outputsOf = (id: string) => IDBKeyRange.bound([id], [id, []])

/** The archive in IndexedDB. */
export const ARCHIVE: ArchiveApi = {
  async scan(onSlice) {
    const db = await database()
    const [all, dated, starredIds, deletedIds] = await Promise.all([
      db.getAllKeys('runs'),
      db.getAllKeysFromIndex('runs', 'createdAt'),
      db.getAllKeys('stars'),
      db.getAllKeys('trash'),
    ])
    const starred = new Set(starredIds)
    const deleted = new Set(deletedIds)
    const newest = dated.toReversed().filter((id) => !deleted.has(id))
    for (let from = 0; from < newest.length; from += PAGE) {
      onSlice(await readSlice(newest.slice(from, from + PAGE), starred))
    }
    // The index leaves out what has no date.
    const undated = all.length - dated.length
    if (undated > 0) onSlice({ runs: [], damaged: undated })
  },

  async read(ids) {
    const db = await database()
    const [starred, deleted] = await Promise.all([db.getAllKeys('stars'), db.getAllKeys('trash')])
    const there = ids.filter((id) => !deleted.includes(id))
    return [...(await readSlice(there, new Set(starred))).runs]
  },

  async measure() {
    const db = await database()
    const outputs = new Map<string, number>()
    const files = new Map<string, number>()
    const documents = new NamedFiles()
    const transaction = db.transaction(['outputs', 'sources', 'documents', 'contents'])
    await eachPage(transaction.objectStore('outputs'), (keys, blobs) => {
      keys.forEach(([id], place) => outputs.set(id, (outputs.get(id) ?? 0) + blobs[place].size))
    })
    await eachPage(transaction.objectStore('sources'), (keys, blobs) => {
      keys.forEach((key, place) => files.set(key, blobs[place].size))
    })
    await eachPage(transaction.objectStore('documents'), (_, stored) =>
      stored.forEach((one) => documents.addSummary(one)),
    )
    await eachPage(transaction.objectStore('contents'), (_, stored) =>
      stored.forEach((one) => documents.addContents(one)),
    )
    const free = new Set(documents.unnamed([...files.keys()]))
    return { outputs, files, held: new Set([...files.keys()].filter((key) => !free.has(key))) }
  },

  async star(ids, starred) {
    const { store, done } = (await database()).transaction('stars', 'readwrite')
    await Promise.all([...ids.map((id) => (starred ? store.put(true, id) : store.delete(id))), done])
  },

  async moveToTrash(ids) {
    const { store, done } = (await database()).transaction('trash', 'readwrite')
    const now = Date.now()
    await Promise.all([...ids.map((id) => store.put(now, id)), done])
  },

  async takeFromTrash(ids) {
    const { store, done } = (await database()).transaction('trash', 'readwrite')
    await Promise.all([...ids.map((id) => store.delete(id)), done])
  },

  async purge(ids) {
    const stores = ['runs', 'outputs', 'thumbnails', 'stars', 'trash'] as const
    const transaction = (await database()).transaction(stores, 'readwrite')
    const trash = transaction.objectStore('trash')
    // What another tab has brought back stays.
    const trashed = await Promise.all(ids.map((id) => trash.getKey(id)))
    const work = trashed.flatMap((id) =>
      id === undefined
        ? []
        : [
            transaction.objectStore('runs').delete(id),
            transaction.objectStore('outputs').delete(outputsOf(id)),
            transaction.objectStore('thumbnails').delete(id),
            transaction.objectStore('stars').delete(id),
            trash.delete(id),
          ],
    )
    await Promise.all([...work, transaction.done])
    await ARCHIVE.sweep()
  },

  async sweep() {
    const named = new NamedFiles()
    const stores = [
      'runs',
      'documents',
      'contents',
      'steps',
      'documentThumbnails',
      'sources',
      'outputs',
      'thumbnails',
      'stars',
      'trash',
    ] as const
    const transaction = (await database()).transaction(stores, 'readwrite')
    const storeOf = <Name extends (typeof stores)[number]>(name: Name) => transaction.objectStore(name)
    const work: Promise<unknown>[] = []
    await eachPage(storeOf('trash'), (ids, times) => {
      ids.forEach((id, place) => {
        const age = Date.now() - times[place]
        // A time to come is of a clock that was set back.
        if (age >= 0 && age <= MAX_TRASH_MS) return
        const document = documentOfTrashKey(id)
        if (document === null) work.push(storeOf('runs').delete(id))
        else {
          work.push(
            storeOf('documents').delete(document),
            storeOf('contents').delete(document),
            storeOf('documentThumbnails').delete(document),
            storeOf('steps').delete(stepsOf(document)),
          )
        }
        work.push(storeOf('trash').delete(id))
      })
    })
    await Promise.all(work)
    const runIds = new Set<string>()
    await eachPage(storeOf('runs'), (ids, records) => {
      for (const id of ids) runIds.add(id)
      for (const record of records) named.addRun(record)
    })
    await eachPage(storeOf('documents'), (_, stored) => stored.forEach((one) => named.addSummary(one)))
    await eachPage(storeOf('contents'), (_, stored) => stored.forEach((one) => named.addContents(one)))
    const [files, outputs, thumbnails, stars] = await Promise.all([
      storeOf('sources').getAllKeys(),
      storeOf('outputs').getAllKeys(),
      storeOf('thumbnails').getAllKeys(),
      storeOf('stars').getAllKeys(),
    ])
    const isGone = (id: string) => !runIds.has(id)
    await Promise.all([
      ...named.unnamed(files).map((key) => storeOf('sources').delete(key)),
      ...outputs.filter(([id]) => isGone(id)).map((key) => storeOf('outputs').delete(key)),
      ...thumbnails.filter(isGone).map((id) => storeOf('thumbnails').delete(id)),
      ...stars.filter(isGone).map((id) => storeOf('stars').delete(id)),
      transaction.done,
    ])
  },
}
