import fc from 'fast-check'
import { DETAIL_SOURCES, PREDICTION_STATUSES } from '../../prediction/prediction'
import { frame, pictureDocument } from '../document.testkit'
import { runDocumentOf, type RunRecord } from './recordCodec'

const date = fc.date({ noInvalidDate: true }).map((value) => value.toISOString())

/** Any record, as this version writes it. */
export const runRecord: fc.Arbitrary<RunRecord> = fc.record(
  {
    version: fc.constant(4 as const),
    id: fc.uuid(),
    createdAt: date,
    sentAt: date,
    cancelAskedAt: date,
    backend: fc.record({
      id: fc.string(),
      url: fc.option(fc.webUrl()),
      version: fc.option(fc.string()),
    }),
    phase: fc.constantFrom('sending' as const, 'running' as const, 'done' as const),
    predictionId: fc.option(fc.string()),
    status: fc.constantFrom(...PREDICTION_STATUSES),
    document: pictureDocument.map(runDocumentOf),
    region: frame,
    masked: fc.boolean(),
    seeds: fc.array(fc.integer()),
    durationMs: fc.option(fc.nat()),
    outputCount: fc.nat(4),
    details: fc.array(fc.constantFrom(...DETAIL_SOURCES), { maxLength: 4 }),
    rawOutputs: fc.array(fc.option(fc.record({ key: fc.uuid(), rect: frame, whole: fc.boolean() })), {
      maxLength: 4,
    }),
    error: fc.constantFrom(null, {
      code: 'backend/rate-limited' as const,
      params: { seconds: 3 },
      detail: null,
      fields: {},
    }),
  },
  {
    requiredKeys: [
      'version',
      'id',
      'createdAt',
      'backend',
      'phase',
      'predictionId',
      'status',
      'document',
      'region',
      'masked',
      'seeds',
      'durationMs',
      'outputCount',
      'rawOutputs',
      'error',
    ],
  },
)
