import * as v from 'valibot'
import { AppError } from '../../errors'
import type { PictureFile } from '../document'
import type { Draft } from '../draft'
import { pictureFileEntries, rectSchema, setupSchema, sizeSchema, writtenSetup } from './documentSchema'
import { decodePatches, encodePatches, storedPatchesSchema } from './patchCodec'

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

/** Its journal may hold edits of the patches. */
const version4Schema = v.object({ ...draftEntries, version: v.literal(4), patches: storedPatchesSchema })

/** Its journal may hold steps of the sampling area, and results as baked pixels. */
const version3Schema = v.object({ ...version4Schema.entries, version: v.literal(3) })

const version2Schema = v.object({ ...version4Schema.entries, version: v.literal(2) })

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

/** A draft as this page writes it to disk. */
export type StoredDraft = v.InferOutput<typeof version4Schema>

/** The draft as it is stored: its setup without files. */
export function encodeDraft({ patches, setup, ...draft }: Draft): StoredDraft {
  return {
    ...draft,
    version: 4,
    patches: encodePatches(patches),
    setup: setup && writtenSetup(setup),
  }
}

/** A stored draft of any version, checked. @returns null where it is damaged or of a newer version */
export function readDraft(value: unknown): Draft | null {
  const current = v.safeParse(v.union([version4Schema, version3Schema, version2Schema]), value)
  if (current.success) return withPatches(current.output)
  const first = v.safeParse(version1Schema, value)
  if (first.success) {
    const { version: _, ...draft } = first.output
    return { ...draft, patches: [] }
  }
  const earlier = v.safeParse(unversionedSchema, value)
  if (!earlier.success) return null
  const { tabId, sourceKey, name, url, sampleId, generation } = earlier.output
  return {
    tabId,
    generation,
    updatedAt: null,
    base: { key: sourceKey, name, link: linkOf(name, url, sampleId) },
    size: null,
    frame: null,
    patches: [],
    setup: null,
  }
}

function withPatches(stored: Omit<StoredDraft, 'version'> & { version: 2 | 3 | 4 }): Draft | null {
  const { version: _, patches, ...draft } = stored
  try {
    return { ...draft, patches: decodePatches(patches) }
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

function linkOf(name: string, url: string | null, sampleId: string | null): PictureFile['link'] {
  if (sampleId !== null) return { kind: 'sample', id: sampleId }
  return url === null ? { kind: 'file', name, sha256: null } : { kind: 'url', url }
}
