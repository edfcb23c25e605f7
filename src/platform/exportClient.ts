import { transfer } from 'comlink'
import type { ExportContent } from '../core/image/exportPixels'
import type { ExportApi, ExportFormat, ExportJob, FileFacts } from './exportApi'
// The bundler makes this default export: the worker's address.
// oxlint-disable-next-line import/default
import exportWorkerUrl from './export.worker.ts?worker&url'
import { startModuleWorker } from './trustedTypes'
import { WorkerClient } from './workerClient'

const start = () => startModuleWorker(exportWorkerUrl)

/** Ends with what it encodes: nothing else is asked of it. */
const encoder = new WorkerClient<ExportApi>({ start })
/** For questions, which no abort of an export may leave without an answer. */
const reader = new WorkerClient<ExportApi>({ start })

/** @returns the formats that this browser encodes, found by trying */
export function exportFormats(): Promise<readonly ExportFormat[]> {
  return reader.call((api) => api.formats())
}

/** What a picture's file says beside its pixels. Reads its parts' heads, not the pixels. */
export function readFileFacts(file: Blob): Promise<FileFacts> {
  return reader.call((api) => api.facts(file))
}

/**
 * Encodes a file, off the main thread.
 * @param job its pixels are transferred: they are gone on this side
 * @param signal ends the work at once
 * @throws AppError where the worker fails
 */
export async function encodeExport(job: ExportJob, signal: AbortSignal): Promise<Blob> {
  signal.throwIfAborted()
  const end = () => encoder.terminate()
  signal.addEventListener('abort', end, { once: true })
  try {
    return await encoder.call((api) => api.encode(transfer(job, buffersOf(job.content))))
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', end)
  }
}

function buffersOf(content: ExportContent): ArrayBuffer[] {
  if (content.kind === 'beforeAfter') return [content.before.data.buffer, content.after.data.buffer]
  const coverage = content.kind === 'alone' ? content.coverage : null
  return [content.image.data.buffer, ...(coverage ? [coverage.data.buffer] : [])]
}
