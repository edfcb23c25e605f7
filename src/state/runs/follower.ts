import { keysOfRun } from '../../core/document/codec/recordCodec'
import type { AppErrorData } from '../../core/errors'
import { isOver, next } from '../../core/run/runMachine'
import type { RunEffect, RunEvent } from '../../core/run/runState'
import { findModel } from '../model/models'
import { createArrivals } from './arrivals'
import type { FollowerRooms } from './followerRooms'
import { type LiveRun, mirrored, withScale } from './liveRun'
import { createRequests } from './requests'
import { setTimers } from './runTimers'

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
  const { ports, messages, models, forms, session, view, runs, inputs, queries, patches } = rooms
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

  const forget = (live: LiveRun) => {
    if (live.state.predictionId !== null) live.backend.forget(live.state.predictionId)
    runs.trim([live.id, view.store.getState().runId], session.bases())
    if (live.state.status !== 'succeeded') arrivals.storeHeld(live)
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
        return void arrivals.take(live, effect.prediction)
      case 'fetchOutputs':
        return void arrivals.fetch(live, effect.prediction)
      case 'show':
        return arrivals.show(live)
      case 'store':
        return void arrivals.store(live)
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

  const arrivals = createArrivals(rooms, dispatch)
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
