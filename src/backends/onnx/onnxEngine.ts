import { findConvention } from './modelCheck'
import { answerPicture, modelInputs } from './modelTensors'
import { fillView, viewOf } from './modelView'
import type { ModelJob, OnnxApi, RanOn } from './onnxApi'
import type { Runtime } from './onnxRuntime'
import { openGraph, type OpenGraph, type Provider } from './onnxSession'

export interface RuntimePlace {
  readonly mayUseGpu: () => boolean
  readonly threadCount: () => number
  readonly loadRuntime: (gpu: boolean) => Promise<Runtime>
}

interface Opened {
  readonly id: string
  readonly provider: Provider
  readonly graph: OpenGraph
}

/** Runs models, one loaded at a time; on the graphics processor where that gives right answers, else on the processor. */
export function createOnnxEngine({ mayUseGpu, threadCount, loadRuntime }: RuntimePlace): OnnxApi {
  let runtime: Promise<Runtime> | null = null
  let opened: Opened | null = null
  /** Models that failed on the graphics processor. */
  const slow = new Set<string>()

  const open = async ({ id, file, profile }: ModelJob, provider: Provider): Promise<OpenGraph> => {
    if (opened?.id === id && opened.provider === provider) return opened.graph
    await close()
    runtime ??= loadRuntime(mayUseGpu())
    const loaded = await runtime.catch((error: unknown) => {
      runtime = null
      throw error
    })
    const graph = await openGraph(loaded, file, profile.output, provider)
    opened = { id, provider, graph }
    return graph
  }

  const close = async () => {
    const before = opened
    opened = null
    await before?.graph.close()
  }

  /** Known versions of the graphics processor's runtime fail at some models, or answer wrongly: one try each. */
  const attempt = async <Result>(
    job: ModelJob,
    first: Provider,
    work: (graph: OpenGraph, ranOn: RanOn) => Promise<Result>,
  ): Promise<Result> => {
    const on = async (provider: Provider) =>
      work(await open(job, provider), { provider, threads: provider === 'wasm' ? threadCount() : 1 })
    if (first === 'webgpu' && mayUseGpu() && !slow.has(job.id)) {
      try {
        return await on('webgpu')
      } catch {
        slow.add(job.id)
        await close().catch(() => {})
      }
    }
    return on('wasm')
  }

  return {
    check: (job) =>
      attempt(job, 'webgpu', async ({ run }, { provider }) => ({
        convention: await findConvention(job.profile, run),
        provider,
      })),
    load: (job) => attempt(job, job.provider, (_, ranOn) => Promise.resolve(ranOn)),
    fillHole: (job, image, mask, variant) =>
      attempt(job, job.provider, async ({ run }, ranOn) => {
        const { profile, convention } = job
        const view = viewOf(mask, profile)
        const answer = await fillView(image, mask, view, variant, async (shown, hole) =>
          answerPicture(await run(modelInputs(shown, hole, profile, convention)), convention.output),
        )
        return { ...answer, ...ranOn }
      }),
  }
}
