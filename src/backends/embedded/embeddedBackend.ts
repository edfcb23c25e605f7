import { AppError, type AppErrorData } from '../../core/errors'
import { movedRect, type Rect } from '../../core/geometry'
import { holeParts } from '../../core/image/holeParts'
import { cropGray } from '../../core/image/raster'
import { hasEnoughToSample } from '../../core/image/samplingArea'
import { guidesFrom } from '../../core/mask/command/guideLines'
import type { Backend, ModelFields } from '../../core/prediction/backend'
import { isTerminal, type Prediction, type PredictionInput } from '../../core/prediction/prediction'
import { EMBEDDED_CAPABILITIES } from './embeddedCapabilities'
import type { FilledPart } from '../../core/image/filledPart'
import { DEFAULT_ENGINE_ID } from '../../engine/fillEngine'
import { fillSettings } from './fillSettings'
import { outputSeeds } from './outputSeeds'
import { cropBands, joined } from './parts'
import { sharedPool } from './sharedPool'
import type { Task, TaskPool } from './taskPool'

interface Output {
  /** How many of its parts are missing. */
  missing: number
  /** Parts that are filled, px of the input's picture. */
  readonly parts: FilledPart[]
  /** All parts in one picture; null while one is missing. */
  filled: FilledPart | null
  /** Of the parts that are filled. */
  misfit: number
}

interface Run {
  readonly tasks: readonly Task[]
  readonly seeds: readonly number[]
  readonly outputs: readonly Output[]
  /** By task. */
  readonly progress: number[]
  /** Tasks whose worker may still turn out not to run: they would be made again, from the input. */
  readonly unheard: Set<Task>
  /** Tells that nothing is read from the input any more. */
  onRead: (() => void) | null
  status: Prediction['status']
  error: AppErrorData | null
  readonly startedAt: number
  seconds: number | null
}

/** The fill engine as a backend: each part of each output is a task of a worker. It ignores the prompt. */
export class EmbeddedBackend implements Backend {
  readonly id = 'embedded'
  readonly capabilities = EMBEDDED_CAPABILITIES
  private readonly runs = new Map<string, Run>()
  private readonly fields: ModelFields
  private readonly pool: TaskPool

  constructor(fields: ModelFields, pool: TaskPool = sharedPool()) {
    this.fields = fields
    this.pool = pool
  }

  create(
    input: PredictionInput,
    signal: AbortSignal,
    onSend = () => {},
    onRead = () => {},
  ): Promise<Prediction> {
    signal.throwIfAborted()
    onSend()
    const id = crypto.randomUUID()
    const seeds = outputSeeds(input, this.fields)
    const split = holeParts(input.mask)
    // A part with too little to copy from is filled with the rest.
    const whole = { x: 0, y: 0, width: input.image.width, height: input.image.height }
    const parts = split.every((part) => hasSource(input, part)) ? split : [whole]
    const tasks: Task[] = []
    const run: Run = {
      tasks,
      seeds,
      outputs: seeds.map(() => ({ missing: parts.length, parts: [], filled: null, misfit: 0 })),
      progress: seeds.flatMap(() => parts.map(() => 0)),
      unheard: new Set(),
      onRead,
      status: 'starting',
      error: null,
      startedAt: performance.now(),
      seconds: null,
    }
    for (const [output, seed] of seeds.entries()) {
      for (const part of parts) tasks.push(taskOf(run, { output, seed, part, place: tasks.length }, input))
    }
    for (const task of tasks) run.unheard.add(task)
    this.runs.set(id, run)
    this.pool.add(tasks)
    return Promise.resolve(predictionOf(id, run))
  }

  get(id: string): Promise<Prediction> {
    const run = this.runs.get(id)
    if (!run) return Promise.reject(new AppError('run/interrupted'))
    if (isTerminal(run.status)) this.pool.drop(run.tasks)
    return Promise.resolve(predictionOf(id, run))
  }

  cancel(id: string): Promise<Prediction> {
    const run = this.runs.get(id)
    if (!run) return Promise.reject(new AppError('run/interrupted'))
    if (!isTerminal(run.status)) {
      end(run, 'canceled', null)
      this.pool.drop(run.tasks)
    }
    return Promise.resolve(predictionOf(id, run))
  }

