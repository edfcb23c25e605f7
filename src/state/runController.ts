import { backendDescriptor, createBackend } from '../backends/backendRegistry'
import { originOf } from '../backends/wire/baseUrl'
import { AppError, errorData, isAbort, isUnclear } from '../core/errors'
import { encodeCommands } from '../core/mask/command/maskCodec'
import { effectiveCommands } from '../core/mask/command/maskCommand'
import { keptParams } from '../core/prediction/inputSchema'
import type { Prediction, PredictionInput } from '../core/prediction/prediction'
import { ifAlone } from '../platform/locks'
import { tellTabs } from '../platform/runChannel'
import { saveSource } from '../platform/runStore'
import { chosenBackend, exchangeKeeper, modelFields } from './runBackend'
import { activeModel, activeValues, optionValues, takesMask, useForm } from './formStore'
import { clearErrors, notify, reportError } from './messageStore'
import { prepareInput } from './prepareInput'
import { failRun, patchRun, persistRun } from './runBooks'
import { readiness } from './readiness'
import { followRun, type LiveRun } from './runFollower'
import { answerUnclear, settleUnclear } from './unclearRun'
import { activeRun, addRun, hasRoom, runById, updateRun, useRuns } from './runsStore'
import { useSession } from './sessionStore'

/** What only this page holds of a run that is not over. */
const live = new Map<string, LiveRun>()

/** Two clicks within this are one. */
const DOUBLE_CLICK_MS = 800
let lastStart = -Infinity
/** From a click until its run is in the list. */
let starting = false

export interface StartOptions {
  /** Beside those that are on. */
  readonly another?: boolean
  /** Below 1 the picture is sent smaller. */
  readonly scale?: number
}

/**
 * Starts one run of what is open. At most one request is sent: the record is on disk before it goes out, and a click
 * while another run is on does nothing, unless it asks for one more.
 */
export async function startRun({ another = false, scale = 1 }: StartOptions = {}): Promise<void> {
  const { source, editor } = useSession.getState()
  // A stroke that is being drawn counts, if it leaves anything.
  editor?.finish()
  if (!source || !editor || readiness().length > 0) return
  const { runs } = useRuns.getState()
  const isDouble = performance.now() - lastStart < DOUBLE_CLICK_MS
  if (starting || (another ? isDouble || !hasRoom(runs) : activeRun(runs))) return
  starting = true
  lastStart = performance.now()
  clearErrors()
  useForm.getState().setComplaints({})
  const id = crypto.randomUUID()
  const model = activeModel()
  try {
    const ref = chosenBackend()
    const backend = await createBackend(ref, modelFields(model), exchangeKeeper(id, model))
    const { fixedSize } = backend.capabilities
    // The tiles as they are now: painting on replaces them by copies.
    const mask = takesMask() ? { ...editor.mask, tiles: [...editor.mask.tiles] } : null
    const own = backendDescriptor(ref.id)
    const fields = [...model.fields, ...own.options]
    const values = { ...activeValues(), ...optionValues(own) }
    const input = await prepareInput({ source, mask, fields, values, fixedSize, scale })
    const { width, height } = source.pixels
    const run: LiveRun = {
      id,
      backend,
      backendOrigin: ref.url === null ? null : originOf(ref.url, location.href),
      source,
      // Painting goes on while the run is on: it pastes by the mask it was started with.
      mask,
      abort: new AbortController(),
      cancelAsked: false,
    }
    live.set(id, run)
    starting = false
    addRun({
      record: {
        version: 1,
        id,
        createdAt: new Date().toISOString(),
        backend: ref,
        model: model.id,
        phase: 'sending',
        predictionId: null,
        status: 'starting',
        source: { key: source.key, name: source.name, width, height },
        commands: encodeCommands(effectiveCommands(editor.commands)),
        region: input.region,
        params: keptParams(model.fields, input.params),
        seeds: [],
        durationMs: null,
        outputCount: 0,
        error: null,
        masked: mask !== null,
      },
      stage: 'preparing',
      source,
      outputs: [],
      unsaved: false,
      progress: null,
      rawStatus: null,
      resendAt: null,
      startedAt: performance.now(),
      scale,
    })
    // The lock tells other tabs that this run is alive: they leave it alone.
    await ifAlone(runLock(id), async () => {
      try {
        await persistRun(id, () => saveSource(source.key, source.file))
        await persistRun(id)
        tellTabs(id)
        await send(run, input)
      } catch (error) {
        // Written down before the lock is given back: another tab must not take a closed run for an open one.
        await failRun(id, errorData(error), isAbort(error))
      }
    })
  } catch (error) {
    starting = false
    if (runById(id)) await failRun(id, errorData(error), isAbort(error))
    else reportError(error)
  } finally {
    live.delete(id)
  }
}

