import type { PixelKey } from '../core/document/document'
import { readRunRecord, type RunRecord } from '../core/document/codec/recordCodec'
import { database } from './database'
import { heldBlob } from './heldBlob'

/**
 * Writes the record; resolved means it is on disk.
 * @param files of its picture and of pixels that it names, written with it where they are not stored yet
 */
export async function saveRun(
  record: RunRecord,
  files: ReadonlyMap<PixelKey, Blob> = new Map(),
): Promise<void> {
  const db = await database()
  const transaction = db.transaction(['runs', 'sources'], 'readwrite', { durability: 'strict' })
  const work: Promise<unknown>[] = [transaction.objectStore('runs').put(record)]
  const sources = transaction.objectStore('sources')
  for (const [key, file] of files) {
    if ((await sources.getKey(key)) === undefined) work.push(sources.put(file, key))
  }
  await Promise.all([...work, transaction.done])
}

/** @returns null where there is none, or it is damaged or deleted */
export async function loadRun(id: string): Promise<RunRecord | null> {
  const db = await database()
  const [stored, deleted] = await Promise.all([db.get('runs', id), db.getKey('trash', id)])
  return deleted === undefined ? readRunRecord(stored) : null
}

/** The newest runs, newest first; damaged records are left where they are and not shown, nor are deleted ones. */
export async function newestRuns(max: number): Promise<RunRecord[]> {
  const db = await database()
  const runs: RunRecord[] = []
  const deleted = new Set(await db.getAllKeys('trash'))
  let cursor = await db.transaction('runs').store.index('createdAt').openCursor(null, 'prev')
  while (cursor && runs.length < max) {
    const record = deleted.has(cursor.primaryKey) ? null : readRunRecord(cursor.value)
    if (record) runs.push(record)
    cursor = await cursor.continue()
  }
  return runs
}

export async function saveOutput(runId: string, place: number, blob: Blob): Promise<void> {
  await (await database()).put('outputs', blob, [runId, place])
}

export async function loadOutput(runId: string, place: number): Promise<Blob | null> {
  return (await (await database()).get('outputs', [runId, place])) ?? null
}

/** The small picture of a run's card. */
export async function saveThumbnail(runId: string, blob: Blob): Promise<void> {
  await (await database()).put('thumbnails', blob, runId)
}

export async function loadThumbnail(runId: string): Promise<Blob | null> {
  return (await (await database()).get('thumbnails', runId)) ?? null
}

/** For what is read once, and let go: it is gone when the storage is cleared. */
export async function loadSource(key: string): Promise<Blob | null> {
  return (await (await database()).get('sources', key)) ?? null
}

/** The same for what stays open: with its bytes in memory, it is written again after the storage was cleared. */
export async function holdSource(key: string): Promise<Blob | null> {
  const stored = await loadSource(key)
  return stored && heldBlob(stored)
}
