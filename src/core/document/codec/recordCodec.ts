import * as v from 'valibot'
import { type Rect, rectOf } from '../../geometry'
import type { JsonValue } from '../../json'
import { decodeCommands, encodeCommands } from '../../mask/command/maskCodec'
import { effectiveCommands, type MaskCommand } from '../../mask/command/maskCommand'
import { DETAIL_SOURCES } from '../../prediction/prediction'
import type { PictureDocument, PixelKey } from '../document'
import { pictureRefSchema, rectSchema, sentSchema, setupSchema, writtenSetup } from './documentSchema'
import { DEFAULT_SENT } from '../sentArea'
import { decodeRegions, encodeRegions, type StoredRegion, storedRegionsSchema } from './regionCodec'
import { decodePatches, encodePatches, type StoredPatch, storedPatchesSchema } from './patchCodec'
import { type RecordVersion1, recordVersion1Schema, runEntries } from './recordVersion1'

/** What a run was started from. */
export interface RunDocument extends Pick<PictureDocument, 'base' | 'frame' | 'sent' | 'setup'> {
  /** The mask, as `encodeCommands` wrote it. */
  readonly commands: Uint8Array<ArrayBuffer>
  /** The sampling area and the guide lines, likewise. */
  readonly sampling: Uint8Array<ArrayBuffer>
  readonly guides: Uint8Array<ArrayBuffer>
  readonly patches: readonly StoredPatch[]
  readonly regions: readonly StoredRegion[]
}

const runDocumentEntries = {
  base: pictureRefSchema,
  frame: rectSchema,
  sent: sentSchema,
  commands: v.instance(Uint8Array<ArrayBuffer>),
  regions: storedRegionsSchema,
  setup: setupSchema,
}

/** What the model itself answered, before it was blended. */
export interface RawOutput {
  readonly key: PixelKey
  /** Where it lies, image px. Its pixels have this size unless it is `whole`. */
  readonly rect: Rect
  /** A picture of its own, not a part of the run's. */
  readonly whole: boolean
}

const rawOutputsSchema: v.GenericSchema<unknown, readonly (RawOutput | null)[]> = v.array(
  v.nullable(v.object({ key: v.string(), rect: rectSchema, whole: v.boolean() })),
)

/** What versions 2 to 4 of a record have in common. */
const recordEntries = {
  ...runEntries,
  /** When the user asked to cancel, ISO 8601. */
  cancelAskedAt: v.optional(v.string()),
  /** The backend's log, folded; left out where it was empty or long. */
  logs: v.optional(v.string()),
  /** Where outputs lie that are parts of the picture, px of it; left out where they fill the region's part of it. */
  outputRect: v.optional(rectSchema),
  /** Where outputs lie that are pictures of their own, likewise; left out where that was not found. */
  wholeRect: v.optional(rectSchema),
  /** The region of the picture that it was of; left out where the mask was open. */
  regionId: v.optional(v.string()),
  /** What the region asked for then. @see regionDigest */
  regionDigest: v.optional(v.string()),
  /** Where the fine detail of each output comes from; left out where the backend makes them in one way. */
  details: v.optional(v.array(v.picklist(DETAIL_SOURCES))),
  /** Place of the output that the backend judged best; left out where it did not judge. */
  best: v.optional(v.number()),
  /** Places of outputs that are blank, as a safety check returns them. */
  blank: v.optional(v.array(v.number())),
  /** By place; null where the raw answer was not kept. Empty in records of version 1. */
  rawOutputs: rawOutputsSchema,
}

const version3Entries = { ...runDocumentEntries, patches: storedPatchesSchema }

export const runDocumentSchema = v.object({
  ...version3Entries,
  sampling: v.instance(Uint8Array<ArrayBuffer>),
  /** What was written before there were guide lines has none. */
  guides: v.optional(v.instance(Uint8Array<ArrayBuffer>), () => encodeCommands([])),
})

/** Version 4 of what is written to disk about a run, before it is sent and after each step. Never a key. */
const recordSchema = v.object({
  ...recordEntries,
  version: v.literal(4),
  document: runDocumentSchema,
})

/** Version 3 had no sampling area. */
const version3Schema = v.object({
  ...recordEntries,
  version: v.literal(3),
  document: v.object(version3Entries),
})

/** Version 2 had no patches. */
const version2Schema = v.object({
  ...recordEntries,
  version: v.literal(2),
  document: v.object(runDocumentEntries),
})

