import { readRunRecord, type RunRecord } from '../core/run/runRecord'
import { database } from './database'

/** Writes the record; resolved means it is on disk. */
export async function saveRun(record: RunRecord): Promise<void> {
  const db = await database()
  const transaction = db.transaction('runs', 'readwrite', { durability: 'strict' })
  await Promise.all([transaction.store.put(record), transaction.done])
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

export async function saveSource(key: string, blob: Blob): Promise<void> {
  const db = await database()
  if ((await db.getKey('sources', key)) === undefined) await db.put('sources', blob, key)
}

export async function loadSource(key: string): Promise<Blob | null> {
  return (await (await database()).get('sources', key)) ?? null
}
