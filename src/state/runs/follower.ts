import type { QueryClient } from '@tanstack/react-query'
import { backendDescriptor } from '../../backends/backendRegistry'
import { keysOfRun } from '../../core/document/codec/recordCodec'
import { type AppErrorData, errorData, isAbort } from '../../core/errors'
import { fieldByRole } from '../../core/prediction/inputSchema'
import type { Prediction } from '../../core/prediction/prediction'
import { isOver, next } from '../../core/run/runMachine'
import type { RunEffect, RunEvent } from '../../core/run/runState'
import type { Forms } from '../model/forms'
import { runFields } from '../model/formSelectors'
import { findModel, type Models } from '../model/models'
import type { Ports } from '../ports'
import type { PatchesRoom } from '../session/patchesRoom'
import { baseOf } from '../session/source'
import type { Session } from '../session/session'
import type { Messages } from '../shell/messages'
import type { ViewRoom } from '../shell/view'
import type { InputPreparer } from './prepareInput'
import { type LiveRun, mirrored, withScale } from './liveRun'
import { canRetry, type Outputs } from './outputs'
import { keepPaidResult } from './persistence'
import { createRequests } from './requests'
import { setTimers } from './runTimers'
import type { RunOutput, Runs } from './runs'

export interface FollowerRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly models: Models
  readonly forms: Forms
  readonly session: Session
  readonly view: ViewRoom
  readonly runs: Runs
  readonly outputs: Outputs
  readonly inputs: InputPreparer
  readonly queries: QueryClient
  readonly patches: PatchesRoom
}

export interface Follower {
  /** Takes a run in hand and does what its first step asks for. @returns resolved when it is over and written down */
  follow(live: LiveRun, effects: readonly RunEffect[]): Promise<void>
  /** Passes an event to a run; does nothing where this tab does not follow it. */
  send(id: string, event: RunEvent): void
}

/**
 * Carries out what the run machine asks for. Requests go through TanStack Query, so that they are in one cache with one
 * network mode, and every answer comes back as an event.
 */
export function createFollower(rooms: FollowerRooms): Follower {
  const { ports, messages, models, forms, session, view, runs, outputs, inputs, queries, patches } = rooms
  const followed = new Map<string, LiveRun>()

  const dispatch = (live: LiveRun, event: RunEvent) => {
    if (isOver(live.state) && event.kind !== 'stored') return
    const { run: state, effects } = next(live.state, event, performance.now())
    live.state = state
    act(live, effects)
  }

  const act = (live: LiveRun, effects: readonly RunEffect[]) => {
    const shown = runs.byId(live.id)
    if (shown) runs.update(live.id, mirrored(live.state, shown, performance.now()))
    setTimers(live, (name) => dispatch(live, { kind: 'timer', name }))
    for (const effect of effects) perform(live, effect)
    if (isOver(live.state) && live.state.requests.length === 0) {
      followed.delete(live.id)
      void finishWrites(live)
    }
  }

  const finishWrites = async (live: LiveRun) => {
    await live.writes
    live.over.resolve()
  }

  const writeAfter = async (writes: Promise<void>, live: LiveRun) => {
    await writes
    const record = runs.byId(live.id)?.record
    if (!record) return
    const { file } = live
    try {
      const files = new Map(patches.pixels.filesOf(keysOfRun(record)))
      if (file) files.set(record.document.base.key, file)
      await ports.runs.saveRun(record, files)
      live.file = null
      if (file) ports.tabs.tell([live.id])
    } catch (cause) {
      runs.update(live.id, { unsaved: true })
      messages.reportStorage(cause)
    }
  }

  const write = (live: LiveRun) => {
    live.writes = writeAfter(live.writes, live)
  }

  /** Shows a run's outputs; during a stroke, over another picture or in History it says that they are there. */
  const showOutputs = (live: LiveRun) => {
    const { source, editor } = session.store.getState()
    const key = runs.byId(live.id)?.record.document.base.key
    const isOpen = source !== null && baseOf(source).key === key
    const isSeen = view.store.getState().view !== 'history'
    if (isOpen && isSeen && !editor?.isDrawing) view.showCompare(live.id)
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
    const isStored = await outputs.store(live.id, all)
    await outputs.storeThumbnail(live.id)
    // What is not on disk is fetched again by the next visit.
    dispatch(live, { kind: 'stored', retryable: canRetry(all) || !isStored })
    await outputs.storeRaw(live.id, all)
    const run = runs.byId(live.id)
    if (run) await keepPaidResult(ports, run)
  }

  /** An error at the end of a run is about its fields and its address as well. */
  const report = (live: LiveRun, error: AppErrorData) => {
    const run = runs.byId(live.id)
    if (run && isOver(live.state)) {
      if (run.source) inputs.distrust(run.source)
      const model = findModel(models.store.getState(), run.record.document.setup.model)
      const names = new Set(model.fields.map((field) => field.name))
      forms.setComplaints(
        Object.fromEntries(Object.entries(error.fields).filter(([name]) => names.has(name))),
      )
    }
    messages.reportData(run ? withScale(error, run.scale) : error)
  }

  const storeAfter = async (writes: Promise<void>, id: string, held: readonly RunOutput[]) => {
    await writes
    await outputs.store(id, held)
    await outputs.storeRaw(id, held)
  }

  const forget = (live: LiveRun) => {
    if (live.state.predictionId !== null) live.backend.forget(live.state.predictionId)
    runs.trim([live.id, view.store.getState().runId], session.store.getState())
    // Outputs that came before the run failed are stored too.
    const held = runs.byId(live.id)?.outputs ?? []
    if (live.state.status !== 'succeeded' && held.length > 0) {
      live.writes = storeAfter(live.writes, live.id, held)
    }
  }

  const perform = (live: LiveRun, effect: RunEffect): void => {
    switch (effect.kind) {
      case 'write':
        return write(live)
      case 'create':
        return void create(live)
      case 'poll':
        return void poll(live)
      case 'lookup':
        return void lookup(live)
      case 'cancel':
        return void cancel(live)
      case 'takeOutputs':
        return void takeOutputs(live, effect.prediction)
      case 'fetchOutputs':
        return void fetchOutputs(live, effect.prediction)
      case 'show':
        return showOutputs(live)
      case 'store':
        return void store(live)
      case 'abort':
        return live.abort.abort()
      case 'forget':
        return forget(live)
      case 'notify':
        return messages.notify(effect.code)
      case 'report':
        return report(live, effect.error)
      case 'settled':
        return messages.clearErrors()
    }
  }

  const { create, poll, lookup, cancel } = createRequests({ ports, runs, queries }, dispatch)

  ports.page.onWake(() => {
    for (const live of followed.values()) dispatch(live, { kind: 'wake' })
  })

  return {
    follow(live, effects) {
      followed.set(live.id, live)
      act(live, effects)
      return live.over.promise
    },
    send(id, event) {
      const live = followed.get(id)
      if (live) dispatch(live, event)
    },
  }
}
