import { AppError, type AppErrorData, errorData, isAbort } from '../../core/errors'
import { holeParts } from '../../core/image/holeParts'
import { cropGray, type GrayImage, type RgbaImage } from '../../core/image/raster'
import { movedRect, type Rect, rectOf } from '../../core/geometry'
import type { Backend, ModelFields } from '../../core/prediction/backend'
import {
  type DetailSource,
  isTerminal,
  type Prediction,
  type PredictionInput,
} from '../../core/prediction/prediction'
import { DEFAULT_ENGINE_ID } from '../../engine/fillEngine'
import { outputSeeds } from '../embedded/outputSeeds'
import type { FilledPart } from '../../core/image/filledPart'
import { cropBands, joined } from '../embedded/parts'
import { sharedPool } from '../embedded/sharedPool'
import type { Task, TaskPool } from '../embedded/taskPool'
import { type ModelHost, modelHost } from './modelHost'
import { findModel } from './modelLibrary'
import { viewOf, viewScale } from './modelView'
import type { ModelFacts, ModelJob } from './onnxApi'
import { ONNX_CAPABILITIES } from './onnxCapabilities'
import { type WantedOutput, wantedOutputs } from './wantedOutputs'

/** More holes than this are filled together: each is a run of the model. */
const MAX_PARTS = 4

type NamedModel = ModelJob & ModelFacts & { readonly name: string }

interface Run {
  readonly input: PredictionInput
  readonly seeds: readonly number[]
  readonly abort: AbortController
  readonly tasks: Task[]
  readonly outputs: (FilledPart | null)[]
  /** By place, once it is planned. */
  details: DetailSource[]
  readonly startedAt: number
  status: Prediction['status']
  waitsFor: Prediction['waitsFor']
  error: AppErrorData | null
  logs: string
  seconds: number | null
}

interface Means {
  readonly find: (id: string) => Promise<NamedModel>
  readonly host: ModelHost
  readonly pool: TaskPool
}

/** A model of the user's as a backend. Its pictures' fine detail comes from the fill engine, where that is asked for. */
export class OnnxBackend implements Backend {
  readonly id = 'onnx'
  readonly capabilities = ONNX_CAPABILITIES
  private readonly runs = new Map<string, Run>()
  private readonly modelId: string
  private readonly fields: ModelFields
  private readonly means: Means

  /** @param modelId the model to run, by its content */
  constructor(modelId: string, fields: ModelFields, means?: Means) {
    this.modelId = modelId
    this.fields = fields
    this.means = means ?? { find: findModel, host: modelHost, pool: sharedPool() }
  }

  create(input: PredictionInput, signal: AbortSignal, onSend = () => {}): Promise<Prediction> {
    signal.throwIfAborted()
    onSend()
    const id = crypto.randomUUID()
    const seeds = outputSeeds(input, this.fields)
    const run: Run = {
      input,
      seeds,
      abort: new AbortController(),
      tasks: [],
      outputs: seeds.map(() => null),
      details: [],
      startedAt: performance.now(),
      status: 'starting',
      waitsFor: 'turn',
      error: null,
      logs: '',
      seconds: null,
    }
    this.runs.set(id, run)
    void this.work(run)
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
    this.end(run, 'canceled', null)
    return Promise.resolve(predictionOf(id, run))
  }

  forget(id: string): void {
    const run = this.runs.get(id)
    if (run) this.end(run, 'canceled', null)
    this.runs.delete(id)
  }

  private end(run: Run, status: Prediction['status'], error: AppErrorData | null): void {
    if (isTerminal(run.status)) return
    run.status = status
    run.waitsFor = undefined
    run.error = error
    run.seconds = (performance.now() - run.startedAt) / 1000
    if (status === 'succeeded') return
    run.abort.abort()
    this.means.pool.drop(run.tasks)
  }

