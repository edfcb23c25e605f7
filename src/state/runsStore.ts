import { create } from 'zustand'
import type { AppErrorData } from '../core/errors'
import type { Rect } from '../core/geometry'
import type { RgbaImage } from '../core/image/raster'
import type { RunRecord } from '../core/run/runRecord'
import type { Mask } from '../core/mask/mask'
import type { OutputRef } from '../core/prediction/prediction'
import { type SourceImage, useSession } from './sessionStore'

/** What the outputs of a run are pasted into. */
export interface PasteTarget {
  readonly runId: string
  readonly source: SourceImage
  /** null where the model painted by itself. */
  readonly mask: Mask | null
  /** What the model was shown, source px. */
  readonly region: Rect
  readonly backendOrigin: string | null
}

/** One result: the part of the picture that it changed, already blended by the mask. */
export type RunOutput =
  | {
      readonly kind: 'ready'
      readonly place: number
      readonly crop: RgbaImage
      readonly rect: Rect
      /** A picture of its own, whose size is its own: `rect` says where it lies against the source. */
      readonly whole: boolean
      readonly levels: readonly ImageBitmap[]
      readonly opaque: boolean
      readonly seed: number | null
    }
  | {
      readonly kind: 'failed'
      readonly place: number
      readonly error: AppErrorData
      /** Where it can be fetched again; null where it cannot. */
      readonly retry: {
        readonly ref: OutputRef
        readonly target: PasteTarget
        readonly seed: number | null
      } | null
    }

/** What a run is doing, for the status line. */
export type RunStage =
  | 'preparing'
  | 'sending'
  | 'waiting'
  | 'following'
  | 'fetching'
  | 'canceling'
  | 'stalled'
  /** Sent, and the answer was lost: whether it started is looked for, or asked. */
  | 'unclear'
  /** Another tab follows it. */
  | 'elsewhere'
  | 'done'

/** A run of this session, or one found on disk whose pictures are loaded when it is opened. */
export interface Run {
  readonly record: RunRecord
  readonly stage: RunStage
  readonly source: SourceImage | null
  readonly outputs: readonly RunOutput[]
  /** Some of it could not be written to disk: it is kept in memory. */
  readonly unsaved: boolean
  /** 0..1, or null where nothing true is known. */
  readonly progress: number | null
  readonly rawStatus: string | null
  /** When the backend may be asked again, by `performance.now()`. */
  readonly resendAt: number | null
  /** By `performance.now()`. */
  readonly startedAt: number
  /** Below 1 it was sent smaller than the model would take it. */
  readonly scale: number
}

interface RunsStore {
  /** Newest first. */
  readonly runs: readonly Run[]
}

export const useRuns = create<RunsStore>()(() => ({ runs: [] }))

export function addRun(run: Run): void {
  useRuns.setState(({ runs }) => ({ runs: [run, ...runs] }))
}

export function addOlderRuns(older: readonly Run[]): void {
  useRuns.setState(({ runs }) => {
    const known = new Set(runs.map(({ record }) => record.id))
    const all = [...runs, ...older.filter(({ record }) => !known.has(record.id))]
    return { runs: all.toSorted((a, b) => b.record.createdAt.localeCompare(a.record.createdAt)) }
  })
}

export function updateRun(id: string, change: Partial<Run>): void {
  useRuns.setState(({ runs }) => ({
    runs: runs.map((run) => (run.record.id === id ? { ...run, ...change } : run)),
  }))
}

export function runById(id: string | null): Run | null {
  return useRuns.getState().runs.find((run) => run.record.id === id) ?? null
}

/** The seed of the newest run that told one; null where none did. */
export function lastSeed(): number | null {
  return useRuns.getState().runs.find(({ record }) => record.seeds.length > 0)?.record.seeds[0] ?? null
}

/** So many go at once; more wait for one to end. */
const MOST_ACTIVE = 4

/** True where this tab has it in hand. */
function isActive({ stage }: Run): boolean {
  return stage !== 'done' && stage !== 'elsewhere'
}

/** The run that Cancel speaks of: one that waits for an answer of the user, else the newest that is not done. */
export function activeRun(runs: readonly Run[]): Run | null {
  const active = runs.filter(isActive)
  return active.find(({ stage }) => stage === 'unclear' || stage === 'stalled') ?? active[0] ?? null
}

/** True where one more may go beside those that are on. */
export function hasRoom(runs: readonly Run[]): boolean {
  return runs.filter(isActive).length < MOST_ACTIVE
}

/** How many runs keep their pictures in memory; the others are read from disk when they are opened. */
const KEPT_RUNS = 4

/** Frees the pictures of older runs that are on disk. @param shown the run whose pictures are needed now */
export function trimRuns(shown: string): void {
  const { runs } = useRuns.getState()
  const { source: open, before } = useSession.getState()
  const shownSources = new Set([open, ...before.map(({ source }) => source)])
  const keep = new Set([shown, ...runs.slice(0, KEPT_RUNS).map(({ record }) => record.id)])
  const kept = runs.filter(({ record, stage }) => keep.has(record.id) || stage !== 'done')
  for (const run of runs) {
    const { id } = run.record
    if (keep.has(id) || run.stage !== 'done' || !run.source || run.unsaved) continue
    for (const output of run.outputs)
      if (output.kind === 'ready') output.levels.forEach((level) => level.close())
    const { source } = run
    if (!shownSources.has(source) && !kept.some((other) => other.source === source))
      source.levels.forEach((level) => level.close())
    updateRun(id, { source: null, outputs: [] })
  }
}
