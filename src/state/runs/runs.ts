import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PixelKey } from '../../core/document/document'
import type { RunRecord } from '../../core/document/codec/recordCodec'
import type { AppErrorData } from '../../core/errors'
import type { Rect, Size } from '../../core/geometry'
import type { Mask } from '../../core/mask/mask'
import type { OutputRef, WaitsFor } from '../../core/prediction/prediction'
import type { Outage } from '../../core/run/outage'
import type { RunStage } from '../../core/run/runState'
import type { OutputCrop } from './outputCrop'
import { baseOf, closeLevels, type SourceImage } from '../session/source'

/** What the outputs of a run are pasted into. */
export interface PasteTarget {
  readonly runId: string
  readonly source: SourceImage
  /** What is shown of the source, px of it. */
  readonly frame: Rect
  /** null where the model painted by itself. */
  readonly mask: Mask | null
  /** What the model was shown, px of the source. */
  readonly region: Rect
  /** The size at which it was shown that, px; null in runs from before that was kept. */
  readonly sent: Size | null
  readonly backendOrigin: string | null
}

/** A model's answer, brought to the picture's size. */
export interface RawAnswer {
  /** Image px. */
  readonly rect: Rect
  /** Encodes it at the first call. */
  key(): Promise<PixelKey>
}

/** One result: the part of the picture that it changed, already blended by the mask. */
export interface ReadyOutput {
  readonly kind: 'ready'
  readonly place: number
  readonly crop: OutputCrop
  readonly rect: Rect
  /** It replaces the whole picture at a size of its own; `rect` says where it lies against the source. */
  readonly whole: boolean
  readonly levels: readonly ImageBitmap[]
  readonly opaque: boolean
  /** The model's own answer, before it was blended; null where it is stored, or was not kept. */
  readonly raw: RawAnswer | null
  readonly seed: number | null
  /** A blank picture came in place of an answer. */
  readonly blank?: boolean
}

export interface FailedOutput {
  readonly kind: 'failed'
  readonly place: number
  readonly error: AppErrorData
  /** How it can be fetched again; null where it cannot. `ask`: it was stored, and its backend may still have it. */
  readonly retry: OutputSource | 'ask' | null
}

/** Where an output comes from, and what it is pasted into. */
export interface OutputSource {
  readonly ref: OutputRef
  readonly target: PasteTarget
  readonly seed: number | null
}

export type RunOutput = ReadyOutput | FailedOutput

/** A run of this session, or one found on disk whose pictures are loaded when it is opened. */
export interface Run {
  readonly record: RunRecord
  readonly stage: RunStage
  readonly source: SourceImage | null
  readonly outputs: readonly RunOutput[]
  /** Part of it could not be written to disk and is in memory only. */
  readonly unsaved: boolean
  /** 0..1; null where the backend reports none. */
  readonly progress: number | null
  /** The backend's own word where its status is not in the protocol. */
  readonly rawStatus: string | null
  /** What the backend has logged so far; empty where it says nothing. */
  readonly logs: string
  /** Why it has not begun, where the backend tells. */
  readonly waitsFor: WaitsFor | null
  /** Since when the backend gives no good answer, by `performance.now()`; null where it does. */
  readonly outage: Outage | null
  /** When the backend may be asked again, by `performance.now()`. */
  readonly resendAt: number | null
  /** By `performance.now()`. */
  readonly startedAt: number
  /** Below 1 it was sent smaller than the model would take it. */
  readonly scale: number
  /** Its first output is put into the picture as soon as it is over: none is shown to be chosen. */
  readonly applies?: boolean
  /** It was over before: nobody waits for it, so its outputs are offered and never come in the way of what is done. */
  readonly isAskedAgain?: boolean
}

export interface RunsState {
  /** Newest first. */
  readonly runs: readonly Run[]
}

