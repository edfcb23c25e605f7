import { type RunRecord, runDocumentOf } from '../../core/document/codec/recordCodec'
import { regionDigest } from '../../core/document/regionDigest'
import type { FieldValues } from '../../core/prediction/inputSchema'
import { startRun } from '../../core/run/runMachine'
import { selectBackendRef } from '../model/backends'
import { selectLacksPrompt, selectModel, selectRunsPromptless } from '../model/formSelectors'
import { baseOf, type SourceImage } from '../session/source'
import type { Exchanges } from './exchanges'
import type { Follower } from './follower'
import type { FollowerRooms } from './followerRooms'
import { type FrozenInputs, freezeInputs, withValues } from './frozenInputs'
import { listedRun } from './liveRun'
import { createLiveRuns, policyOf } from './liveRuns'
import { selectObstacles } from './obstacles'
import { createOutputRetry } from './outputRetry'
import { createResume } from './resume'
import type { Sending } from './sending'
import { selectActiveRun, selectHasRoom, selectIsSending } from './runSelectors'

/** Two clicks within this time are one, ms. */
const DOUBLE_CLICK_MS = 800

export interface StartOptions {
  /** Starts beside those that are on. */
  readonly another?: boolean
  /** Below 1 the picture is sent smaller. */
  readonly scale?: number
}

export interface Runner {
  /**
   * Starts one run of what is open. One request at most is sent: the record is on disk before it goes out, and a click
   * while another run is on does nothing, unless it asks for one more. The first one with an empty prompt says so instead.
   */
  start(options?: StartOptions): Promise<void>
  /** What a run started now would be made of; null where nothing is open. */
  freeze(): Promise<FrozenInputs | null>
  /**
   * Starts one run of what was frozen, whatever is open by now.
   * @param values of the form that it has instead, by field name
   * @param onBegun called with the run's id once it is prepared; false where it is no longer wanted: nothing is sent then
   * @returns when it is over; false where it could not begin
   */
  startFrozen(frozen: FrozenInputs, values: FieldValues, onBegun: (id: string) => boolean): Promise<boolean>
  /** Follows a run of an earlier visit. @returns resolved when it is over, or cannot be followed */
  resume(record: RunRecord, loadSource: () => Promise<SourceImage>): Promise<void>
  cancel(id: string): void
  /** Restarts polling with a fresh time limit. */
  keepWaiting(id: string): void
  /** Passes on what the user says of a create whose answer was lost. */
  answer(id: string, answer: 'lookup' | 'resend' | 'leave'): void
  /** Fetches an output again that could not be read. */
  retryOutput(id: string, place: number): Promise<void>
}

interface RunnerRooms extends FollowerRooms {
  readonly follower: Follower
  readonly exchanges: Exchanges
  readonly sending: Sending
}

/** A run that is in the list. */
interface Begun {
  readonly id: string
  readonly follow: () => Promise<void>
}

export function runLock(id: string): string {
  return `run.${id}`
}

