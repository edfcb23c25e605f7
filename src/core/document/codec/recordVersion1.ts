import * as v from 'valibot'
import { ERROR_CODES } from '../../errors'
import { PREDICTION_STATUSES } from '../../prediction/prediction'
import { rectSchema, sizeSchema } from './documentSchema'
import { jsonSchema } from './jsonSchema'

export const errorDataSchema = v.object({
  code: v.picklist(ERROR_CODES),
  params: v.record(v.string(), v.union([v.string(), v.number()])),
  detail: v.nullable(v.string()),
  fields: v.record(v.string(), v.string()),
})

/** What every version of a run's record says of the run itself. */
export const runEntries = {
  id: v.string(),
  /** ISO 8601. */
  createdAt: v.string(),
  /** When the request went out, ISO 8601. */
  sentAt: v.optional(v.string()),
  /** The backend asked not to be polled before this, ISO 8601. */
  pollAfter: v.optional(v.string()),
  /** Who was asked, with the version that was asked for. */
  backend: v.object({ id: v.string(), url: v.nullable(v.string()), version: v.nullable(v.string()) }),
  /** `sending` from before the request until its answer: found so after a reload, its outcome is unknown. */
  phase: v.picklist(['sending', 'running', 'done']),
  predictionId: v.nullable(v.string()),
  status: v.picklist(PREDICTION_STATUSES),
  /** What the model was shown, image px; may reach beyond the picture. */
  region: rectSchema,
  /** The size at which it was shown that, px. */
  sentSize: v.optional(sizeSchema),
  /** False where the model painted by itself, whatever was masked. */
  masked: v.optional(v.boolean(), true),
  seeds: v.array(v.number()),
  /** How long the run took, ms, by this page's clock or the backend's. */
  durationMs: v.nullable(v.number()),
  /** How many places of outputs there are; those that were read are stored. */
  outputCount: v.number(),
  error: v.nullable(errorDataSchema),
}

/** The first stored shape: the picture without its address, model and backend inputs in one. */
export const recordVersion1Schema = v.object({
  ...runEntries,
  version: v.literal(1),
  model: v.string(),
  /** The picture, kept in the source store under `key`. */
  source: v.object({ key: v.string(), name: v.string(), width: v.number(), height: v.number() }),
  /** The mask, as `encodeCommands` wrote it. */
  commands: v.instance(Uint8Array<ArrayBuffer>),
  params: v.record(v.string(), jsonSchema),
})

export type RecordVersion1 = v.InferOutput<typeof recordVersion1Schema>
