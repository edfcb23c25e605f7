import * as v from 'valibot'
import { type RecordVersion1, recordVersion1Schema } from '../document/codec/recordVersion1'

/** The record in the shape of version 1, for what has not moved to core/document/codec/recordCodec.ts. */
export type RunRecord = RecordVersion1

export function readRunRecord(value: unknown): RunRecord | null {
  const result = v.safeParse(recordVersion1Schema, value)
  return result.success ? result.output : null
}
