import { AppError, type AppErrorData } from '../../core/errors'
import type { GrayImage, RgbaImage } from '../../core/image/raster'
import type {
  Backend,
  BackendCapabilities,
  BackendDescriptor,
  ModelFields,
} from '../../core/prediction/backend'
import { isTerminal, type Prediction, type PredictionInput } from '../../core/prediction/prediction'
import type { FillEvent } from '../../engine/protocol'
import { type EngineWorker, startEngineWorker } from './engineWorkerClient'

const CAPABILITIES: BackendCapabilities = {
  resume: false,
  offline: true,
  fixedSize: false,
  pollMs: [60, 120],
}

const MAX_OUTPUTS = 4

interface Run {
  readonly worker: EngineWorker
  readonly seeds: readonly number[]
  readonly images: (RgbaImage | null)[]
  readonly progress: number[]
  status: Prediction['status']
  error: AppErrorData | null
  readonly startedAt: number
  seconds: number | null
}

/** The fill engine as a backend: one worker a run, ended by cancel at once. Ignores the prompt, and says so. */
export class EmbeddedBackend implements Backend {
  readonly id = 'embedded'
  readonly capabilities = CAPABILITIES
  private readonly runs = new Map<string, Run>()
  private readonly fields: ModelFields
  private readonly startWorker: () => EngineWorker

  constructor(fields: ModelFields, startWorker: () => EngineWorker = startEngineWorker) {
    this.fields = fields
    this.startWorker = startWorker
  }

  create(input: PredictionInput, signal: AbortSignal, onSend = () => {}): Promise<Prediction> {
    signal.throwIfAborted()
    onSend()
    const id = crypto.randomUUID()
    const seeds = seedsFor(input, this.fields)
    const worker = this.startWorker()
    const run: Run = {
      worker,
      seeds,
      images: seeds.map(() => null),
      progress: seeds.map(() => 0),
      status: 'starting',
      error: null,
      startedAt: performance.now(),
      seconds: null,
    }
    this.runs.set(id, run)
    worker.onEvent = (event) => take(run, event)
    worker.onCrash = (message) => end(run, 'failed', new AppError('engine/crashed', { detail: message }).data)
    // The buffers move to the worker: it gets copies, the caller keeps its pixels.
    worker.start({
      engineId: 'content-aware-fill',
      image: copy(input.image),
      mask: copy(input.mask),
      seeds,
    })
    return Promise.resolve(predictionOf(id, run))
  }

  get(id: string): Promise<Prediction> {
    const run = this.runs.get(id)
    if (!run) return Promise.reject(new AppError('run/interrupted'))
    return Promise.resolve(predictionOf(id, run))
  }

  cancel(id: string): Promise<Prediction> {
    const run = this.runs.get(id)
    if (!run) return Promise.reject(new AppError('run/interrupted'))
    if (!isTerminal(run.status)) end(run, 'canceled', null)
    return Promise.resolve(predictionOf(id, run))
  }

  forget(id: string): void {
    const run = this.runs.get(id)
    if (run && !isTerminal(run.status)) run.worker.terminate()
    this.runs.delete(id)
  }
}

function copy<Image extends RgbaImage | GrayImage>(image: Image): Image {
  return { ...image, data: image.data.slice() }
}

/** Output k uses the asked seed + k; without one, a seed is drawn and told. */
function seedsFor({ params }: PredictionInput, fields: ModelFields): number[] {
  const asked = fields.seed ? params[fields.seed] : null
  const first = typeof asked === 'number' ? asked : crypto.getRandomValues(new Uint32Array(1))[0] >>> 1
  const count = fields.count ? params[fields.count] : null
  const outputs = typeof count === 'number' ? Math.min(MAX_OUTPUTS, Math.max(1, Math.round(count))) : 1
  return Array.from({ length: outputs }, (_, k) => first + k)
}

function take(run: Run, event: FillEvent): void {
  if (isTerminal(run.status)) return
  if (run.status === 'starting') run.status = 'processing'
  switch (event.kind) {
    case 'progress':
      run.progress[event.output] = event.fraction
      return
    case 'output':
      run.progress[event.output] = 1
      run.images[event.output] = event.image
      return
    case 'done':
      end(run, 'succeeded', null)
      return
    case 'error':
      end(run, 'failed', event.error)
  }
}

function end(run: Run, status: Prediction['status'], error: AppErrorData | null): void {
  run.status = status
  run.error = error
  run.seconds = (performance.now() - run.startedAt) / 1000
  if (status === 'succeeded') run.worker.release()
  else run.worker.terminate()
}

function predictionOf(id: string, run: Run): Prediction {
  const progress = run.progress.reduce((sum, part) => sum + part, 0) / run.progress.length
  const images = run.images.filter((image) => image !== null)
  return {
    id,
    status: run.status,
    rawStatus: null,
    outputs: run.status === 'succeeded' ? images.map((image) => ({ kind: 'pixels' as const, image })) : [],
    error: run.error,
    logs: run.seeds.map((seed) => `Using seed: ${seed}\n`).join(''),
    progress: run.status === 'succeeded' ? 1 : progress,
    seeds: run.seeds,
    predictSeconds: run.seconds,
  }
}

export const embeddedDescriptor: BackendDescriptor = {
  capabilities: CAPABILITIES,
  id: 'embedded',
  name: { en: 'On this device: content-aware fill', zh: '本机：内容识别填充' },
  description: {
    en: 'No key, no network. Ignores the prompt: it continues what surrounds the mask.',
    zh: '无需密钥和网络。忽略提示词：它延续蒙版周围的内容。',
  },
  needsUrl: false,
  usesRoles: ['count', 'seed'],
  create: (_ref, fields) => new EmbeddedBackend(fields),
}
