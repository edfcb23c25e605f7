import {
  encodeContents,
  encodeSummary,
  readContents,
  readSummary,
} from '../core/document/codec/documentCodec'
import type { PixelKey } from '../core/document/document'
import { encodeStep, type Journal, readJournal } from '../core/document/codec/journalCodec'
import {
  type DocumentContents,
  type DocumentSummary,
  keysOfSteps,
  type MaskUrls,
  type NumberedStep,
} from '../core/document/storedDocument'
import { AppError } from '../core/errors'
import { database } from './database'

/** A document as it is read from disk. */
export interface StoredDocument {
  readonly summary: DocumentSummary
  readonly contents: DocumentContents
  readonly journal: Journal
}

/** One write to a document. */
export interface DocumentWrite {
  readonly id: string
  /** The page that writes, as it claimed the document. */
  readonly writer: string
  /** The first write of a page claims the document, too. */
  readonly claims?: boolean
  /** ISO 8601. */
  readonly updatedAt: string
  readonly tip: number
  /** New steps, and those that are written anew under their number. */
  readonly steps: readonly NumberedStep[]
  /** Pixels that the document names: written where they are not stored. */
  readonly files?: ReadonlyMap<PixelKey, Blob>
  /** Of the steps' commands. */
  readonly maskUrls: MaskUrls
  /** A step that was taken back before it was done. */
  readonly dropped?: number
  /** Left out where they stay as they are. */
  readonly contents?: DocumentContents
  /** Makes the document where there is none, or makes it anew: then `steps` are all of its steps. */
  readonly created?: CreatedDocument
}

export interface CreatedDocument extends Pick<DocumentSummary, 'createdAt' | 'base' | 'size' | 'from'> {
  /** The picture's file; null where no picture is open. */
  readonly file: Blob | null
}

const stepsOf = (id: string) => IDBKeyRange.bound([id], [id, []])

/**
 * Writes all of it or nothing; resolved means it is on disk.
 * @returns `missing` where the document is not there, or damaged, and `created` is not given; `taken` where another page has claimed
 *   it since: nothing is written then
 * @throws AppError `storage/full`, or as `database`
 */
export async function writeDocument(write: DocumentWrite): Promise<'written' | 'missing' | 'taken'> {
  const { id, writer, updatedAt, tip, steps, maskUrls, dropped, contents, created } = write
  const { claims = false, files = new Map<PixelKey, Blob>() } = write
  const db = await database()
  const names = ['documents', 'contents', 'steps', 'sources'] as const
  const transaction = db.transaction(names, 'readwrite')
  const documents = transaction.objectStore('documents')
  const summary = readSummary(await documents.get(id))
  if (summary && summary.writer !== writer && !claims) return 'taken'
  if (!summary && !created) return 'missing'
  const sources = transaction.objectStore('sources')
  const { file = null, ...made } = created ?? {}
  const blobs = new Map(files)
  if (file && created?.base) blobs.set(created.base.key, file)
  const stored = new Set(await Promise.all([...blobs.keys()].map((key) => sources.getKey(key))))
  const pixels = [...new Set([...(summary?.pixels ?? []), ...keysOfSteps(steps)])]
  const about = { id, writer, starred: false, createdAt: updatedAt, base: null, size: null, from: null }
  const work: Promise<unknown>[] = [
    documents.put(encodeSummary({ ...about, ...summary, ...made, writer, pixels, updatedAt, tip })),
  ]
  if (created) work.push(transaction.objectStore('steps').delete(stepsOf(id)))
  for (const [key, blob] of blobs) if (!stored.has(key)) work.push(sources.put(blob, key))
  if (contents) work.push(transaction.objectStore('contents').put(encodeContents(contents), id))
  if (dropped !== undefined) work.push(transaction.objectStore('steps').delete([id, dropped]))
  for (const step of steps)
    work.push(transaction.objectStore('steps').put(encodeStep(step, maskUrls), [id, step.number]))
  await whole([...work, transaction.done])
  return 'written'
}

