import { MutationObserver, type QueryClient } from '@tanstack/react-query'
import { AppError, type AppErrorData, errorData, isAbort, isUnclear, NOT_SENT } from '../../core/errors'
import { freeBytes } from '../../core/freeBytes'
import type { PredictionInput } from '../../core/prediction/prediction'
import type { RunEvent } from '../../core/run/runState'
import type { Ports } from '../ports'
import type { LiveRun } from './liveRun'
import { findLostCreate } from './lostCreate'
import type { Runs } from './runs'

/** An outage is looked into once it has lasted this long, and again after the gap, ms. */
const DIAGNOSE_AFTER_MS = 8000
const DIAGNOSE_GAP_MS = 30_000
const ANSWERING_MS = 3000

interface RequestRooms {
  readonly ports: Ports
  readonly runs: Runs
  readonly queries: QueryClient
}

/** The requests of a run; each answer is dispatched as one event. */
export interface Requests {
  create(live: LiveRun): Promise<void>
  poll(live: LiveRun): Promise<void>
  /** Looks in the backend's list for a create whose answer was lost. */
  lookup(live: LiveRun): Promise<void>
  cancel(live: LiveRun): Promise<void>
}

export function createRequests(
  { ports, runs, queries }: RequestRooms,
  dispatch: (live: LiveRun, event: RunEvent) => void,
): Requests {
  /** @returns why nothing can be sent to a run's backend; null where it may get there */
  const obstacleOf = async (live: LiveRun): Promise<AppErrorData | null> => {
    const url = runs.byId(live.id)?.record.backend.url
    if (live.backend.capabilities.offline || typeof url !== 'string') return null
    return ports.network.obstacleTo(new URL(url || '/', ports.page.base).href, ANSWERING_MS)
  }

  const create = async (live: LiveRun) => {
    // The record is on disk before the request goes out.
    const [obstacle] = await Promise.all([obstacleOf(live), live.writes])
    const { signal } = live.abort
    if (signal.aborted || !live.input) return
    if (obstacle) {
      dispatch(live, { kind: 'refused', error: obstacle, seconds: null })
      return
    }
    const { input } = live
    let isOut = false
    const onSend = () => {
      signal.throwIfAborted()
      isOut = true
      runs.patchRecord(live.id, { sentAt: new Date().toISOString() })
      dispatch(live, { kind: 'sent' })
    }
    const mutation = new MutationObserver(queries, {
      mutationKey: ['create', live.id],
      mutationFn: () => live.backend.create(input, signal, onSend, () => freeInput(input)),
      networkMode: 'always',
      retry: false,
    })
    try {
      dispatch(live, { kind: 'answered', prediction: await mutation.mutate() })
    } catch (error) {
      if (isUnclear(error)) dispatch(live, { kind: 'lost', error: errorData(error) })
      else if (isAbort(error)) dispatch(live, { kind: 'aborted' })
      else {
        // What may start a run has not gone out: pictures that go up before it start none.
        const data = isOut ? errorData(error) : withNotSent(errorData(error))
        const { seconds } = data.params
        dispatch(live, {
          kind: 'refused',
          error: data,
          seconds: typeof seconds === 'number' ? seconds : null,
        })
      }
    } finally {
      // The cache would hold the pictures that went out and came back.
      mutation.reset()
    }
  }

  /** One request of the run; its answer, or its error, becomes an event. */
  const ask = async <Answer>(
    live: LiveRun,
    name: string,
    queryFn: (signal: AbortSignal) => Promise<Answer>,
    answered: (answer: Answer) => RunEvent,
    failed: (error: AppErrorData) => RunEvent | Promise<RunEvent>,
  ) => {
    const queryKey = [name, live.id]
    try {
      const answer = await queries.fetchQuery({
        queryKey,
        queryFn: ({ signal }) => queryFn(AbortSignal.any([signal, live.abort.signal])),
        staleTime: 0,
        retry: false,
      })
      dispatch(live, answered(answer))
    } catch (error) {
      if (live.abort.signal.aborted) return
      dispatch(live, await failed(errorData(error)))
    } finally {
      queries.removeQueries({ queryKey })
    }
  }

  /** Tells a server that is off from one whose answers the browser hides, which `fetch` does not. */
  const diagnosed = async (live: LiveRun, error: AppErrorData): Promise<AppErrorData> => {
    const url = runs.byId(live.id)?.record.backend.url
    const page = ports.page.base
    if (error.code !== 'backend/unreachable' || typeof url !== 'string') return error
    const address = new URL(url || '/', page)
    // The browser hides nothing of the page's own server: the one behind it is off.
    if (address.origin === new URL(page).origin) return error
    const hidden = new AppError('backend/cors', { params: { ...error.params, page: new URL(page).origin } })
      .data
    const now = performance.now()
    if (now - live.diagnosedAt < DIAGNOSE_GAP_MS) {
      return live.state.failure?.code === 'backend/cors' ? hidden : error
    }
    if (now - live.state.answeredAt < DIAGNOSE_AFTER_MS) return error
    live.diagnosedAt = now
    return (await ports.network.isAnswering(address.href, ANSWERING_MS)) ? hidden : error
  }

  const poll = (live: LiveRun) =>
    ask(
      live,
      'prediction',
      (signal) => live.backend.get(live.state.predictionId ?? '', signal),
      (prediction) => ({ kind: 'polled', prediction }),
      async (error) => ({ kind: 'pollFailed', error: await diagnosed(live, error) }),
    )

  const lookup = (live: LiveRun) =>
    ask(
      live,
      'lost',
      async (signal) => {
        const record = runs.byId(live.id)?.record
        return record ? findLostCreate(ports, runs, record, live.backend, signal) : null
      },
      (prediction) => (prediction ? { kind: 'found', prediction } : { kind: 'notFound' }),
      (error) => ({ kind: 'lookupFailed', error }),
    )

  const cancel = async (live: LiveRun) => {
    try {
      const prediction = await live.backend.cancel(live.state.predictionId ?? '')
      dispatch(live, { kind: 'cancelAnswered', prediction })
    } catch (error) {
      dispatch(live, { kind: 'cancelFailed', error: errorData(error) })
    }
  }

  return { create, poll, lookup, cancel }
}

/** Its pixels are the run's own, and as large as all that is sent of the picture. */
function freeInput({ image, mask, sources }: PredictionInput): void {
  for (const part of [image, mask, sources]) if (part) freeBytes(part.data)
}

function withNotSent(error: AppErrorData): AppErrorData {
  return { ...error, params: { ...error.params, [NOT_SENT]: 1 } }
}
