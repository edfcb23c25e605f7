import { maskOfRun, type RunRecord } from '../../core/document/codec/recordCodec'
import type { Rect } from '../../core/geometry'
import { replayCommands } from '../../core/mask/command/maskCommand'
import { createMask, type Mask } from '../../core/mask/mask'
import type { ModelDescriptor } from '../../core/models/modelRegistry'
import { parseModelReference } from '../../core/models/schemaDocument'
import type { Backend, ModelFields } from '../../core/prediction/backend'
import { fieldByRole, type FieldSpec } from '../../core/prediction/inputSchema'
import { outageOf } from '../../core/run/outage'
import { storedLog } from '../../core/prediction/logs'
import { isTerminal, type PredictionInput } from '../../core/prediction/prediction'
import { isOver } from '../../core/run/runMachine'
import type { RunState, TimerName } from '../../core/run/runState'
import type { MaskPolarity } from '../../core/prediction/polarity'
import type { SourceImage } from '../session/source'
import type { OutputStream } from './outputStream'
import { isBlank, type Run } from './runs'

/** What only this page holds of a run that is not over. */
export interface LiveRun {
  readonly id: string
  readonly backend: Backend
  readonly abort: AbortController
  readonly outputs: OutputStream
  /** null for a run of an earlier visit: it is never sent again. */
  readonly input: PredictionInput | null
  /** The picture's file, until it is stored with the record. */
  file: Blob | null
  state: RunState
  readonly timers: Map<TimerName, { readonly at: number; readonly handle: ReturnType<typeof setTimeout> }>
  /** When an outage was last looked into, by `performance.now()`. */
  diagnosedAt: number
  /** One write of the record after the other. */
  writes: Promise<void>
  /** Resolved when the run is over and written down. */
  readonly over: Deferred
}

export interface Deferred {
  readonly promise: Promise<void>
  readonly resolve: () => void
}

export function deferred(): Deferred {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

/** What a backend has to know of a model. */
export function modelFields(
  fields: readonly FieldSpec[],
  polarity: MaskPolarity | null,
  { id, streams }: Pick<ModelDescriptor, 'id' | 'streams'>,
): ModelFields {
  const name = (role: 'image' | 'mask' | 'count' | 'seed') => fieldByRole(fields, role)?.name ?? null
  // A schema that stands beside a bundled model of its name is called `owner/name (name)`.
  const model = parseModelReference(id.split(' ', 1)[0])
  return {
    model: model && `${model.owner}/${model.name}`,
    image: name('image'),
    mask: name('mask'),
    polarity: polarity ?? 'white',
    count: name('count'),
    seed: name('seed'),
    hasRequired: fields.some((field) => field.required),
    streams,
  }
}

/** A record as it is listed, with no pictures in memory. */
export function listedRun(record: RunRecord): Run {
  return {
    record,
    stage: 'done',
    source: null,
    outputs: [],
    unsaved: false,
    progress: null,
    rawStatus: null,
    waitsFor: null,
    outage: null,
    logs: record.logs ?? '',
    resendAt: null,
    startedAt: performance.now(),
    scale: 1,
  }
}

/** The mask that a run was started with; null where its model took none. */
export function maskOfRecord({ document, masked }: RunRecord): Mask | null {
  if (!masked) return null
  const mask = createMask(document.frame)
  replayCommands(mask, maskOfRun(document))
  return mask
}

/** What of a run's state is shown and written down. */
export function mirrored(state: RunState, run: Run, now: number): Partial<Run> {
  const { last, stage } = state
  const ended = isOver(state) && run.stage !== 'done'
  const seconds = state.status === 'succeeded' ? (last?.predictSeconds ?? null) : null
  const durationMs = seconds === null ? now - run.startedAt : seconds * 1000
  // The answer to a cancel may come without the log.
  const logs = last?.logs || run.logs
  const stored = isTerminal(state.status) ? storedLog(logs) : null
  const blank = run.outputs.filter((output) => isBlank(run, output)).map(({ place }) => place)
  const places = run.outputs.map(({ place }) => place + 1)
  return {
    stage,
    progress: stage === 'fetching' ? 1 : isOver(state) ? null : (last?.progress ?? null),
    rawStatus: last?.rawStatus ?? null,
    waitsFor: last?.waitsFor ?? null,
    outage: outageOf(state),
    logs,
    resendAt: state.timers.resend ?? null,
    // The time until it was sent was not the backend's.
    ...(run.stage === 'unsent' && stage !== 'unsent' ? { startedAt: now } : {}),
    record: {
      ...run.record,
      pollAfter: state.notBefore > now ? dateOf(state.notBefore - now) : undefined,
      phase: state.phase,
      status: state.status,
      predictionId: state.predictionId,
      error: state.error && stage !== 'unclear' ? withScale(state.error, run.scale) : null,
      seeds: last && last.seeds.length > 0 ? [...last.seeds] : run.record.seeds,
      ...(last?.details && { details: [...last.details] }),
      ...(last?.best === undefined ? {} : { best: last.best }),
      ...(stored === null ? {} : { logs: stored }),
      ...(blank.length === 0 ? {} : { blank }),
      ...(ended && !state.hasOutputs ? { durationMs, outputCount: Math.max(0, ...places) } : {}),
    },
  }
}

/** @param ms from now */
function dateOf(ms: number): string {
  return new Date(Date.now() + ms).toISOString()
}

/** What is still too large was sent at this scale: the next offer goes on from there. */
export function withScale<E extends NonNullable<RunState['error']>>(error: E, scale: number): E {
  return error.code === 'backend/input-too-large' ? { ...error, params: { ...error.params, scale } } : error
}

/**
 * What the outputs of a run are pasted into.
 * @param mask replayed from the record unless it is at hand, which takes long after many strokes
 */
export function targetOfRecord(
  record: RunRecord,
  source: SourceImage,
  backendOrigin: string | null,
  mask = maskOfRecord(record),
) {
  const frame: Rect = record.document.frame
  const { id, region, sentSize: sent = null } = record
  return { runId: id, source, frame, mask, region, sent, backendOrigin }
}