/** Waits for the requests of a transaction. @throws AppError `storage/full` */
async function whole(work: readonly Promise<unknown>[]): Promise<void> {
  try {
    await Promise.all(work)
  } catch (cause) {
    const isFull = cause instanceof DOMException && cause.name === 'QuotaExceededError'
    // The transaction fails with the request.
    await Promise.allSettled(work)
    throw isFull ? new AppError('storage/full', { cause }) : cause
  }
}

/**
 * Reads a document.
 * @param writer claims it: from now on the page of this name may write it, and no other; null only reads
 * @returns null where it is not there, or damaged
 */
export async function readDocument(id: string, writer: string | null): Promise<StoredDocument | null> {
  const db = await database()
  const transaction = db.transaction(['documents', 'contents', 'steps'], 'readwrite')
  const [stored, storedContents, numbers, values] = await Promise.all([
    transaction.objectStore('documents').get(id),
    transaction.objectStore('contents').get(id),
    transaction.objectStore('steps').getAllKeys(stepsOf(id)),
    transaction.objectStore('steps').getAll(stepsOf(id)),
  ])
  const summary = readSummary(stored)
  const contents = readContents(storedContents)
  if (!summary || !contents) return null
  if (writer !== null) {
    const claimed = transaction.objectStore('documents').put(encodeSummary({ ...summary, writer }))
    // It opens though the disk is full: the first write claims it again.
    await Promise.allSettled([claimed, transaction.done])
  }
  const journal = readJournal(numbers.map(([, number], place) => ({ number, value: values[place] })))
  return { summary, contents, journal }
}

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
  const index = (await database()).transaction('documents').store.index('updatedAt')
  let cursor = await index.openCursor(after && IDBKeyRange.upperBound(after.updatedAt), 'prev')
  // Several may have changed at one moment: those up to the last of the page before are passed over.
  if (after && cursor?.key === after.updatedAt && cursor.primaryKey > after.id)
    cursor = await cursor.continuePrimaryKey(after.updatedAt, after.id)
  if (after && cursor?.key === after.updatedAt && cursor.primaryKey === after.id)
    cursor = await cursor.continue()
  const documents: DocumentSummary[] = []
  while (cursor && documents.length < max) {
    const summary = readSummary(cursor.value)
    if (summary?.base) documents.push(summary)
    cursor = await cursor.continue()
  }
  const last = documents.at(-1)
  return { documents, next: cursor && last ? { updatedAt: last.updatedAt, id: last.id } : null }
}

/** @returns the documents that were opened from one, oldest first */
export async function documentsFrom(id: string): Promise<readonly DocumentSummary[]> {
  const summaries = (await (await database()).getAll('documents')).flatMap((one) => readSummary(one) ?? [])
  return summaries
    .filter(({ from }) => from?.id === id)
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
}

/** @returns how many documents have a picture, and how many records cannot be read: they stay where they are */
export async function countDocuments(): Promise<{ readonly readable: number; readonly damaged: number }> {
  const summaries = (await (await database()).getAll('documents')).map(readSummary)
  return {
    readable: summaries.filter((summary) => summary?.base).length,
    damaged: summaries.filter((summary) => summary === null).length,
  }
}

/** Deletes documents with their steps and thumbnails. Their files go with the next sweep of the archive. */
export async function removeDocuments(ids: readonly string[]): Promise<void> {
  const db = await database()
  const names = ['documents', 'contents', 'steps', 'documentThumbnails'] as const
  const transaction = db.transaction(names, 'readwrite')
  const work = ids.flatMap((id) => [
    transaction.objectStore('documents').delete(id),
    transaction.objectStore('contents').delete(id),
    transaction.objectStore('documentThumbnails').delete(id),
    transaction.objectStore('steps').delete(stepsOf(id)),
  ])
  await whole([...work, transaction.done])
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

/** The small picture of a document's card. */
export async function saveDocumentThumbnail(id: string, blob: Blob): Promise<void> {
  const { store, done } = (await database()).transaction('documentThumbnails', 'readwrite')
  await whole([store.put(blob, id), done])
}

export async function loadDocumentThumbnail(id: string): Promise<Blob | null> {
  return (await (await database()).get('documentThumbnails', id)) ?? null
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
