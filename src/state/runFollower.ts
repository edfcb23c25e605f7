import { QueryObserver } from '@tanstack/react-query'
import { AppError, errorData } from '../core/errors'
import type { Mask } from '../core/mask/mask'
import type { Backend } from '../core/prediction/backend'
import { fieldByRole } from '../core/prediction/inputSchema'
import { isTerminal, type Prediction } from '../core/prediction/prediction'
import { showCompare } from './compareStore'
import { notify, reportError } from './messageStore'
import { endsPolling, predictionQuery, queryClient } from './predictionQueries'
import { EarlyOutputs } from './earlyOutputs'
import { failRun, patchRun, persistRun } from './runBooks'
import { canRetry, storeOutputs, storeThumbnail } from './runOutputs'
import { runById, trimRuns, updateRun } from './runsStore'
import { type SourceImage, useSession } from './sessionStore'
import { findModel } from './modelStore'

/** A run that is not over, as long as the page lives. */
export interface LiveRun {
  readonly id: string
  readonly backend: Backend
  readonly backendOrigin: string | null
  readonly source: SourceImage
  /** null where the model takes none. */
  readonly mask: Mask | null
  readonly abort: AbortController
  cancelAsked: boolean
  /** Set while it is followed. */
  cancel?: () => Promise<void>
  resume?: () => void
}

const RUN_LIMIT_MS = 30 * 60_000
const NO_ANSWER_LIMIT_MS = 10 * 60_000

/** From the answer to create until the outputs are shown, or the run has failed. */
export async function followRun(run: LiveRun, first: Prediction): Promise<void> {
  try {
    const early = new EarlyOutputs(run)
    const last = isTerminal(first.status) ? first : await poll(run, first, (part) => early.take(part))
    patchRun(run.id, { status: last.status, seeds: [...last.seeds] })
    if (last.status === 'canceled') {
      await failRun(run.id, new AppError('unexpected').data, true)
    } else if (last.error || last.status !== 'succeeded') {
      await failRun(run.id, last.error ?? new AppError('backend/run-failed').data)
    } else {
      if (run.cancelAsked) notify('finished-before-cancel')
      await receive(run, last, early)
    }
  } finally {
    run.backend.forget(first.id)
  }
}

/**
 * Looks until the prediction is over. The observer belongs to no component: leaving a view changes nothing. Errors do
 * not end a run; silence makes it `stalled`, which the user can wait out or cancel.
 */
function poll(run: LiveRun, first: Prediction, early: (part: Prediction) => void): Promise<Prediction> {
  const { backend, id } = run
  updateRun(id, { stage: run.cancelAsked ? 'canceling' : 'following' })
  show(id, first)
  const query = predictionQuery(backend, id, first.id)
  queryClient.setQueryData(query.queryKey, first)
  const observer = new QueryObserver(queryClient, query)
  return new Promise<Prediction>((resolve, reject) => {
    let ended = false
    let limitFrom = performance.now()
    let failingFrom: number | null = null
    let notFound = 0
    let errorsSeen = 0
    let shown: Prediction = first

    const end = (settle: () => void) => {
      if (ended) return
      ended = true
      delete run.cancel
      delete run.resume
      stop()
      queryClient.removeQueries({ queryKey: query.queryKey })
      settle()
    }
    const stall = () => {
      updateRun(id, { stage: 'stalled' })
      observer.setOptions({ ...query, enabled: false })
    }
    const stop = observer.subscribe((result) => {
      if (ended) return
      if (result.errorUpdateCount > errorsSeen) {
        errorsSeen = result.errorUpdateCount
        const { code } = errorData(result.error)
        notFound = code === 'backend/not-found' ? notFound + 1 : 0
        failingFrom ??= performance.now()
        if (endsPolling(result.error, notFound)) end(() => reject(followError(result.error)))
        else if (performance.now() - failingFrom > NO_ANSWER_LIMIT_MS) stall()
        return
      }
      if (!result.data || result.data === shown) return
      shown = result.data
      failingFrom = null
      notFound = 0
      show(id, shown)
      early(shown)
      if (isTerminal(shown.status)) end(() => resolve(shown))
      else if (performance.now() - limitFrom > RUN_LIMIT_MS) stall()
    })

    const follow = () => {
      limitFrom = performance.now()
      failingFrom = null
      updateRun(id, { stage: run.cancelAsked ? 'canceling' : 'following' })
      observer.setOptions(query)
      void observer.refetch()
    }
    run.resume = follow
    run.cancel = async () => {
      try {
        const answer = await backend.cancel(first.id)
        if (isTerminal(answer.status)) end(() => resolve(answer))
        else follow()
      } catch (error) {
        if (ended) return
        const { code } = errorData(error)
        if (code === 'backend/not-found' || code === 'backend/method-not-allowed') {
          // No such route, or the run is not known: the looking ends here, and the page says what that means.
          notify('cancel-local')
          end(() => resolve({ ...shown, status: 'canceled', error: null }))
        } else {
          run.cancelAsked = false
          reportError(error)
          follow()
        }
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

async function receive(run: LiveRun, prediction: Prediction, early: EarlyOutputs): Promise<void> {
  const { id, source } = run
  const shown = runById(id)
  if (!shown) return
  updateRun(id, { stage: 'fetching', progress: 1 })
  const { params } = shown.record
  const outputs = await early.all(prediction, true)
  const [unread] = outputs
  // Nothing to see, and nothing that could be fetched again.
  if (unread?.kind === 'failed' && outputs.every((output) => output.kind === 'failed' && !output.retry)) {
    await failRun(id, unread.error)
    return
  }
  const count = fieldByRole(findModel(shown.record.model).fields, 'count')
  const asked = count ? params[count.name] : undefined
  if (typeof asked === 'number' && outputs.length < asked)
    notify('fewer-outputs', { asked, came: outputs.length })
  const { moreOutputs = 0 } = prediction
  if (moreOutputs > 0) notify('more-outputs', { shown: outputs.length, came: outputs.length + moreOutputs })
  updateRun(id, { outputs })
  patchRun(id, {
    status: 'succeeded',
    outputCount: outputs.length,
    durationMs:
      prediction.predictSeconds === null
        ? performance.now() - shown.startedAt
        : prediction.predictSeconds * 1000,
  })
  // Shown at once; the record says done when the pictures are on disk, so that a reload in between fetches them again.
  updateRun(id, { stage: 'done' })
  // Whoever is in the middle of a stroke, or went on with another picture, is left where they are.
  const { source: open, editor } = useSession.getState()
  if (open?.key === source.key && !editor?.isDrawing) showCompare(id)
  await storeOutputs(id, outputs)
  await storeThumbnail(id)
  // What could not be fetched is asked for again at the next visit, where the backend can be asked.
  if (!run.backend.capabilities.resume || !canRetry(outputs)) patchRun(id, { phase: 'done' })
  await persistRun(id)
  trimRuns(id)
}
