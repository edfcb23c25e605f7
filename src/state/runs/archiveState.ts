import type { PredictionStatus } from '../../core/prediction/prediction'

/** How a run ended, as the filter tells them apart; `open` has not. */
export type RunEnd = 'open' | 'succeeded' | 'failed' | 'canceled'

export const RUN_ENDS: readonly RunEnd[] = ['open', 'succeeded', 'failed', 'canceled']

/** One run of the history. */
export interface ArchiveEntry {
  readonly id: string
  /** ISO 8601. */
  readonly createdAt: string
  readonly status: PredictionStatus
  readonly end: RunEnd
  /** Empty where the run had none; null where nothing takes one. */
  readonly prompt: string | null
  /** null where the backend runs no model. */
  readonly model: string | null
  /** The name of its picture. */
  readonly picture: string
  readonly outputCount: number
  readonly durationMs: number | null
  /** Keys of the stored files that it names. */
  readonly files: readonly string[]
  readonly starred: boolean
  /** What a search looks through. */
  readonly searched: string
}

/** What of the history is listed. */
export interface ArchiveQuery {
  /** Words of the prompt, each of which must be in it. */
  readonly text: string
  /** undefined for all; null for runs without a model. */
  readonly model: string | null | undefined
  readonly end: RunEnd | null
  readonly starred: boolean
}

export const EVERYTHING: ArchiveQuery = { text: '', model: undefined, end: null, starred: false }

export interface ArchiveState {
  readonly phase: 'unread' | 'reading' | 'read' | 'failed'
  /** Newest first. */
  readonly entries: readonly ArchiveEntry[]
  /** Stored records that cannot be read. */
  readonly damaged: number
  readonly query: ArchiveQuery
  readonly selected: ReadonlySet<string>
}

export const UNREAD_ARCHIVE: ArchiveState = {
  phase: 'unread',
  entries: [],
  damaged: 0,
  query: EVERYTHING,
  selected: new Set(),
}
