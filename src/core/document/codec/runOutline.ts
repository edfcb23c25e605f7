import type { PixelKey } from '../document'
import { keysOfRun, readRunRecord, type RunDocument, type RunRecord } from './recordCodec'

/** What a list of all runs says of one: its record without the bytes of masks and coverages. */
export interface RunOutline extends Pick<
  RunRecord,
  'id' | 'createdAt' | 'backend' | 'phase' | 'status' | 'durationMs' | 'outputCount'
> {
  readonly document: Pick<RunDocument, 'base' | 'setup'>
  /** The stored files that it names. */
  readonly files: readonly PixelKey[]
}

export function outlineOf(record: RunRecord): RunOutline {
  const { id, createdAt, backend, phase, status, durationMs, outputCount } = record
  const { base, setup } = record.document
  const files = keysOfRun(record)
  return { id, createdAt, backend, phase, status, durationMs, outputCount, document: { base, setup }, files }
}

/** @returns null where the stored record is damaged or of a newer version */
export function readRunOutline(stored: unknown): RunOutline | null {
  const record = readRunRecord(stored)
  return record && outlineOf(record)
}
