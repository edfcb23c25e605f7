import type { IDBPDatabase } from 'idb'
import type { Schema } from './database'

/** The steps of a document. */
export const stepsOf = (id: string) => IDBKeyRange.bound([id], [id, []])

/** Runs are in the trash by their id; documents by theirs after this. */
const PREFIX = 'document.'

/** @param id of a document @returns its key in the trash */
export function trashKey(id: string): string {
  return PREFIX + id
}

/** @returns the document that a key of the trash stands for; null where it is a run's */
export function documentOfTrashKey(key: string): string | null {
  return key.startsWith(PREFIX) ? key.slice(PREFIX.length) : null
}

/** @returns the documents that were deleted and can be brought back */
export async function deletedDocuments(db: IDBPDatabase<Schema>): Promise<ReadonlySet<string>> {
  const keys = await db.getAllKeys('trash')
  return new Set(keys.flatMap((key) => documentOfTrashKey(key) ?? []))
}