export interface Runs {
  readonly store: StoreApi<RunsState>
  add(run: Run): void
  /** Adds runs of earlier visits or other tabs, in the order of their dates. */
  addOlder(older: readonly Run[]): void
  update(id: string, change: Partial<Run>): void
  patchRecord(id: string, change: Partial<RunRecord>): void
  byId(id: string | null): Run | null
  /**
   * Takes runs out of the list, but for those that are on, and frees their pictures.
   * @param open bases that stay: those that are open, or that Undo and Redo lead to
   */
  remove(ids: readonly string[], open: readonly SourceImage[]): void
  /**
   * Frees the pictures of older runs that are on disk.
   * @param shown the runs whose pictures are needed now
   * @param open likewise
   */
  trim(shown: readonly (string | null)[], open: readonly SourceImage[]): void
}

/** Runs that keep their pictures in memory; those of others are read from disk when they are opened. */
const MAX_PICTURED = 4

export function createRuns(): Runs {
  const store = createStore<RunsState>()(() => ({ runs: [] }))
  const runs: Runs = {
    store,
    add: (run) => store.setState((state) => ({ runs: [run, ...state.runs] })),
    addOlder(older) {
      store.setState((state) => {
        const known = new Set(state.runs.map(({ record }) => record.id))
        const all = [...state.runs, ...older.filter(({ record }) => !known.has(record.id))]
        return { runs: all.toSorted((a, b) => b.record.createdAt.localeCompare(a.record.createdAt)) }
      })
    },
    update(id, change) {
      store.setState((state) => ({
        runs: state.runs.map((run) => (run.record.id === id ? { ...run, ...change } : run)),
      }))
    },
    patchRecord(id, change) {
      const run = runs.byId(id)
      if (run) runs.update(id, { record: { ...run.record, ...change } })
    },
    byId: (id) => selectRun(store.getState(), id),
    remove(ids, open) {
      const removed = new Set(ids)
      const all = store.getState().runs
      const gone = all.filter(({ record, stage }) => removed.has(record.id) && stage === 'done')
      if (gone.length === 0) return
      const rest = all.filter((run) => !gone.includes(run))
      store.setState({ runs: rest })
      for (const run of gone) freePictures(run, rest, open)
    },
    trim(shown, open) {
      const all = store.getState().runs
      const keep = new Set([...shown, ...all.slice(0, MAX_PICTURED).map(({ record }) => record.id)])
      const kept = all.filter(({ record, stage }) => keep.has(record.id) || stage !== 'done')
      for (const run of all) {
        const { id } = run.record
        if (keep.has(id) || run.stage !== 'done' || !run.source || run.unsaved) continue
        freePictures(run, kept, open)
        runs.update(id, { source: null, outputs: [] })
      }
    },
  }
  return runs
}

/** @param kept runs whose pictures stay */
function freePictures({ source, outputs }: Run, kept: readonly Run[], open: readonly SourceImage[]): void {
  closeOutputs(outputs)
  if (!source) return
  const base = baseOf(source)
  const isUsed = kept.some((other) => other.source && baseOf(other.source) === base)
  if (!isUsed && !open.includes(base)) closeLevels(base.levels)
}

export function closeOutputs(outputs: readonly RunOutput[]): void {
  for (const output of outputs) if (output.kind === 'ready') closeLevels(output.levels)
}

export function selectRun({ runs }: RunsState, id: string | null): Run | null {
  return runs.find((run) => run.record.id === id) ?? null
}

/** True for an output that a safety check has returned blank, of this visit or an earlier one. */
export function isBlank({ record }: Run, output: RunOutput): boolean {
  const isSeen = output.kind === 'ready' && (output.blank ?? false)
  return isSeen || (record.blank?.includes(output.place) ?? false)
}

/** True where a safety check has returned any of the run's pictures blank. */
export function hasBlank(run: Run): boolean {
  return (run.record.blank?.length ?? 0) > 0 || run.outputs.some((output) => isBlank(run, output))
}
