import { readRunRecord, type RunRecord } from '../core/run/runRecord'
import { database } from './database'

/** Writes the record; resolved means it is on disk. */
export async function saveRun(record: RunRecord): Promise<void> {
  const db = await database()
  const transaction = db.transaction('runs', 'readwrite', { durability: 'strict' })
  await Promise.all([transaction.store.put(record), transaction.done])
}

export async function loadRun(id: string): Promise<RunRecord | null> {
  return readRunRecord(await (await database()).get('runs', id))
}

/** The newest runs, newest first; damaged records are left where they are and not shown. */
export async function newestRuns(most: number): Promise<RunRecord[]> {
  const db = await database()
  const runs: RunRecord[] = []
  let cursor = await db.transaction('runs').store.index('createdAt').openCursor(null, 'prev')
  while (cursor && runs.length < most) {
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

/** Forgets the opened files that no run and no draft needs any more. */
export async function sweepSources(): Promise<void> {
  const db = await database()
  const transaction = db.transaction(['runs', 'drafts', 'sources'], 'readwrite')
  const [runs, drafts, keys] = await Promise.all([
    transaction.objectStore('runs').getAll(),
    transaction.objectStore('drafts').getAll(),
    transaction.objectStore('sources').getAllKeys(),
  ])
  const needed = new Set([
    ...runs.map(({ source }) => source.key),
    ...drafts.map(({ sourceKey }) => sourceKey),
  ])
  const stale = keys.filter((key) => !needed.has(key))
  await Promise.all([...stale.map((key) => transaction.objectStore('sources').delete(key)), transaction.done])
}

export async function saveSource(key: string, blob: Blob): Promise<void> {
  const db = await database()
  if ((await db.getKey('sources', key)) === undefined) await db.put('sources', blob, key)
}

export async function loadSource(key: string): Promise<Blob | null> {
  return (await (await database()).get('sources', key)) ?? null
}
