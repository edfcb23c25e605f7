import type { ModelDescriptor } from '../../core/models/modelRegistry'
import type { Backend, BackendRef } from '../../core/prediction/backend'
import { findModel } from '../model/models'
import type { FollowerRooms } from './followerRooms'
import type { FailedOutput, RunOutput } from './runs'

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

  /** From the address it had; where that has expired, from the one that the backend names now. */
  const fetchAgain = async (id: string, place: number, retry: NonNullable<FailedOutput['retry']>) => {
    const { ref, seed, target } = retry
    const { signal } = new AbortController()
    const output = await outputs.receive(ref, place, seed, target, signal)
    const record = runs.byId(id)?.record
    if (output.kind === 'ready' || output.retry === null || !record?.predictionId) return output
    const model = findModel(models.store.getState(), record.document.setup.model)
    try {
      const backend = await backendOf(id, record.backend, model)
      if (!backend.capabilities.resume) return output
      const fresh = (await backend.get(record.predictionId, signal)).outputs[place]
      const isNew = fresh && !(fresh.kind === 'url' && ref.kind === 'url' && fresh.url === ref.url)
      return isNew ? await outputs.receive(fresh, place, seed, target, signal) : output
    } catch {
      // What the output's own host said is shown.
      return output
    }
  }

  const retry = async (id: string, place: number) => {
    const failed = runs.byId(id)?.outputs.find((output) => output.place === place)
    if (failed?.kind !== 'failed' || !failed.retry || retried.has(failed)) return
    retried.add(failed)
    const output = await fetchAgain(id, place, failed.retry)
    const all = (runs.byId(id)?.outputs ?? []).map((other) => (other.place === place ? output : other))
    runs.update(id, { outputs: all })
    await stored.store(id, [output])
    await stored.storeRaw(id, [output])
    await stored.close(id)
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
