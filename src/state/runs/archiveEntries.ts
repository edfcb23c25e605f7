import type { PredictionStatus } from '../../core/prediction/prediction'
import type { ArchivedRun } from '../../platform/archiveApi'
import type { ModelState } from '../model/models'
import { derived } from '../shell/derived'
import type { ArchiveEntry, ArchiveQuery, ArchiveState, RunEnd } from './archiveState'
import { runFacts } from './runFacts'

const ENDS: Readonly<Record<PredictionStatus, RunEnd>> = {
  starting: 'open',
  processing: 'open',
  succeeded: 'succeeded',
  failed: 'failed',
  aborted: 'failed',
  canceled: 'canceled',
}

/** Letters of one kind: full width and half width, small and capital are the same. */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

export function entryOf(run: ArchivedRun, models: ModelState): ArchiveEntry {
  const { id, createdAt, status, outputCount, durationMs, files, starred } = run
  const { prompt, model } = runFacts(run, models)
  const picture = run.document.base.name
  return {
    id,
    createdAt,
    status,
    end: run.phase === 'done' ? ENDS[status] : 'open',
    prompt,
    model,
    picture,
    outputCount,
    durationMs,
    files,
    starred,
    searched: fold(prompt ?? ''),
  }
}

/** @returns what fits the query, in the same order */
export function filterEntries(
  entries: readonly ArchiveEntry[],
  { text, model, end, starred }: ArchiveQuery,
): readonly ArchiveEntry[] {
  const words = fold(text).split(/\s+/).filter(Boolean)
  if (words.length === 0 && model === undefined && end === null && !starred) return entries
  return entries.filter(
    (entry) =>
      (model === undefined || entry.model === model) &&
      (end === null || entry.end === end) &&
      (!starred || entry.starred) &&
      words.every((word) => entry.searched.includes(word)),
  )
}

/** Newest first, and by id where two have one date. */
function isBefore(a: ArchiveEntry, b: ArchiveEntry): boolean {
  return a.createdAt === b.createdAt ? a.id > b.id : a.createdAt > b.createdAt
}

/** Puts entries into their places; those of the same runs are replaced. */
export function mergeEntries(
  entries: readonly ArchiveEntry[],
  changed: readonly ArchiveEntry[],
): readonly ArchiveEntry[] {
  if (changed.length === 0) return entries
  const byId = new Map(changed.map((entry) => [entry.id, entry]))
  const replaced = entries.map((entry) => {
    const now = byId.get(entry.id)
    byId.delete(entry.id)
    return now ?? entry
  })
  if (byId.size === 0) return replaced
  return [...replaced, ...byId.values()].toSorted((a, b) => (isBefore(a, b) ? -1 : 1))
}

interface WithArchive {
  readonly archive: ArchiveState
}

/** What the query leaves, newest first. */
export const selectListed = derived(
  ({ archive }: WithArchive) => [archive.entries, archive.query] as const,
  filterEntries,
)

/** The models of all runs, by name; null stands for runs without one. */
export const selectArchivedModels = derived(
  ({ archive }: WithArchive) => [archive.entries] as const,
  (entries): readonly (string | null)[] =>
    [...new Set(entries.map(({ model }) => model))].toSorted((a, b) => (a ?? '').localeCompare(b ?? '')),
)
