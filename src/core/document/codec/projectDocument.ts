import * as v from 'valibot'
import { fromBase64, toBase64 } from '../../base64'
import { AppError } from '../../errors'
import { MAX_PIXELS } from '../../image/limits'
import { isObject } from '../../json'
import { decodeCommands, PROJECT_LIMITS } from '../../mask/command/maskCodec'
import { isTerminal } from '../../prediction/prediction'
import type { PictureDocument, PictureRef } from '../document'
import { boundedSide, offset } from './documentSchema'
import {
  readRunRecord,
  type RunDocument,
  runDocumentOf,
  runDocumentSchema,
  type RunRecord,
} from './recordCodec'

/** Documents in a project's manifest: as in a run's record, with bytes as base64. */

export const SHA256 = /^[0-9a-f]{64}$/

/** From outside, so within the limits of a picture: masks and canvases are made of this size. */
const areaSchema = v.pipe(
  v.object({ x: offset, y: offset, width: boundedSide, height: boundedSide }),
  v.check(({ width, height }) => width * height <= MAX_PIXELS),
)
const outputs = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000))
const boundedDocument = v.object({
  base: v.object({ width: boundedSide, height: boundedSide }),
  frame: areaSchema,
})
const boundedRun = v.object({
  document: boundedDocument,
  region: areaSchema,
  outputRect: v.optional(areaSchema),
  outputCount: outputs,
  rawOutputs: v.pipe(v.array(v.nullable(v.object({ rect: areaSchema }))), v.maxLength(1000)),
})

/** @throws AppError `project/unreadable` */
export function readProjectDocument(stored: unknown): PictureDocument {
  const document = withBytes(stored)
  const checked = v.safeParse(runDocumentSchema, document)
  if (!checked.success) throw unreadable(checked.issues[0].message)
  if (!v.is(boundedDocument, document)) throw unreadable('frame')
  return documentFrom(checked.output)
}

function documentFrom({
  base,
  frame,
  sent,
  commands,
  sampling,
  guides,
  patches,
  regions,
  setup,
}: RunDocument): PictureDocument {
  return {
    base: asFile(base),
    frame,
    mask: decodeOutside(commands),
    sampling: decodeOutside(sampling),
    guides: decodeOutside(guides),
    sent,
    patches: patches.map((patch) => ({ ...patch, coverage: decodeOutside(patch.coverage) })),
    regions: regions.map((region) => ({ ...region, mask: decodeOutside(region.mask) })),
    setup,
  }
}

function asFile(base: PictureRef): PictureRef {
  const { name, key } = base
  return { ...base, link: { kind: 'file', name, sha256: SHA256.test(key) ? key : null } }
}

function decodeOutside(bytes: Uint8Array) {
  try {
    return decodeCommands(bytes, PROJECT_LIMITS)
  } catch (cause) {
    throw new AppError('project/unreadable', { cause })
  }
}

/** @returns a run that is over: opening a file asks no backend for it; null where it is damaged */
export function readProjectRun(stored: unknown): RunRecord | null {
  if (!isObject(stored)) return null
  const record = readRunRecord({ ...stored, document: withBytes(stored['document']) })
  if (!record || !v.is(boundedRun, record)) return null
  const { pollAfter: _, document, ...rest } = record
  const { setup } = document
  const status = isTerminal(record.status) ? record.status : 'canceled'
  const closed = { status, phase: 'done', predictionId: null } as const
  return {
    ...rest,
    ...closed,
    // A file must not say where the next picture is sent.
    backend: { ...rest.backend, url: null },
    document: {
      ...document,
      base: asFile(document.base),
      setup: { ...setup, backend: { ...setup.backend, url: null } },
    },
  }
}

/** JSON's value of a document. */
export function documentAsText(document: PictureDocument): unknown {
  return withText(runDocumentOf(document))
}

/** JSON's value of a run. */
export function runAsText(record: RunRecord): unknown {
  return { ...record, document: withText(record.document) }
}

/** Bytes as base64, as JSON has none. */
function withText({ commands, sampling, guides, patches, regions, ...rest }: RunDocument) {
  return {
    ...rest,
    commands: toBase64(commands),
    sampling: toBase64(sampling),
    guides: toBase64(guides),
    patches: patches.map((patch) => ({ ...patch, coverage: toBase64(patch.coverage) })),
    regions: regions.map((region) => ({ ...region, mask: toBase64(region.mask) })),
  }
}

/** The inverse of `withText`; what is no base64 stays, and is refused by its schema. */
function withBytes(stored: unknown): unknown {
  if (!isObject(stored)) return stored
  const bytes = (value: unknown) => (typeof value === 'string' ? (fromBase64(value) ?? value) : value)
  const withField = (list: unknown, name: string) =>
    Array.isArray(list)
      ? list.map((one: unknown) => (isObject(one) ? { ...one, [name]: bytes(one[name]) } : one))
      : list
  return {
    ...stored,
    commands: bytes(stored['commands']),
    sampling: bytes(stored['sampling']),
    guides: bytes(stored['guides']),
    patches: withField(stored['patches'], 'coverage'),
    regions: withField(stored['regions'], 'mask'),
  }
}

export function unreadable(detail: string): AppError {
  return new AppError('project/unreadable', { detail })
}
