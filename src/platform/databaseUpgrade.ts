import type { IDBPTransaction } from 'idb'
import { encodeContents, encodeSummary, type StoredSummary } from '../core/document/codec/documentCodec'
import { readDraft } from '../core/document/codec/draftCodec'
import { type DraftEntry, stepsOfDraft } from '../core/document/codec/journalCodec'

/** As far as `upgradeDrafts` needs the database of version 1. */
interface DraftStores {
  objectStore(name: 'drafts'): { getAll(): Promise<{ tabId: string; generation?: unknown }[]> }
  objectStore(name: 'journal'): { getAll(range: IDBKeyRange): Promise<DraftEntry[]> }
}

/**
 * Makes a document of each tab's draft, under the tab's name. A draft that cannot be read is moved as it is: it counts as
 * a damaged document.
 * @param transaction of the upgrade; its types know the new stores alone
 */
export async function upgradeDrafts(transaction: object): Promise<void> {
  const old = transaction as DraftStores
  const fresh = transaction as IDBPTransaction<unknown, string[], 'versionchange'>
  for (const draft of await old.objectStore('drafts').getAll()) {
    const { tabId: id } = draft
    const read = readDraft(draft)
    const generation = read?.generation ?? draft.generation
    const entries =
      typeof generation === 'number'
        ? await old.objectStore('journal').getAll(IDBKeyRange.bound([id, generation], [id, generation, []]))
        : []
    const steps = stepsOfDraft(entries)
    const summary = read
      ? encodeSummary({ ...read.summary, tip: steps.length })
      : ({ ...draft, id } as unknown as StoredSummary)
    await fresh.objectStore('documents').put(summary)
    if (read) await fresh.objectStore('contents').put(encodeContents(read.contents), id)
    for (const step of steps) await fresh.objectStore('steps').put(step, [id, step.number])
  }
  fresh.db.deleteObjectStore('drafts')
  fresh.db.deleteObjectStore('journal')
}
