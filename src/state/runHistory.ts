import { AppError } from '../core/errors'
import { intersectRect } from '../core/geometry'
import { createMask } from '../core/mask/mask'
import { decodeCommands } from '../core/mask/maskCodec'
import { replayCommands } from '../core/mask/maskCommand'
import { fieldByAnyName, type FieldValue } from '../core/prediction/inputSchema'
import type { RunRecord } from '../core/run/runRecord'
import { originOf } from '../backends/replicate/baseUrl'
import { ifAlone } from '../platform/locks'
import { loadSource, newestRuns, saveRun } from '../platform/runStore'
import { showCompare } from './compareStore'
import { activeModel, setFields } from './formStore'
import { reportError } from './messageStore'
import { reopen, show } from './openImage'
import { backendOf, followAgain } from './runController'
import { loadOutputs } from './runOutputs'
import { addOlderRuns, type Run, runById, updateRun } from './runsStore'
import { type SourceImage, useSession } from './sessionStore'

const SHOWN_RUNS = 50

/** At start: lists the stored runs and goes on following those that were not over. */
export async function restoreRuns(): Promise<void> {
  const records = await newestRuns(SHOWN_RUNS)
  addOlderRuns(records.map(asRun))
  await Promise.all(records.filter(({ phase }) => phase !== 'done').map(resume))
}

function asRun(record: RunRecord): Run {
  return {
    record,
    stage: 'done',
    source: null,
    outputs: [],
    progress: null,
    rawStatus: null,
    resendAt: null,
    startedAt: performance.now(),
  }
}

/** One tab follows: the others see the run end when they are loaded again. */
async function resume(record: RunRecord): Promise<void> {
  await ifAlone(`run.${record.id}`, async () => {
    try {
      const { backend: ref, predictionId } = record
      // Sent without an answer: it may have started, nobody can tell here. It is never sent again by itself.
      const code = predictionId === null ? 'unclear' : 'interrupted'
      const backend = backendOf(ref, record.model)
      if (predictionId === null || !backend.capabilities.resume) {
        await close(
          record,
          new AppError('run/interrupted', code === 'unclear' && ref.url ? { params: { unclear: 1 } } : {}),
        )
        return
      }
      const source = await sourceOf(record)
      updateRun(record.id, { source, stage: 'following' })
      const mask = maskOf(record)
      const prediction = await backend.get(predictionId, AbortSignal.timeout(20_000))
      await followAgain(
        {
          id: record.id,
          backend,
          backendOrigin: ref.url === null ? null : originOf(ref.url, location.href),
          source,
          mask,
          abort: new AbortController(),
          cancelAsked: false,
        },
        prediction,
      )
    } catch (error) {
      updateRun(record.id, { stage: 'done' })
      reportError(error)
    }
  })
}

async function close(record: RunRecord, error: AppError): Promise<void> {
  const closed: RunRecord = { ...record, phase: 'done', status: 'failed', error: error.data }
  updateRun(record.id, { record: closed })
  await saveRun(closed)
}

async function sourceOf(record: RunRecord): Promise<SourceImage> {
  const { key, name } = record.source
  const open = useSession.getState().source
  if (open?.key === key) return open
  const blob = await loadSource(key)
  if (!blob) throw new AppError('image/unreadable', { params: { name } })
  return reopen(blob, key, name, { kind: 'file', name, sha256: null })
}

function maskOf(record: RunRecord) {
  const { width, height } = record.source
  const mask = createMask({ x: 0, y: 0, width, height })
  replayCommands(mask, decodeCommands(record.commands))
  return mask
}

/** Brings a run's picture, mask and form back, and shows its outputs if it has any. */
export async function openRun(id: string): Promise<void> {
  const run = runById(id)
  if (!run) return
  const { record } = run
  try {
    const source = run.source ?? (await sourceOf(record))
    if (useSession.getState().source?.key !== source.key) {
      show(source, { commands: decodeCommands(record.commands), fitSize: false })
    }
    const outputs =
      run.outputs.length > 0 || record.outputCount === 0
        ? run.outputs
        : await loadOutputs(id, record.outputCount, changedRect(record), record.seeds)
    updateRun(id, { source, outputs })
    setFields(fieldValues(record))
    if (outputs.length > 0) showCompare(id)
    else if (record.error) reportError(new AppError(record.error.code, record.error))
  } catch (error) {
    reportError(error)
  }
}

function changedRect(record: RunRecord) {
  const { width, height } = record.source
  return intersectRect(record.region, { x: 0, y: 0, width, height })
}

function fieldValues(record: RunRecord): Record<string, FieldValue> {
  const { fields } = activeModel()
  const known = Object.entries(record.params).filter(([name]) => fieldByAnyName(fields, name)?.name === name)
  return Object.fromEntries(known) as Record<string, FieldValue>
}
