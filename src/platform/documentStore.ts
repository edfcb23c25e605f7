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
import { stepsOf, trashKey } from './documentKeys'
import { heldBlob } from './heldBlob'

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
  /** The last step of the branch that is open. */
  readonly head?: number
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

/**
 * Writes all of it or nothing; resolved means it is on disk.
 * @returns `missing` where the document is not there, or damaged, and `created` is not given; `taken` where another page has claimed
 *   it since: nothing is written then
 * @throws AppError `storage/full`, or as `database`
 */
export async function writeDocument(write: DocumentWrite): Promise<'written' | 'missing' | 'taken'> {
  const { id, writer, updatedAt, tip, head, steps, maskUrls, dropped, contents, created } = write
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
    documents.put(encodeSummary({ ...about, ...summary, ...made, writer, pixels, updatedAt, tip, head })),
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
export async function whole(work: readonly Promise<unknown>[]): Promise<void> {
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
 * @param writer claims it: from now on the page of this name may write it, and no other, and it is not deleted any more;
 *   null only reads
 * @returns null where it is not there, or damaged
 */
export async function readDocument(id: string, writer: string | null): Promise<StoredDocument | null> {
  const db = await database()
  const transaction = db.transaction(['documents', 'contents', 'steps', 'trash'], 'readwrite')
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
    const kept = transaction.objectStore('trash').delete(trashKey(id))
    // It opens though the disk is full: the first write claims it again.
    await Promise.allSettled([claimed, kept, transaction.done])
  }
  const journal = readJournal(numbers.map(([, number], place) => ({ number, value: values[place] })))
  const files = new Map<PixelKey, Blob>()
  for (const [key, file] of journal.files) files.set(key, await heldBlob(file))
  return { summary, contents, journal: { ...journal, files } }
}

/** The small picture of a document's card. */
export async function saveDocumentThumbnail(id: string, blob: Blob): Promise<void> {
  const { store, done } = (await database()).transaction('documentThumbnails', 'readwrite')
  await whole([store.put(blob, id), done])
}

export async function loadDocumentThumbnail(id: string): Promise<Blob | null> {
  return (await (await database()).get('documentThumbnails', id)) ?? null
}