  private async work(run: Run): Promise<void> {
    const { signal } = run.abort
    try {
      const model = await this.means.find(this.modelId)
      const whole = rectOf(run.input.image)
      const split = holeParts(run.input.mask)
      const parts = split.length > MAX_PARTS ? [whole] : split
      const isReduced = parts.some(
        (part) => viewScale(viewOf(cropGray(run.input.mask, part), model.profile)) < 1,
      )
      const wanted = wantedOutputs(run.seeds.length, run.input.params, isReduced)
      run.details = wanted.map(({ isHybrid }) => (isHybrid ? 'photo' : 'model'))
      for (const variant of new Set(wanted.map((output) => output.variant))) {
        const answers: Answer[] = []
        for (const part of parts) answers.push(await this.ask(run, model, part, variant))
        signal.throwIfAborted()
        for (const [place, output] of wanted.entries()) {
          if (output.variant === variant) this.make(run, place, output, answers)
        }
      }
    } catch (error) {
      if (!isAbort(error)) this.end(run, 'failed', errorData(error))
    }
  }

  /** The model's answer for one part of the picture. */
  private async ask(run: Run, model: NamedModel, part: Rect, variant: number): Promise<Answer> {
    const { image, mask } = run.input
    const shown = await cropBands(image, mask, part)
    return this.means.host.run(run.abort.signal, async (worker) => {
      if (run.status === 'starting') {
        run.waitsFor = 'model'
        const ranOn = await worker.load(model)
        run.logs += `${model.name}\n${ranOn.provider === 'webgpu' ? 'WebGPU' : `WebAssembly, threads: ${ranOn.threads}`}\n`
        run.waitsFor = undefined
        if (!isTerminal(run.status)) run.status = 'processing'
      }
      const answer = await worker.fillHole(model, shown.image, shown.mask, variant)
      return { at: part, own: answer.part, small: answer.small }
    })
  }

  /** Makes an output of the answers for its parts; the fill engine adds the photo's detail to those that were reduced. */
  private make(run: Run, place: number, { isHybrid }: WantedOutput, answers: readonly Answer[]): void {
    const { image, mask } = run.input
    const finished: FilledPart[] = []
    let hasPhoto = false
    const finish = ({ at, own }: Answer, part: FilledPart) => {
      hasPhoto ||= part !== own
      finished.push({ image: part.image, at: movedRect(part.at, at.x, at.y) })
      if (finished.length < answers.length) return
      run.outputs[place] = joined(image, finished)
      run.details = run.details.with(place, hasPhoto ? 'photo' : 'model')
      if (!run.outputs.includes(null)) this.end(run, 'succeeded', null)
    }
    if (!isHybrid) {
      for (const answer of answers) finish(answer, answer.own)
      return
    }
    const tasks = answers.map((answer) =>
      hybridTask(image, mask, answer, run.seeds[place], {
        done: (part) => finish(answer, part),
        failed: (error) => {
          // Nothing to copy from: the model does not need it.
          if (error.code === 'engine/no-source') finish(answer, answer.own)
          else this.end(run, 'failed', error)
        },
      }),
    )
    run.tasks.push(...tasks)
    this.means.pool.add(tasks)
  }
}

interface Answer {
  /** The part of the picture, px of it. */
  readonly at: Rect
  readonly own: FilledPart
  /** All of the part, as small as the model saw it. */
  readonly small: RgbaImage
}

/** A fill whose coarse levels show the model's answer. */
function hybridTask(
  image: RgbaImage,
  mask: GrayImage,
  { at, small }: Answer,
  seed: number,
  ends: Pick<Task, 'done' | 'failed'>,
): Task {
  return {
    pixels: at.width * at.height,
    job: async () => ({
      engineId: DEFAULT_ENGINE_ID,
      ...(await cropBands(image, mask, at)),
      start: small,
      seed,
      quality: 'standard',
      patchSide: 7,
    }),
    progress: () => {},
    ...ends,
  }
}

function predictionOf(id: string, run: Run): Prediction {
  const { status, waitsFor, error, logs, seeds, details, outputs } = run
  // Finished outputs up to the first unfinished one, so that an output keeps its place.
  const missing = outputs.indexOf(null)
  const ready = missing < 0 ? outputs : outputs.slice(0, missing)
  const isShown = status === 'succeeded' || status === 'processing'
  return {
    id,
    status,
    rawStatus: null,
    waitsFor,
    outputs: isShown ? ready.flatMap((part) => (part ? [{ kind: 'pixels' as const, ...part }] : [])) : [],
    error,
    logs,
    // A model does not tell how far it is.
    progress: status === 'succeeded' ? 1 : null,
    seeds,
    ...(details.length > 0 && { details }),
    predictSeconds: run.seconds,
  }
}
