import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { StoredContents, StoredSummary } from '../core/document/codec/documentCodec'
import type { StoredStep } from '../core/document/codec/journalCodec'
import type { RunRecord } from '../core/document/codec/recordCodec'
import { AppError } from '../core/errors'
import { upgradeDrafts } from './databaseUpgrade'

export interface Schema extends DBSchema {
  /** As written: read through `readRunRecord`, which knows every version. */
  runs: { key: string; value: RunRecord; indexes: { createdAt: string } }
  /** Result pictures, by [run, place]. */
  outputs: { key: [string, number]; value: Blob }
  /** Small pictures of runs, by run: in a store of their own, so that a list of runs is read without pictures. */
  thumbnails: { key: string; value: Blob }
  /** Opened files, by key. */
  sources: { key: string; value: Blob }
  /** Starred runs, by run: a mark of the user's, which no writer of the record knows. */
  stars: { key: string; value: true }
  /** Runs and documents that were deleted and can still be brought back, by `trashKey`: when, ms since 1970. */
  trash: { key: string; value: number }
  /** What lists say of documents. As written: read through `readSummary`. */
  documents: { key: string; value: StoredSummary; indexes: { updatedAt: string } }
  /** The rest of each document, by document. As written: read through `readContents`. */
  contents: { key: string; value: StoredContents }
  /** The steps of documents by [document, number]. As written: read through `readJournal`. */
  steps: { key: [string, number]; value: StoredStep }
  /** Small pictures of documents, by document. */
  documentThumbnails: { key: string; value: Blob }
}

const NAME = 'pentimento'
/** Versions 1 and 2 kept a draft a tab, and no documents; version 1 had no stars and no trash. */
const VERSION = 3
/** Max wait for an older page in another tab to let go, or for a browser that never answers, ms. */
const MAX_WAIT_MS = 5000

let opening: Promise<IDBPDatabase<Schema>> | null = null
let isSealed = false

/** Lets go of the database for good: it is to be deleted, and what is read or written from now on never ends. */
export function sealDatabase(): void {
  isSealed = true
  void opening?.then((db) => db.close()).catch(() => {})
}

/**
 * @throws AppError `storage/newer` where a newer version of the page has upgraded it, `storage/blocked` where an older
 *   one in another tab does not let go, `storage/unavailable` where the browser has none or refuses it
 */
export function database(): Promise<IDBPDatabase<Schema>> {
  // Nobody is left to be told of it.
  if (isSealed) return new Promise(() => {})
  opening ??= open()
  const asked = opening
  asked.catch(() => {
    // Another may have been begun since.
    if (opening === asked) opening = null
  })
  return asked
}

async function open(): Promise<IDBPDatabase<Schema>> {
  let blocked = false
  const opened = openDB<Schema>(NAME, VERSION, {
    async upgrade(db, from, _to, transaction) {
      if (from < 1) {
        db.createObjectStore('runs', { keyPath: 'id' }).createIndex('createdAt', 'createdAt')
        db.createObjectStore('outputs')
        db.createObjectStore('thumbnails')
        db.createObjectStore('sources')
      }
      if (from < 2) {
        db.createObjectStore('stars')
        db.createObjectStore('trash')
      }
      db.createObjectStore('documents', { keyPath: 'id' }).createIndex('updatedAt', 'updatedAt')
      db.createObjectStore('contents')
      db.createObjectStore('steps')
      db.createObjectStore('documentThumbnails')
      if (from > 0) await upgradeDrafts(transaction)
    },
    blocked() {
      blocked = true
    },
    // A newer version of the page wants to upgrade: let it. The next write of this one learns that it is too old.
    blocking(_old, _new, event) {
      opening = null
      ;(event.target as IDBDatabase).close()
    },
    terminated() {
      opening = null
    },
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new AppError(blocked ? 'storage/blocked' : 'storage/unavailable')),
      MAX_WAIT_MS,
    )
  })
  try {
    return await Promise.race([opened, tooLong])
  } catch (cause) {
    // Nobody waits for it any more.
    opened.then((late) => late.close()).catch(() => {})
    if (cause instanceof AppError) throw cause
    const isNewer = cause instanceof DOMException && cause.name === 'VersionError'
    throw new AppError(isNewer ? 'storage/newer' : 'storage/unavailable', { cause })
  } finally {
    clearTimeout(timer)
  }
}