export function runLock(id: string): string {
  return `run.${id}`
}

async function send(run: LiveRun, input: PredictionInput): Promise<void> {
  let prediction: Prediction | null = null
  while (!prediction) {
    try {
      prediction = await create(run, input)
    } catch (error) {
      if (!isUnclear(error)) throw error
      reportError(error)
      // Null is the user's word to send it again.
      prediction = await settleUnclear(run, error)
    }
  }
  patchRun(run.id, { phase: 'running', predictionId: prediction.id, status: prediction.status })
  await persistRun(run.id)
  await followRun(run, prediction)
}

async function create(run: LiveRun, input: PredictionInput): Promise<Prediction> {
  // Files may go up first: until something is sent that can start a run, Cancel ends it at once.
  updateRun(run.id, { stage: 'preparing' })
  const onSend = () => {
    run.abort.signal.throwIfAborted()
    patchRun(run.id, { sentAt: new Date().toISOString() })
    updateRun(run.id, { stage: 'sending' })
  }
  try {
    return await run.backend.create(input, run.abort.signal, onSend)
  } catch (error) {
    const seconds = error instanceof AppError ? error.data.params['seconds'] : undefined
    if (typeof seconds !== 'number' || isUnclear(error)) throw error
    // A refusal made nothing: after the wait it is sent once more.
    updateRun(run.id, { stage: 'waiting', resendAt: performance.now() + seconds * 1000 })
    await pause(seconds * 1000, run.abort.signal)
    updateRun(run.id, { resendAt: null })
    return run.backend.create(input, run.abort.signal, onSend)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new DOMException('', 'AbortError'))
    })
  })
}

const CREATE_GRACE_MS = 5000

/** Cancels the run that is on: at the backend where it can, else here. */
export async function cancelRun(id: string): Promise<void> {
  const run = live.get(id)
  const shown = runById(id)
  if (!run || !shown || run.cancelAsked) return
  run.cancelAsked = true
  if (shown.stage === 'unclear') {
    answerUnclear(id, 'leave')
    return
  }
  // Nothing is out, or everything is there but the outputs: it ends here.
  if (shown.stage === 'waiting' || shown.stage === 'preparing' || shown.stage === 'fetching') {
    run.abort.abort()
    return
  }
  updateRun(id, { stage: 'canceling' })
  if (shown.record.predictionId) {
    await run.cancel?.()
    return
  }
  // Without an id there is nothing to cancel yet: it is done when the answer comes, or given up.
  setTimeout(() => {
    if (runById(id)?.record.predictionId) return
    notify('cancel-local')
    run.abort.abort()
  }, CREATE_GRACE_MS)
}

/** After the time limit: looks on for as long again. */
export function keepWaiting(id: string): void {
  live.get(id)?.resume?.()
}

/** Follows a run of an earlier visit again, as the controller of its own runs does. */
export async function followAgain(run: LiveRun, predictionId: string): Promise<void> {
  live.set(run.id, run)
  updateRun(run.id, { stage: 'following', startedAt: performance.now() })
  const unknown: Prediction = {
    id: predictionId,
    status: 'processing',
    outputs: [],
    error: null,
    logs: '',
    progress: null,
    seeds: [],
    rawStatus: null,
    predictSeconds: null,
  }
  try {
    await followRun(run, unknown)
  } catch (error) {
    await failRun(run.id, errorData(error), isAbort(error))
  } finally {
    live.delete(run.id)
  }
}
