import { keysOfRun, type RawOutput, type RunRecord } from '../../core/document/codec/recordCodec'
import { AppError } from '../../core/errors'
import type { Ports } from '../ports'
import type { PatchesRoom } from '../session/patchesRoom'
import { baseOf } from '../session/source'
import { type Messages, storageFailure } from '../shell/messages'
import { canRetry } from './outputs'
import { thumbnailOf } from './pictures'
import type { Run, RunOutput, Runs } from './runs'
import { WRITE_RETRY_MS } from '../shell/persisted'

/** Writes to disk what runs are answered with. What cannot be written stays in memory until it can. */
export interface OutputStore {
  /** @returns whether all outputs that are ready are on disk */
  store(runId: string, outputs: readonly RunOutput[]): Promise<boolean>
  /** Writes the answers as the model gave them, after what is shown of them. */
  storeRaw(runId: string, outputs: readonly RunOutput[]): Promise<void>
  /** Stores a small picture of the run's first output for its card. */
  storeThumbnail(runId: string): Promise<void>
  /** Writes down that a run is done whose outputs are all on disk: until then the next visit fetches them again. */
  close(runId: string): Promise<void>
  /** Writes all of a run once more: the storage was cleared. What cannot be written is, later. */
  writeAgain(runId: string): Promise<void>
}

interface OutputStoreRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly runs: Runs
  readonly patches: PatchesRoom
}

export function createOutputStore({
  ports,
  messages,
  runs,
  patches: { pixels },
}: OutputStoreRooms): OutputStore {
  const writeOutputs = async (runId: string, outputs: readonly RunOutput[]) => {
    for (const output of outputs) {
      if (output.kind !== 'ready') continue
      const file = await ports.codec.encodePng(await output.crop.read())
      await ports.runs.saveOutput(runId, output.place, file)
      output.crop.release()
      // While its pixels are in memory: of many large ones they would have to be made again.
      await output.raw?.key()
    }
  }

  const writeRaw = async (runId: string, outputs: readonly RunOutput[]) => {
    const keys: (RawOutput | null)[] = []
    // One after the other: each is copied to be encoded.
    for (const output of outputs) {
      const raw = output.kind === 'ready' ? output.raw : null
      keys.push(raw && { key: await raw.key(), rect: raw.rect, whole: false })
    }
    const known = runs.byId(runId)?.record.rawOutputs ?? []
    const count = Math.max(known.length, ...outputs.map(({ place }) => place + 1))
    const rawOutputs = Array.from({ length: count }, (_, place) => {
      const at = outputs.findIndex((output) => output.place === place)
      return keys[at] ?? known[place] ?? null
    })
    runs.patchRecord(runId, { rawOutputs })
    const record = runs.byId(runId)?.record
    // Named and written at once: no sweep comes in between.
    if (record) await ports.runs.saveRun(record, pixels.filesOf(keysOfRun(record)))
  }

  const writeThumbnail = async (runId: string) => {
    const run = runs.byId(runId)
    if (!run?.source) return
    // A card without a picture is still a card.
    const drawn = await thumbnailOf(ports.codec, { ...run, source: run.source }).catch(() => null)
    if (drawn) await ports.runs.saveThumbnail(runId, drawn)
  }

  /** @returns false where it could not be written: then all of the run is, later */
  const attempt = async (runId: string, write: Promise<void>, isSaid = true): Promise<boolean> => {
    try {
      await write
      return true
    } catch (cause) {
      runs.update(runId, { unsaved: true })
      if (isSaid) messages.report(new AppError(storageFailure(cause), { cause }))
      return false
    }
  }

  const close = async (runId: string) => {
    const run = runs.byId(runId)
    if (run?.record.phase !== 'running' || canRetry(run.outputs) || run.unsaved) return
    const record: RunRecord = { ...run.record, phase: 'done' }
    runs.update(runId, { record })
    await attempt(runId, ports.runs.saveRun(record), false)
  }

  const writeAll = async ({ record, source, outputs }: Run) => {
    const files = new Map(pixels.filesOf(keysOfRun(record)))
    if (source) {
      const { file, pixels: shown } = baseOf(source)
      files.set(record.document.base.key, file ?? (await ports.codec.encodePng(shown)))
    }
    await ports.runs.saveRun(record, files)
    await writeOutputs(record.id, outputs)
    await writeRaw(record.id, outputs)
    await writeThumbnail(record.id)
  }

  const isDue = ({ unsaved, stage }: Run) => unsaved && stage === 'done'
  let timer: ReturnType<typeof setTimeout> | null = null

  const retry = async () => {
    for (const { record } of runs.store.getState().runs.filter(isDue)) {
      const { id } = record
      const run = runs.byId(id)
      if (!run) continue
      runs.update(id, { unsaved: false })
      if (!(await attempt(id, writeAll(run), false))) break
      await close(id)
      ports.tabs.tell([id])
    }
    timer = null
    wait()
  }

  const wait = () => {
    if (timer === null && runs.store.getState().runs.some(isDue))
      timer = setTimeout(() => void retry(), WRITE_RETRY_MS)
  }
  runs.store.subscribe(wait)

  return {
    store: (runId, outputs) => attempt(runId, writeOutputs(runId, outputs)),
    async storeRaw(runId, outputs) {
      await attempt(runId, writeRaw(runId, outputs))
    },
    async storeThumbnail(runId) {
      await attempt(runId, writeThumbnail(runId), false)
    },
    close,
    async writeAgain(runId) {
      const run = runs.byId(runId)
      if (run) await attempt(runId, writeAll(run), false)
    },
  }
}
