import { encodeSummary, readSummary } from '../core/document/codec/documentCodec'
import type { DocumentSummary } from '../core/document/storedDocument'
import { database } from './database'
import { deletedDocuments, stepsOf, trashKey } from './documentKeys'
import { whole } from './documentStore'

/** A page of a list of documents. */
export interface DocumentPage {
  /** Those with a picture, last changed first; damaged ones are left out. */
  readonly documents: readonly DocumentSummary[]
  /** Where the next page starts; null at the end. */
  readonly next: DocumentCursor | null
}

/** The last document of a page. */
export interface DocumentCursor {
  readonly updatedAt: string
  readonly id: string
}

/**
 * Lists documents, last changed first.
 * @param max of a page
 * @param after where the page before ended; null for the first
 */
export async function listDocuments(max: number, after: DocumentCursor | null): Promise<DocumentPage> {
  const db = await database()
  const deleted = await deletedDocuments(db)
  const index = db.transaction('documents').store.index('updatedAt')
  let cursor = await index.openCursor(after && IDBKeyRange.upperBound(after.updatedAt), 'prev')
  // Several may have changed at one moment: those up to the last of the page before are passed over.
  if (after && cursor?.key === after.updatedAt && cursor.primaryKey > after.id)
    cursor = await cursor.continuePrimaryKey(after.updatedAt, after.id)
  if (after && cursor?.key === after.updatedAt && cursor.primaryKey === after.id)
    cursor = await cursor.continue()
  const documents: DocumentSummary[] = []
  while (cursor && documents.length < max) {
    const summary = readSummary(cursor.value)
    if (summary?.base && !deleted.has(summary.id)) documents.push(summary)
    cursor = await cursor.continue()
  }
  const last = documents.at(-1)
  return { documents, next: cursor && last ? { updatedAt: last.updatedAt, id: last.id } : null }
}

/** @returns the documents that were opened from one, oldest first */
export async function documentsFrom(id: string): Promise<readonly DocumentSummary[]> {
  const db = await database()
  const [stored, deleted] = await Promise.all([db.getAll('documents'), deletedDocuments(db)])
  return stored
    .flatMap((one) => readSummary(one) ?? [])
    .filter((one) => one.from?.id === id && !deleted.has(one.id))
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
}

/** @returns how many documents have a picture, and how many records cannot be read: they stay where they are */
export async function countDocuments(): Promise<{ readonly readable: number; readonly damaged: number }> {
  const db = await database()
  const [stored, deleted] = await Promise.all([db.getAll('documents'), deletedDocuments(db)])
  const summaries = stored.map(readSummary)
  return {
    readable: summaries.filter((summary) => summary?.base && !deleted.has(summary.id)).length,
    damaged: summaries.filter((summary) => summary === null).length,
  }
}

/** Marks a document, or takes the mark away; whoever writes it meanwhile is not disturbed. */
export async function starDocument(id: string, starred: boolean): Promise<void> {
  const { store, done } = (await database()).transaction('documents', 'readwrite')
  const summary = readSummary(await store.get(id))
  await whole([...(summary ? [store.put(encodeSummary({ ...summary, starred }))] : []), done])
}

/** @returns what a document takes on disk with its files, bytes; others may share these */
export async function documentBytes(id: string): Promise<number> {
  const db = await database()
  const [summary, steps, thumbnail] = await Promise.all([
    db.get('documents', id),
    db.getAll('steps', stepsOf(id)),
    db.get('documentThumbnails', id),
  ])
  const { base = null, pixels = [] } = readSummary(summary) ?? {}
  const keys = [...(base ? [base.key] : []), ...pixels]
  const files = await Promise.all(keys.map((key) => db.get('sources', key)))
  const ofSteps = steps.map(({ command, patch }) => (command?.length ?? 0) + (patch?.file.size ?? 0))
  const ofBlobs = [thumbnail, ...files].map((blob) => blob?.size ?? 0)
  return [...ofSteps, ...ofBlobs].reduce((sum, bytes) => sum + bytes, 0)
}

/** Deletes documents so that they can be brought back: until they are, no list has them, and the archive sweeps them in time. */
export async function moveDocumentsToTrash(ids: readonly string[]): Promise<void> {
  const { store, done } = (await database()).transaction('trash', 'readwrite')
  const now = Date.now()
  await whole([...ids.map((id) => store.put(now, trashKey(id))), done])
}

export async function takeDocumentsFromTrash(ids: readonly string[]): Promise<void> {
  const { store, done } = (await database()).transaction('trash', 'readwrite')
  await whole([...ids.map((id) => store.delete(trashKey(id))), done])
}

/** @returns which of them are still deleted: another tab may have opened one, or brought it back */
export async function inTrash(ids: readonly string[]): Promise<readonly string[]> {
  const deleted = await deletedDocuments(await database())
  return ids.filter((id) => deleted.has(id))
}

/** Deletes documents for good, with their steps and thumbnails. Their files go with the next sweep of the archive. */
export async function removeDocuments(ids: readonly string[]): Promise<void> {
  const db = await database()
  const names = ['documents', 'contents', 'steps', 'documentThumbnails', 'trash'] as const
  const transaction = db.transaction(names, 'readwrite')
  const work = ids.flatMap((id) => [
    transaction.objectStore('documents').delete(id),
    transaction.objectStore('contents').delete(id),
    transaction.objectStore('documentThumbnails').delete(id),
    transaction.objectStore('steps').delete(stepsOf(id)),
    transaction.objectStore('trash').delete(trashKey(id)),
  ])
  await whole([...work, transaction.done])
}

/**
 * Deletes the oldest forms that tabs without a picture left, and nothing else.
 * @param max that are kept
 * @param isOpen tells which are open in a tab
 */
export async function sweepForms(max: number, isOpen: (id: string) => boolean): Promise<void> {
  const summaries = await (await database()).getAllFromIndex('documents', 'updatedAt')
  const forms = summaries.flatMap((stored) => {
    const summary = readSummary(stored)
    return summary && !summary.base && !isOpen(summary.id) ? summary.id : []
  })
  await removeDocuments(forms.slice(0, Math.max(0, forms.length - max)))
}
