import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { RunRecord } from '../core/run/runRecord'

/** One change of a draft's mask: an encoded command, or that the last one was taken back. */
export interface JournalEntry {
  readonly command: Uint8Array<ArrayBuffer>
}

export interface DraftHead {
  /** This tab's draft: two tabs never write to the same one. */
  readonly tabId: string
  readonly sourceKey: string
  readonly name: string
  readonly url: string | null
  readonly sampleId: string | null
  /** Counts the drafts of this tab: entries of an older one are not its own. */
  readonly generation: number
}

export interface Schema extends DBSchema {
  runs: { key: string; value: RunRecord; indexes: { createdAt: string } }
  /** Result pictures, by [run, place]. */
  outputs: { key: [string, number]; value: Blob }
  /** Small pictures of runs, by run: in a store of their own, so that a list of runs is read without pictures. */
  thumbnails: { key: string; value: Blob }
  /** Opened files, by key. */
  sources: { key: string; value: Blob }
  drafts: { key: string; value: DraftHead }
  /** The draft's commands in order, by [tab, generation, place]. */
  journal: { key: [string, number, number]; value: JournalEntry }
}

let opening: Promise<IDBPDatabase<Schema>> | null = null

/** @throws where the browser has no IndexedDB, refuses it, or it is damaged */
export function database(): Promise<IDBPDatabase<Schema>> {
  opening ??= openDB<Schema>('pentimento', 1, {
    upgrade(db) {
      db.createObjectStore('runs', { keyPath: 'id' }).createIndex('createdAt', 'createdAt')
      db.createObjectStore('outputs')
      db.createObjectStore('thumbnails')
      db.createObjectStore('sources')
      db.createObjectStore('drafts', { keyPath: 'tabId' })
      db.createObjectStore('journal')
    },
    // A newer version of the page wants to upgrade: let it.
    blocking: (_old, _new, event) => (event.target as IDBDatabase).close(),
    terminated: () => {
      opening = null
    },
  })
  opening.catch(() => {
    opening = null
  })
  return opening
}
