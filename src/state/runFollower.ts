import { QueryObserver } from '@tanstack/react-query'
import { AppError, type AppErrorData, errorData } from '../core/errors'
import type { Mask } from '../core/mask/mask'
import { modelById } from '../core/models/modelRegistry'
import type { Backend } from '../core/prediction/backend'
import { fieldByRole } from '../core/prediction/inputSchema'
import { isTerminal, type Prediction } from '../core/prediction/prediction'
import type { RunRecord } from '../core/run/runRecord'
import { showCompare, useCompare } from './compareStore'
import { notify } from './messageStore'
import { endsPolling, predictionQuery, queryClient } from './predictionQueries'
import { receiveOutput } from './runOutputs'
import { runById, type RunOutput, updateRun } from './runsStore'
import type { SourceImage } from './sessionStore'

/** A run that is not over, as long as the page lives. */
export interface LiveRun {
  readonly id: string
  readonly backend: Backend
  readonly backendOrigin: string | null
  readonly source: SourceImage
  readonly mask: Mask
  readonly abort: AbortController
  cancelAsked: boolean
  /** Set while it is followed. */
  cancel?: () => Promise<void>
  resume?: () => void
}

interface Bookkeeping {
  patch(id: string, change: Partial<RunRecord>): void
  persist(id: string): Promise<void>
  fail(id: string, error: AppErrorData, aborted?: boolean): Promise<void>
}

const RUN_LIMIT_MS = 30 * 60_000
const NO_ANSWER_LIMIT_MS = 10 * 60_000

/** From the answer to create until the outputs are shown, or the run has failed. */
export async function followRun(run: LiveRun, first: Prediction, books: Bookkeeping): Promise<void> {
  const last = isTerminal(first.status) && !run.cancelAsked ? first : await poll(run, first)
  run.backend.forget(last.id)
  books.patch(run.id, { status: last.status, seeds: [...last.seeds] })
  if (last.status === 'canceled') {
    await books.fail(run.id, new AppError('unexpected').data, true)
    return
  }
  if (last.error || last.status !== 'succeeded') {
    await books.fail(run.id, last.error ?? new AppError('backend/run-failed').data)
    return
  }
  if (run.cancelAsked) notify('finished-before-cancel')
  await receive(run, last, books)
}

/** Looks until the prediction is over. The observer belongs to no component: leaving a view changes nothing. */
function poll(run: LiveRun, first: Prediction): Promise<Prediction> {
  const { backend, id } = run
  updateRun(id, { stage: run.cancelAsked ? 'canceling' : 'following' })
  show(id, first)
  const query = predictionQuery(backend, id, first.id)
  queryClient.setQueryData(query.queryKey, first)
  const observer = new QueryObserver(queryClient, query)
  return new Promise<Prediction>((resolve, reject) => {
    let startedAt = performance.now()
    let lastGood = startedAt
    let failures = 0
    let seen = 0
    const stop = observer.subscribe((result) => {
      if (result.errorUpdateCount > failures) {
        failures = result.errorUpdateCount
        const silentFor = performance.now() - lastGood
        if (endsPolling(result.error, failures)) {
          end(() => reject(followError(result.error)))
          return
        }
        if (silentFor > NO_ANSWER_LIMIT_MS) end(() => reject(new AppError('backend/time-limit')))
        return
      }
      if (!result.data || result.dataUpdatedAt === seen) return
      seen = result.dataUpdatedAt
      lastGood = performance.now()
      show(id, result.data)
      if (isTerminal(result.data.status)) {
        const { data } = result
        end(() => resolve(data))
      } else if (performance.now() - startedAt > RUN_LIMIT_MS) {
        updateRun(id, { stage: 'stalled' })
        observer.setOptions({ ...query, enabled: false })
      }
    })
    const end = (settle: () => void) => {
      delete run.cancel
      delete run.resume
      stop()
      queryClient.removeQueries({ queryKey: query.queryKey })
      settle()
    }
    run.resume = () => {
      startedAt = performance.now()
      lastGood = startedAt
      updateRun(id, { stage: 'following' })
      observer.setOptions(query)
      void observer.refetch()
    }
    run.cancel = async () => {
      try {
        const answer = await backend.cancel(first.id)
        if (isTerminal(answer.status)) end(() => resolve(answer))
        else void observer.refetch()
      } catch (error) {
        const { code } = errorData(error)
        // No such route, or the run is not known any more: the looking ends here, and the page says what that means.
        notify('cancel-local', { code })
        end(() => resolve({ ...first, status: 'canceled' }))
      }
    }
    run.abort.signal.addEventListener('abort', () => end(() => reject(new DOMException('', 'AbortError'))))
    if (run.cancelAsked) void run.cancel()
  })
}

/** A backend that has no way to ask about a run, or not for this key. */
function followError(error: unknown): unknown {
  const { code, detail } = errorData(error)
  if (code === 'backend/not-found' || code === 'backend/method-not-allowed') {
    return new AppError('backend/cannot-follow', { detail, cause: error })
  }
  return error
}

function show(id: string, prediction: Prediction): void {
  updateRun(id, { progress: prediction.progress, rawStatus: prediction.rawStatus })
}

async function receive(run: LiveRun, prediction: Prediction, books: Bookkeeping): Promise<void> {
  const { id, source, mask, abort } = run
  const shown = runById(id)
  if (!shown) return
  updateRun(id, { stage: 'fetching', progress: 1 })
  const { region, params } = shown.record
  const target = { runId: id, source, mask, region, backendOrigin: run.backendOrigin }
  const outputs: RunOutput[] = []
  for (const [place, ref] of prediction.outputs.entries()) {
    outputs.push(await receiveOutput(ref, place, prediction.seeds[place] ?? null, target, abort.signal))
  }
  const unread = outputs.find((output) => output.kind === 'failed')
  if (unread?.kind === 'failed' && outputs.every(({ kind }) => kind === 'failed')) {
    await books.fail(id, unread.error)
    return
  }
  const count = fieldByRole(modelById(shown.record.model).fields, 'count')
  const asked = count ? params[count.name] : undefined
  if (typeof asked === 'number' && outputs.length < asked)
    notify('fewer-outputs', { asked, came: outputs.length })
  books.patch(id, {
    phase: 'done',
    status: 'succeeded',
    outputCount: outputs.length,
    durationMs:
      prediction.predictSeconds === null
        ? performance.now() - shown.startedAt
        : prediction.predictSeconds * 1000,
  })
  const isNewest = useCompare.getState().view === 'edit' || useCompare.getState().runId !== id
  updateRun(id, { stage: 'done', outputs })
  if (isNewest) showCompare(id)
  await books.persist(id)
}