export type RunRecord = v.InferOutput<typeof recordSchema>

/** The document as a run's record holds it: what a clear wiped out of its areas is dropped, files are too. */
export function runDocumentOf({
  base,
  frame,
  mask,
  sampling,
  guides,
  sent,
  patches,
  regions,
  setup,
}: PictureDocument): RunDocument {
  return {
    base,
    frame,
    sent,
    commands: encodeCommands(effectiveCommands(mask)),
    sampling: encodeCommands(effectiveCommands(sampling)),
    guides: encodeCommands(effectiveCommands(guides)),
    patches: encodePatches(patches),
    regions: encodeRegions(regions),
    setup: writtenSetup(setup),
  }
}

/**
 * The document that a run was started from.
 * @throws AppError `share/unreadable` where the bytes of an area or of a patch's coverage are damaged
 */
export function documentOfRun({ document }: RunRecord): PictureDocument {
  const { base, frame, sent, patches, regions, setup } = document
  return {
    base,
    frame,
    sent,
    mask: maskOfRun(document),
    sampling: samplingOfRun(document),
    guides: guidesOfRun(document),
    patches: decodePatches(patches),
    regions: decodeRegions(regions),
    setup,
  }
}

/** @throws AppError `share/unreadable` where the bytes are damaged */
export function maskOfRun({ commands }: RunDocument): MaskCommand[] {
  return decodeCommands(commands)
}

/** @throws AppError `share/unreadable` where the bytes are damaged */
export function samplingOfRun({ sampling }: RunDocument): MaskCommand[] {
  return decodeCommands(sampling)
}

/** @throws AppError `share/unreadable` where the bytes are damaged */
export function guidesOfRun({ guides }: RunDocument): MaskCommand[] {
  return decodeCommands(guides)
}

/** What was sent besides picture and mask, by name: the model's fields and the backend's own. */
export function paramsOfRun({
  document: { setup },
}: {
  readonly document: Pick<RunDocument, 'setup'>
}): Record<string, JsonValue> {
  const { params, untouched = [], options } = setup
  const sent = Object.entries(params).filter(([name]) => !untouched.includes(name))
  return { ...Object.fromEntries(sent), ...options }
}

/** The stored files and pixels that a run names: they are kept as long as it is. */
export function keysOfRun({ document, rawOutputs }: RunRecord): PixelKey[] {
  return [
    document.base.key,
    ...document.patches.map(({ pixels }) => pixels),
    ...rawOutputs.flatMap((output) => (output ? [output.key] : [])),
  ]
}

/** A stored record, checked and brought to this version. @returns null where it is damaged or of a newer version */
export function readRunRecord(value: unknown): RunRecord | null {
  const current = v.safeParse(recordSchema, value)
  if (current.success) return current.output
  const third = v.safeParse(version3Schema, value)
  if (third.success) return withoutSampling(third.output)
  const second = v.safeParse(version2Schema, value)
  if (second.success) {
    const { document, ...run } = second.output
    return withoutSampling({ ...run, document: { ...document, patches: [] } })
  }
  const first = v.safeParse(recordVersion1Schema, value)
  return first.success ? fromVersion1(first.output) : null
}

type RecordVersion3 = v.InferOutput<typeof version3Schema>

function withoutSampling({ document, ...run }: Omit<RecordVersion3, 'version'>): RunRecord {
  return {
    ...run,
    version: 4,
    document: { ...document, sampling: encodeCommands([]), guides: encodeCommands([]) },
  }
}

const SHA256 = /^[0-9a-f]{64}$/

/**
 * Version 1 had no frame, roles, polarity or picture address. Its params hold the backend's options too: whoever knows
 * the backend sorts them. Its version is the one asked for, the schema's own included.
 */
function fromVersion1({ source, commands, model, params, ...run }: RecordVersion1): RunRecord {
  const { id, url, version } = run.backend
  const sha256 = SHA256.test(source.key) ? source.key : null
  return withoutSampling({
    ...run,
    document: {
      base: { ...source, link: { kind: 'file', name: source.name, sha256 } },
      frame: rectOf(source),
      sent: DEFAULT_SENT,
      commands,
      patches: [],
      regions: [],
      setup: { backend: { id, url }, model, version, params, options: {}, roles: {}, polarity: null },
    },
    rawOutputs: [],
  })
}