export function createRunner(rooms: RunnerRooms): Runner {
  const { ports, messages, forms, session, runs, inputs, follower, sending } = rooms
  const pageUrl = ports.page.base
  runs.store.subscribe((state, before) => {
    const asks = selectIsSending(state)
    if (asks !== selectIsSending(before)) ports.page.askBeforeLeaving(asks)
  })
  let lastStart = -Infinity
  let lastAsked = -Infinity
  /** From a click until its run is in the list. */
  let starting = false

  const lives = createLiveRuns(rooms)
  const retryOutput = createOutputRetry(rooms, lives.backendOf)

  /** The bytes that stand for the picture on disk: without a file of its own they are made. */
  const fileOf = (source: SourceImage) => {
    const { file, pixels } = baseOf(source)
    return file ?? ports.codec.encodePng(pixels)
  }

  const isBlocked = (another: boolean): boolean => {
    const state = runs.store.getState()
    const isDouble = performance.now() - lastStart < DOUBLE_CLICK_MS
    return starting || (another ? isDouble || !selectHasRoom(state) : selectActiveRun(state) !== null)
  }

  /** @returns true where the prompt is empty and nobody has said so: the next press runs without one */
  const asksForPrompt = (): boolean => {
    const context = forms.context()
    if (!selectLacksPrompt(context)) return false
    const now = performance.now()
    if (selectRunsPromptless(context)) return now - lastAsked < DOUBLE_CLICK_MS
    lastAsked = now
    forms.allowPromptless()
    return true
  }

  const begin = async (frozen: FrozenInputs, scale: number): Promise<Begun> => {
    starting = true
    try {
      return await beginNow(frozen, scale)
    } finally {
      starting = false
    }
  }

  /** The lock shows other tabs that this run is followed: they leave it alone. */
  const follow = async (begun: Begun) => {
    await ports.locks.ifAlone(runLock(begun.id), begun.follow)
  }

  const beginNow = async (
    { context, document, asked, region }: FrozenInputs,
    scale: number,
  ): Promise<Begun> => {
    const { source, mask } = asked
    const id = crypto.randomUUID()
    const model = selectModel(context)
    const ref = selectBackendRef(context, pageUrl)
    const backend = await lives.backendOf(id, ref, model)
    const [input, file] = await Promise.all([inputs.prepare({ ...asked, scale }), fileOf(source)])
    // The run's first frame is no part of the task that read the picture's last rows.
    await ports.page.nextTask()
    const record: RunRecord = {
      version: 4,
      id,
      createdAt: new Date().toISOString(),
      backend: ref,
      phase: 'sending',
      predictionId: null,
      status: 'starting',
      document: runDocumentOf(document),
      region: input.region,
      sentSize: { width: input.image.width, height: input.image.height },
      masked: mask !== null,
      seeds: [],
      durationMs: null,
      outputCount: 0,
      error: null,
      rawOutputs: [],
      ...(region && { regionId: region.id, regionDigest: regionDigest(region) }),
    }
    const step = startRun(policyOf(backend), performance.now())
    runs.add({ ...listedRun(record), stage: 'preparing', source, scale, applies: region !== undefined })
    const live = lives.make(record, backend, source, step, { input, file, mask })
    return { id, follow: () => follower.follow(live, step.effects) }
  }

  return {
    async start({ another = false, scale = 1 } = {}) {
      // A stroke that is being drawn counts, if it leaves anything.
      session.store.getState().editor?.finish()
      const settling = session.settle()
      if (settling) await settling
      sending.refresh()
      const now = { session: session.store.getState(), sending: sending.store.getState() }
      const obstacles = selectObstacles({ ...forms.context(), ...now, pageUrl })
      if (obstacles.length > 0 || isBlocked(another)) return
      if (asksForPrompt()) return
      lastStart = performance.now()
      try {
        messages.clearForRun()
        forms.setComplaints({})
        const frozen = freezeInputs(session.store.getState(), forms.context())
        if (frozen) await follow(await begin(frozen, scale))
      } catch (error) {
        messages.report(error)
      }
    },
    async freeze() {
      const settling = session.settle()
      if (settling) await settling
      return freezeInputs(session.store.getState(), forms.context())
    },
    async startFrozen(frozen, values, onBegun) {
      if (starting || !selectHasRoom(runs.store.getState())) return false
      lastStart = performance.now()
      try {
        const begun = await begin(withValues(frozen, values), 1)
        if (!onBegun(begun.id)) {
          runs.update(begun.id, { stage: 'done' })
          runs.remove([begun.id], session.bases())
          return true
        }
        await follow(begun)
        return true
      } catch (error) {
        messages.report(error)
        return false
      }
    },
    resume: createResume(rooms, lives),
    cancel: (id) => follower.send(id, { kind: 'cancel' }),
    keepWaiting: (id) => follower.send(id, { kind: 'keepWaiting' }),
    answer: (id, kind) => follower.send(id, { kind }),
    retryOutput,
  }
}
