import { originOf } from '../../backends/wire/baseUrl'
import type { RunRecord } from '../../core/document/codec/recordCodec'
import { errorData } from '../../core/errors'
import type { ModelDescriptor } from '../../core/models/modelRegistry'
import type { Backend, BackendRef } from '../../core/prediction/backend'
import { type OutputRef, seedOf } from '../../core/prediction/prediction'
import { findModel } from '../model/models'
import type { FollowerRooms } from './followerRooms'
import { targetOfRecord } from './liveRun'
import { closeOutputs, type FailedOutput, type OutputSource, type Run, type RunOutput } from './runs'

/**
 * Makes what fetches an output again that could not be read: at a click, and when the page wakes.
 * @param backendOf the backend of a run, which may name another address by now
 */
export function createOutputRetry(
  { ports, models, runs, outputs, stored }: FollowerRooms,
  backendOf: (id: string, ref: BackendRef, model: ModelDescriptor) => Promise<Backend>,
): (id: string, place: number) => Promise<void> {
  /** Outputs that were asked for again: a second click does nothing. What comes is another object. */
  const retried = new WeakSet<RunOutput>()

  /** @returns where the backend says now that the output is; null where it keeps no results, or not this one */
  const refNow = async (record: RunRecord, place: number, signal: AbortSignal): Promise<OutputRef | null> => {
    const { id, predictionId } = record
    if (predictionId === null) return null
    const model = findModel(models.store.getState(), record.document.setup.model)
    const backend = await backendOf(id, record.backend, model)
    if (!backend.capabilities.resume) return null
    return (await backend.get(predictionId, signal)).outputs[place] ?? null
  }

  /** What was stored, and is gone. */
  const askFor = async ({ record, source }: Run, failed: FailedOutput): Promise<RunOutput> => {
    const { place } = failed
    const { signal } = new AbortController()
    try {
      const ref = source && (await refNow(record, place, signal))
      if (!ref) return { ...failed, retry: null }
      const { url } = record.backend
      const origin = url === null ? null : originOf(url, ports.page.base)
      const target = targetOfRecord(record, source, origin)
      return await outputs.receive(ref, place, seedOf(record.seeds, place), target, signal)
    } catch (error) {
      // What it does not know any more it never will.
      const isGone = errorData(error).code === 'backend/not-found'
      return { ...failed, retry: isGone ? null : 'ask' }
    }
  }

  /** From the address it had; where that has expired, from the one that the backend names now. */
  const fetchAgain = async ({ record }: Run, place: number, known: OutputSource): Promise<RunOutput> => {
    const { ref, seed, target } = known
    const { signal } = new AbortController()
    const output = await outputs.receive(ref, place, seed, target, signal)
    if (output.kind === 'ready' || output.retry === null) return output
    try {
      const fresh = await refNow(record, place, signal)
      const isNew = fresh && !(fresh.kind === 'url' && ref.kind === 'url' && fresh.url === ref.url)
      return isNew ? await outputs.receive(fresh, place, seed, target, signal) : output
    } catch {
      // What the output's own host said is shown.
      return output
    }
  }

  const retry = async (id: string, place: number) => {
    const run = runs.byId(id)
    const failed = run?.outputs.find((output) => output.place === place)
    if (!run || failed?.kind !== 'failed' || !failed.retry || retried.has(failed)) return
    retried.add(failed)
    const known = failed.retry
    const output = await (known === 'ask' ? askFor(run, failed) : fetchAgain(run, place, known))
    const outputsNow = runs.byId(id)?.outputs ?? []
    const isShown = outputsNow.some((other) => other.place === place && other.kind === 'failed')
    if (isShown) {
      runs.update(id, { outputs: outputsNow.map((other) => (other.place === place ? output : other)) })
    }
    await stored.store(id, [output])
    await stored.storeRaw(id, [output])
    if (isShown) await stored.close(id)
    // The run's pictures were freed meanwhile, or it was deleted: they are read from disk where they are wanted.
    else closeOutputs([output])
  }

  // Outputs are deleted after a while: what failed is asked for as soon as the network may be back.
  ports.page.onWake(() => {
    for (const { record, stage, outputs: all } of runs.store.getState().runs) {
      if (stage !== 'done') continue
      for (const { kind, place } of all) if (kind === 'failed') void retry(record.id, place)
    }
  })

  return retry
}
