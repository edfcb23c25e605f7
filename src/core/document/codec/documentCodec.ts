import * as v from 'valibot'
import { AppError } from '../../errors'
import type { DocumentContents, DocumentSummary } from '../storedDocument'
import {
  pictureFileEntries,
  rectSchema,
  sentSchema,
  setupSchema,
  sizeSchema,
  writtenSetup,
} from './documentSchema'
import { decodePatches, encodePatches, storedPatchesSchema } from './patchCodec'
import { decodeRegions, encodeRegions, storedRegionsSchema } from './regionCodec'

const id = v.pipe(v.string(), v.minLength(1))
const whole = v.pipe(v.number(), v.integer(), v.minValue(0))

const summarySchema = v.object({
  version: v.literal(1),
  id,
  createdAt: v.string(),
  updatedAt: v.string(),
  base: v.nullable(v.object(pictureFileEntries)),
  size: v.nullable(sizeSchema),
  tip: whole,
  head: v.optional(whole),
  writer: v.string(),
  starred: v.boolean(),
  pixels: v.array(v.string()),
  from: v.nullable(v.object({ id, step: whole })),
})

export const viewportSchema = v.object({
  zoom: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  center: v.object({ x: v.pipe(v.number(), v.finite()), y: v.pipe(v.number(), v.finite()) }),
})

const contentsSchema = v.object({
  version: v.literal(1),
  frame: v.nullable(rectSchema),
  sent: sentSchema,
  patches: storedPatchesSchema,
  regions: storedRegionsSchema,
  setup: v.nullable(setupSchema),
  // Not worth losing a document for.
  viewport: v.fallback(v.nullable(viewportSchema), null),
})

/** A summary as this page writes it to disk. */
export interface StoredSummary extends DocumentSummary {
  readonly version: 1
}

/** Contents as this page writes them to disk: their setup without files. */
export type StoredContents = v.InferOutput<typeof contentsSchema>

export function encodeSummary(summary: DocumentSummary): StoredSummary {
  return { ...summary, version: 1 }
}

/** A stored summary, checked. @returns null where it is damaged or of a newer version */
export function readSummary(value: unknown): DocumentSummary | null {
  const read = v.safeParse(summarySchema, value)
  if (!read.success) return null
  const { version: _, ...summary } = read.output
  return summary
}

export function encodeContents({ patches, regions, setup, ...contents }: DocumentContents): StoredContents {
  return {
    ...contents,
    version: 1,
    patches: encodePatches(patches),
    regions: encodeRegions(regions),
    setup: setup && writtenSetup(setup),
  }
}

/** Stored contents, checked. @returns null where they are damaged or of a newer version */
export function readContents(value: unknown): DocumentContents | null {
  const read = v.safeParse(contentsSchema, value)
  if (!read.success) return null
  const { version: _, patches, regions, ...contents } = read.output
  try {
    return { ...contents, patches: decodePatches(patches), regions: decodeRegions(regions) }
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}
