import { create } from 'zustand'
import type { AppErrorData } from '../core/errors'
import type { Rect } from '../core/geometry'
import type { RgbaImage } from '../core/image/raster'
import type { RunRecord } from '../core/run/runRecord'
import type { SourceImage } from './sessionStore'

/** One result: the part of the picture that it changed, already blended by the mask. */
export type RunOutput =
  | {
      readonly kind: 'ready'
      readonly place: number
      readonly crop: RgbaImage
      readonly rect: Rect
      readonly levels: readonly ImageBitmap[]
      readonly seed: number | null
    }
  | { readonly kind: 'failed'; readonly place: number; readonly error: AppErrorData }

/** What a run is doing, for the status line. */
export type RunStage =
  | 'preparing'
  | 'sending'
  | 'waiting'
  | 'following'
  | 'fetching'
  | 'canceling'
  | 'stalled'
  | 'done'

/** A run of this session, or one found on disk whose pictures are loaded when it is opened. */
export interface Run {
  readonly record: RunRecord
  readonly stage: RunStage
  readonly source: SourceImage | null
  readonly outputs: readonly RunOutput[]
  /** 0..1, or null where nothing true is known. */
  readonly progress: number | null
  readonly rawStatus: string | null
  /** When the backend may be asked again, by `performance.now()`. */
  readonly resendAt: number | null
  /** By `performance.now()`. */
  readonly startedAt: number
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
    return { runs: [...runs, ...older.filter(({ record }) => !known.has(record.id))] }
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

/** The run that Cancel speaks of: the newest that is not done. */
export function activeRun(runs: readonly Run[]): Run | null {
  return runs.find(({ stage }) => stage !== 'done') ?? null
}
