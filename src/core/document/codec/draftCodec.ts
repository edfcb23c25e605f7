import * as v from 'valibot'
import { AppError } from '../../errors'
import type { PictureFile } from '../document'
import { DEFAULT_SENT } from '../sentArea'
import type { DocumentContents, DocumentSummary } from '../storedDocument'
import { pictureFileEntries, rectSchema, setupSchema, sizeSchema } from './documentSchema'
import { decodePatches, storedPatchesSchema } from './patchCodec'

/** Before there were documents each tab kept one draft: what it had open. They are read once, and become documents. */

/** What versions 1 to 4 of a stored draft have in common. */
const draftEntries = {
  tabId: v.string(),
  generation: v.number(),
  updatedAt: v.nullable(v.string()),
  base: v.nullable(v.object(pictureFileEntries)),
  size: v.nullable(sizeSchema),
  frame: v.nullable(rectSchema),
  setup: v.nullable(setupSchema),
}

/** The journal of version 3 may hold steps of the sampling area, that of version 4 edits of the kept results. */
const version2Schema = v.object({
  ...draftEntries,
  version: v.picklist([2, 3, 4]),
  patches: storedPatchesSchema,
})

/** Version 1 had no patches. */
const version1Schema = v.object({ ...draftEntries, version: v.literal(1) })

/** The shape from before versions were written. */
const unversionedSchema = v.object({
  version: v.optional(v.undefined()),
  tabId: v.string(),
  sourceKey: v.string(),
  name: v.string(),
  url: v.nullable(v.string()),
  sampleId: v.nullable(v.string()),
  generation: v.number(),
})

/** A draft as the document that it becomes. */
export interface EarlierDraft {
  /** Without its steps: they are the entries of the draft's journal. */
  readonly summary: DocumentSummary
  readonly contents: DocumentContents
  /** Entries of the journal with another number are of an earlier draft of the tab. */
  readonly generation: number
}

/** For drafts that did not say when they were written: behind all that did. */
const LONG_AGO = '1970-01-01T00:00:00.000Z'

/** A stored draft of any version, checked. @returns null where it is damaged */
export function readDraft(value: unknown): EarlierDraft | null {
  const second = v.safeParse(version2Schema, value)
  if (second.success) return withPatches(second.output)
  const first = v.safeParse(version1Schema, value)
  if (first.success) return documentOf({ ...first.output, patches: [] })
  const earlier = v.safeParse(unversionedSchema, value)
  if (!earlier.success) return null
  const { tabId, sourceKey, name, url, sampleId, generation } = earlier.output
  const base = { key: sourceKey, name, link: linkOf(name, url, sampleId) }
  const rest = { updatedAt: null, size: null, frame: null, patches: [], setup: null }
  return documentOf({ tabId, generation, base, ...rest })
}

type DraftParts = Omit<v.InferOutput<typeof version1Schema>, 'version'> & Pick<DocumentContents, 'patches'>

function documentOf({ tabId, generation, updatedAt, base, size, frame, patches, setup }: DraftParts) {
  const at = updatedAt ?? LONG_AGO
  const summary = { id: tabId, createdAt: at, updatedAt: at, base, size, tip: 0, writer: '', starred: false }
  return {
    summary: { ...summary, pixels: [], from: null },
    contents: { frame, sent: DEFAULT_SENT, patches, regions: [], setup, viewport: null },
    generation,
  }
}

function withPatches(stored: v.InferOutput<typeof version2Schema>): EarlierDraft | null {
  try {
    return documentOf({ ...stored, patches: decodePatches(stored.patches) })
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

function linkOf(name: string, url: string | null, sampleId: string | null): PictureFile['link'] {
  if (sampleId !== null) return { kind: 'sample', id: sampleId }
  return url === null ? { kind: 'file', name, sha256: null } : { kind: 'url', url }
}
