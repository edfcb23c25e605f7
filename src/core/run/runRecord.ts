import * as v from 'valibot'
import { ERROR_CODES } from '../errors'
import type { JsonValue } from '../json'
import { PREDICTION_STATUSES } from '../prediction/prediction'

const rect = v.object({ x: v.number(), y: v.number(), width: v.number(), height: v.number() })

const errorDataSchema = v.object({
  code: v.picklist(ERROR_CODES),
  params: v.record(v.string(), v.union([v.string(), v.number()])),
  detail: v.nullable(v.string()),
  fields: v.record(v.string(), v.string()),
})

const json = v.custom<JsonValue>(() => true)

/** Version 1 of what is written to disk about a run, before it is sent and after each step. Never a key. */
export const runRecordSchema = v.object({
  version: v.literal(1),
  id: v.string(),
  /** ISO 8601. */
  createdAt: v.string(),
  /** When the request went out, ISO 8601. */
  sentAt: v.optional(v.string()),
  backend: v.object({ id: v.string(), url: v.nullable(v.string()), version: v.nullable(v.string()) }),
  model: v.string(),
  /** `sending` from before the request until its answer: found so after a reload, its outcome is unknown. */
  phase: v.picklist(['sending', 'running', 'done']),
  predictionId: v.nullable(v.string()),
  status: v.picklist(PREDICTION_STATUSES),
  /** The picture, kept in the source store under `key`. */
  source: v.object({ key: v.string(), name: v.string(), width: v.number(), height: v.number() }),
  /** The mask, as `encodeCommands` wrote it. */
  commands: v.instance(Uint8Array<ArrayBuffer>),
  region: rect,
  /** False where the model painted by itself, whatever was masked. */
  masked: v.optional(v.boolean(), true),
  params: v.record(v.string(), json),
  seeds: v.array(v.number()),
  /** How long the run took, ms, by this page's clock or the backend's. */
  durationMs: v.nullable(v.number()),
  /** How many output pictures are stored. */
  outputCount: v.number(),
  error: v.nullable(errorDataSchema),
})

export type RunRecord = v.InferOutput<typeof runRecordSchema>

/** A stored record, checked. @returns null where it is damaged or of another version */
export function readRunRecord(value: unknown): RunRecord | null {
  const result = v.safeParse(runRecordSchema, value)
  return result.success ? result.output : null
}
