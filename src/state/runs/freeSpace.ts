import type { Ports } from '../ports'
import type { ArchiveEntry } from './archiveState'

/** What is stored of each run and file. */
export type StoredSizes = Awaited<ReturnType<Ports['archive']['measure']>>
/** What the browser says of all of it. */
export type StorageSpace = Awaited<ReturnType<Ports['space']['look']>>

const DAY_MS = 86_400_000

/** Which runs are to go. */
export interface Clearing {
  /** Those older than this, days; 0 for all. */
  readonly days: number
  readonly keepStarred: boolean
}

/** @param now ms since 1970: a run of a time to come is not old. @returns what goes; a run that is not over stays */
export function runsToClear(
  entries: readonly ArchiveEntry[],
  { days, keepStarred }: Clearing,
  now: number,
): readonly ArchiveEntry[] {
  const before = now - days * DAY_MS
  return entries.filter(
    ({ createdAt, starred, end }) =>
      end !== 'open' && !(keepStarred && starred) && (days === 0 || Date.parse(createdAt) < before),
  )
}

/**
 * @param gone runs that are deleted, of `entries`
 * @param hasUnread some records cannot be read: they may name any file, so that all files stay
 * @returns bytes of their outputs, and of the files that nothing else names
 */
export function freedBytes(
  gone: readonly ArchiveEntry[],
  entries: readonly ArchiveEntry[],
  { outputs, files, held }: StoredSizes,
  hasUnread: boolean,
): number {
  const sum = (sizes: readonly number[]) => sizes.reduce((total, bytes) => total + bytes, 0)
  const ofOutputs = sum(gone.map(({ id }) => outputs.get(id) ?? 0))
  if (hasUnread) return ofOutputs
  const leaving = new Set(gone)
  const kept = new Set(entries.filter((entry) => !leaving.has(entry)).flatMap((entry) => entry.files))
  const named = new Set(gone.flatMap((entry) => entry.files))
  const free = [...named].filter((key) => !kept.has(key) && !held.has(key))
  return ofOutputs + sum(free.map((key) => files.get(key) ?? 0))
}
