import * as v from 'valibot'
import type { Rect, Size } from '../../geometry'
import type { PictureDocument, PictureFile, Setup } from '../document'
import { pictureFileEntries, rectSchema, setupSchema, sizeSchema, writtenSetup } from './documentSchema'

/** What a tab had open, without its mask: the mask's commands stand in a journal of their own. */
export interface Draft {
  readonly version: 1
  /** Two tabs never write to the same draft. */
  readonly tabId: string
  /** Counts the drafts of this tab: journal entries of an older one are not its own. */
  readonly generation: number
  /** ISO 8601; null in drafts from before versions were written. */
  readonly updatedAt: string | null
  /** null where no picture is open. */
  readonly base: PictureFile | null
  /** null without a picture, and in drafts from before versions were written: known once the file is decoded. */
  readonly size: Size | null
  /** px of the base; null is all of it. */
  readonly frame: Rect | null
  /** null in drafts from before versions were written. */
  readonly setup: Setup | null
}

const draftSchema = v.object({
  version: v.literal(1),
  tabId: v.string(),
  generation: v.number(),
  updatedAt: v.nullable(v.string()),
  base: v.nullable(v.object(pictureFileEntries)),
  size: v.nullable(sizeSchema),
  frame: v.nullable(rectSchema),
  setup: v.nullable(setupSchema),
})

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

type DraftStamp = Pick<Draft, 'tabId' | 'generation'> & { readonly updatedAt: string }

/** What is stored of an open document; `setup` without files. Its mask goes into the journal. */
export function draftOf({ base, frame, setup }: PictureDocument, about: DraftStamp): Draft {
  const { key, name, link, width, height } = base
  return {
    ...about,
    version: 1,
    base: { key, name, link },
    size: { width, height },
    frame,
    setup: writtenSetup(setup),
  }
}

/** What is stored of a form while no picture is open. */
export function formDraft(setup: Setup, about: DraftStamp): Draft {
  return { ...about, version: 1, base: null, size: null, frame: null, setup: writtenSetup(setup) }
}

/** A stored draft, checked and brought to this version. @returns null where it is damaged or of a newer version */
export function readDraft(value: unknown): Draft | null {
  const current = v.safeParse(draftSchema, value)
  if (current.success) return current.output
  const earlier = v.safeParse(unversionedSchema, value)
  if (!earlier.success) return null
  const { tabId, sourceKey, name, url, sampleId, generation } = earlier.output
  return {
    version: 1,
    tabId,
    generation,
    updatedAt: null,
    base: { key: sourceKey, name, link: linkOf(name, url, sampleId) },
    size: null,
    frame: null,
    setup: null,
  }
}

function linkOf(name: string, url: string | null, sampleId: string | null): PictureFile['link'] {
  if (sampleId !== null) return { kind: 'sample', id: sampleId }
  return url === null ? { kind: 'file', name, sha256: null } : { kind: 'url', url }
}
