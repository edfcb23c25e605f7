import { unnamedFiles } from '../core/document/codec/unnamedFiles'
import { readRunRecord, type RunRecord } from '../core/document/codec/recordCodec'
import { database } from './database'

/**
 * Writes the record; resolved means it is on disk.
 * @param file the run's picture, written with it where it is not stored yet
 */
export async function saveRun(record: RunRecord, file?: Blob): Promise<void> {
  const db = await database()
  const transaction = db.transaction(['runs', 'sources'], 'readwrite', { durability: 'strict' })
  const work: Promise<unknown>[] = [transaction.objectStore('runs').put(record)]
  const sources = transaction.objectStore('sources')
  const { key } = record.document.base
  if (file && (await sources.getKey(key)) === undefined) work.push(sources.put(file, key))
  await Promise.all([...work, transaction.done])
}

export async function loadRun(id: string): Promise<RunRecord | null> {
  return readRunRecord(await (await database()).get('runs', id))
}

/** The newest runs, newest first; damaged records are left where they are and not shown. */
export async function newestRuns(max: number): Promise<RunRecord[]> {
  const db = await database()
  const runs: RunRecord[] = []
  let cursor = await db.transaction('runs').store.index('createdAt').openCursor(null, 'prev')
  while (cursor && runs.length < max) {
    const record = readRunRecord(cursor.value)
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

export async function loadSource(key: string): Promise<Blob | null> {
  return (await (await database()).get('sources', key)) ?? null
}

/** Deletes the files that no run and no draft names, and the outputs and thumbnails whose run is gone. */
export async function sweepBlobs(): Promise<void> {
  const db = await database()
  const stores = ['runs', 'drafts', 'sources', 'outputs', 'thumbnails'] as const
  const transaction = db.transaction(stores, 'readwrite')
  const [storedRuns, storedDrafts, files, outputs, thumbnails] = await Promise.all([
    transaction.objectStore('runs').getAll(),
    transaction.objectStore('drafts').getAll(),
    transaction.objectStore('sources').getAllKeys(),
    transaction.objectStore('outputs').getAllKeys(),
    transaction.objectStore('thumbnails').getAllKeys(),
  ])
  const runIds = new Set(storedRuns.map(({ id }) => id))
  const work = [
    ...unnamedFiles(files, storedRuns, storedDrafts).map((key) =>
      transaction.objectStore('sources').delete(key),
    ),
    ...outputs.filter(([id]) => !runIds.has(id)).map((key) => transaction.objectStore('outputs').delete(key)),
    ...thumbnails
      .filter((id) => !runIds.has(id))
      .map((id) => transaction.objectStore('thumbnails').delete(id)),
  ]
  await Promise.all([...work, transaction.done])
}
