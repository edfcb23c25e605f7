import { backendDescriptor } from '../../backends/backendRegistry'
import { errorData, isAbort } from '../../core/errors'
import { fieldByRole } from '../../core/prediction/inputSchema'
import type { Prediction } from '../../core/prediction/prediction'
import type { RunEvent } from '../../core/run/runState'
import { runFields } from '../model/formSelectors'
import { findModel } from '../model/models'
import { baseOf } from '../session/source'
import type { FollowerRooms } from './followerRooms'
import type { LiveRun } from './liveRun'
import { canRetry } from './outputs'
import { keepPaidResult } from './persistence'
import type { RunOutput } from './runs'

/** What becomes of the pictures that a run is answered with; each end is dispatched as one event. */
export interface Arrivals {
  /**
   * Shows a run's outputs; during a stroke, over another picture, in History and where they were asked for again it says
   * that they are there.
   */
  show(live: LiveRun): void
  /** Outputs that are there while the run goes on. */
  take(live: LiveRun, prediction: Prediction): Promise<void>
  fetch(live: LiveRun, prediction: Prediction): Promise<void>
  store(live: LiveRun): Promise<void>
  /** Stores what came before a run failed, after its last write. */
  storeHeld(live: LiveRun): void
}

export function createArrivals(
  { ports, messages, models, session, view, runs, stored }: FollowerRooms,
  dispatch: (live: LiveRun, event: RunEvent) => void,
): Arrivals {
  const showOutputs = (live: LiveRun) => {
    const run = runs.byId(live.id)
    if (run?.applies) return
    const { source, editor } = session.store.getState()
    const key = run?.record.document.base.key
    const isOpen = source !== null && baseOf(source).key === key
    const shown = view.store.getState()
    // Whoever looks at what came before keeps what is selected.
    if (shown.view === 'compare' && shown.runId === live.id) return
    const isAwaited = shown.view !== 'history' && !run?.isAskedAgain
    if (isOpen && isAwaited && !editor?.isDrawing) view.showCompare(live.id)
    else {
      view.offer(live.id)
      messages.notify('outputs-ready', { runId: live.id })
    }
  }

  const takeOutputs = async (live: LiveRun, prediction: Prediction) => {
    if (!live.outputs.hasNew(prediction)) return
    try {
      const ready = (await live.outputs.all(prediction)).filter(({ kind }) => kind === 'ready')
      const run = runs.byId(live.id)
      if (ready.length === 0 || run?.stage !== 'following') return
      runs.update(live.id, { outputs: ready })
      if (run.outputs.length === 0) showOutputs(live)
    } catch {
      // The run was stopped; its end reports why.
    }
  }

  const fetchOutputs = async (live: LiveRun, prediction: Prediction) => {
    let all: RunOutput[]
    try {
      all = await live.outputs.all(prediction, true)
    } catch (error) {
      dispatch(live, isAbort(error) ? { kind: 'aborted' } : { kind: 'failed', error: errorData(error) })
      return
    }
    if (live.state.stage !== 'fetching') return
    const ready = all.filter(({ kind }) => kind === 'ready').length
    const unread = all.find((output) => output.kind === 'failed')
    const retryable = canRetry(all)
    if (ready > 0 || retryable) {
      runs.update(live.id, { outputs: all })
      tellCount(live, all.length, prediction)
    }
    dispatch(live, {
      kind: 'outputs',
      ready,
      retryable,
      error: unread?.kind === 'failed' ? unread.error : null,
    })
  }

  const tellCount = (live: LiveRun, came: number, { moreOutputs = 0 }: Prediction) => {
    const record = runs.byId(live.id)?.record
    if (!record) return
    const model = findModel(models.store.getState(), record.document.setup.model)
    const count = fieldByRole(runFields(backendDescriptor(record.backend.id), model), 'count')
    const { params, options } = record.document.setup
    const asked = count ? { ...params, ...options }[count.name] : undefined
    if (typeof asked === 'number' && came < asked) messages.notify('fewer-outputs', { asked, came })
    if (moreOutputs > 0) messages.notify('more-outputs', { shown: came, came: came + moreOutputs })
  }

  const store = async (live: LiveRun) => {
    const all = runs.byId(live.id)?.outputs ?? []
    const isStored = await stored.store(live.id, all)
    await stored.storeThumbnail(live.id)
    // What is not on disk is fetched again by the next visit.
    dispatch(live, { kind: 'stored', retryable: canRetry(all) || !isStored })
    await stored.storeRaw(live.id, all)
    const run = runs.byId(live.id)
    if (run) await keepPaidResult(ports, run)
  }

  const storeAfter = async (writes: Promise<void>, id: string, held: readonly RunOutput[]) => {
    await writes
    await stored.store(id, held)
    await stored.storeRaw(id, held)
  }

  const storeHeld = (live: LiveRun) => {
    const held = runs.byId(live.id)?.outputs ?? []
    if (held.length > 0) live.writes = storeAfter(live.writes, live.id, held)
  }

  return { show: showOutputs, take: takeOutputs, fetch: fetchOutputs, store, storeHeld }
}