  forget(id: string): void {
    const run = this.runs.get(id)
    if (run) this.pool.drop(run.tasks)
    this.runs.delete(id)
  }
}

/**
 * @returns true where a part has a pixel that can be copied, neither masked nor transparent; with a sampling area, where
 * it has enough of that
 */
function hasSource({ image, mask, sources }: PredictionInput, part: Rect): boolean {
  if (sources) return hasEnoughToSample(cropGray(mask, part), cropGray(sources, part))
  const { x, y, width, height } = part
  for (let j = y; j < y + height; j++) {
    for (let i = x, p = j * mask.width + x; i < x + width; i++, p++)
      if (mask.data[p] === 0 && image.data[p * 4 + 3] > 0) return true
  }
  return false
}

interface Place {
  readonly output: number
  readonly seed: number
  /** Its rectangle, px of the input's picture. */
  readonly part: Rect
  /** Its index among the run's tasks. */
  readonly place: number
}

/** The task that fills one part of one output. */
function taskOf(
  run: Run,
  { output, seed, part, place }: Place,
  { image, mask, sources, guides, params }: PredictionInput,
): Task {
  const task: Task = {
    pixels: part.width * part.height,
    job: async () => ({
      engineId: DEFAULT_ENGINE_ID,
      ...(await cropBands(image, mask, part)),
      ...(sources && { sources: cropGray(sources, part) }),
      ...(guides && { guides: guidesFrom(guides, part) }),
      seed,
      ...fillSettings(params),
    }),
    progress(fraction) {
      if (run.status === 'starting') run.status = 'processing'
      run.progress[place] = fraction
      heard(run, task)
    },
    done(filled) {
      const slot = run.outputs[output]
      slot.parts.push({ image: filled.image, at: movedRect(filled.at, part.x, part.y) })
      slot.misfit += filled.misfit
      slot.missing--
      if (slot.missing === 0) slot.filled = joined(image, slot.parts)
      run.progress[place] = 1
      heard(run, task)
      if (run.outputs.every(({ missing }) => missing === 0)) end(run, 'succeeded', null)
    },
    failed: (error) => end(run, 'failed', error),
  }
  return task
}

/** What lies between several parts is taken from the input when the last of them is there. */
function heard(run: Run, task: Task): void {
  run.unheard.delete(task)
  const needsInput =
    run.tasks.length > run.outputs.length && run.outputs.some(({ filled }) => filled === null)
  if (run.unheard.size > 0 || needsInput) return
  run.onRead?.()
  run.onRead = null
}

function end(run: Run, status: Prediction['status'], error: AppErrorData | null): void {
  if (isTerminal(run.status)) return
  run.status = status
  run.error = error
  run.seconds = (performance.now() - run.startedAt) / 1000
}

function predictionOf(id: string, run: Run): Prediction {
  const progress = run.progress.reduce((sum, part) => sum + part, 0) / run.progress.length
  // Finished outputs up to the first unfinished one, so that an output keeps its place.
  const missing = run.outputs.findIndex(({ filled }) => filled === null)
  const ready = missing < 0 ? run.outputs : run.outputs.slice(0, missing)
  const shown = run.status === 'succeeded' || run.status === 'processing' ? ready : []
  return {
    id,
    status: run.status,
    rawStatus: null,
    outputs: shown.flatMap(({ filled }) => (filled ? [{ kind: 'pixels' as const, ...filled }] : [])),
    error: run.error,
    logs: run.seeds.map((seed) => `Using seed: ${seed}\n`).join(''),
    progress: run.status === 'succeeded' ? 1 : progress,
    seeds: run.seeds,
    ...(run.status === 'succeeded' && run.outputs.length > 1 && { best: bestOf(run.outputs) }),
    predictSeconds: run.seconds,
  }
}

/** @returns the place of the output whose pieces meet best, by the engine's own judgement; of equal ones the first */
function bestOf(outputs: readonly Output[]): number {
  const least = Math.min(...outputs.map(({ misfit }) => misfit))
  return outputs.findIndex(({ misfit }) => misfit === least)
}
