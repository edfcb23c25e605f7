import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { StoredDraft } from '../core/document/codec/draftCodec'
import type { JournalEntry } from '../core/document/codec/journalCodec'
import type { RunRecord } from '../core/document/codec/recordCodec'

export interface Schema extends DBSchema {
  /** As written: read through `readRunRecord`, which knows every version. */
  runs: { key: string; value: RunRecord; indexes: { createdAt: string } }
  /** Result pictures, by [run, place]. */
  outputs: { key: [string, number]; value: Blob }
  /** Small pictures of runs, by run: in a store of their own, so that a list of runs is read without pictures. */
  thumbnails: { key: string; value: Blob }
  /** Opened files, by key. */
  sources: { key: string; value: Blob }
  /** As written: read through `readDraft`, which knows every version. */
  drafts: { key: string; value: StoredDraft }
  /** The draft's steps in order, by [tab, generation, place]. */
  journal: { key: [string, number, number]; value: JournalEntry }
  /** Starred runs, by run: a mark of the user's, which no writer of the record knows. */
  stars: { key: string; value: true }
  /** Runs that were deleted and can still be brought back, by run: when, ms since 1970. */
  trash: { key: string; value: number }
}

let opening: Promise<IDBPDatabase<Schema>> | null = null

/** @throws where the browser has no IndexedDB, refuses it, or it is damaged */
export function database(): Promise<IDBPDatabase<Schema>> {
  opening ??= openDB<Schema>('pentimento', 2, {
    upgrade(db, before) {
      if (before < 1) {
        db.createObjectStore('runs', { keyPath: 'id' }).createIndex('createdAt', 'createdAt')
        db.createObjectStore('outputs')
        db.createObjectStore('thumbnails')
        db.createObjectStore('sources')
        db.createObjectStore('drafts', { keyPath: 'tabId' })
        db.createObjectStore('journal')
      }
      if (before < 2) {
        db.createObjectStore('stars')
        db.createObjectStore('trash')
      }
    },
    // A newer version of the page wants to upgrade: let it, and ask for a connection anew at the next write.
    blocking(_old, _new, event) {
      opening = null
      ;(event.target as IDBDatabase).close()
    },
    terminated() {
      opening = null
    },
  })
  opening.catch(() => {
    opening = null
  })
  return opening
}
