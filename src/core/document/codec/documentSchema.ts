import * as v from 'valibot'
import { MAX_SIDE } from '../../image/limits'
import { PREFILLS } from '../../frame/prefillKinds'
import { MAX_CONTEXT } from '../../image/contextLimits'
import { readRoles } from '../../models/roleChanges'
import type { LinkedSource, PictureRef, Setup } from '../document'
import { DEFAULT_SENT, type SentArea } from '../sentArea'
import { paramsSchema, withoutFiles } from './jsonSchema'

/** Parts of a document as this page stores them on the device. */

const side = v.pipe(v.number(), v.integer(), v.minValue(1))

/** Of a picture that can be open, px. */
export const boundedSide = v.pipe(side, v.maxValue(MAX_SIDE))
/** Of a rectangle's corner, whole image px; may lie outside the picture. */
export const offset = v.pipe(v.number(), v.integer(), v.minValue(-MAX_SIDE), v.maxValue(MAX_SIDE))

export const rectSchema = v.object({ x: v.number(), y: v.number(), width: v.number(), height: v.number() })

export const sizeSchema = v.object({ width: side, height: side })

export const linkedSourceSchema: v.GenericSchema<unknown, LinkedSource> = v.variant('kind', [
  v.object({ kind: v.literal('url'), url: v.string() }),
  v.object({ kind: v.literal('sample'), id: v.string() }),
  v.object({ kind: v.literal('file'), name: v.string(), sha256: v.nullable(v.string()) }),
])

export const pictureFileEntries = { key: v.string(), name: v.string(), link: linkedSourceSchema }

export const pictureRefSchema: v.GenericSchema<unknown, PictureRef> = v.object({
  ...pictureFileEntries,
  ...sizeSchema.entries,
})

/** Whole percents. */
export const contextSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_CONTEXT))

export const chosenSchema: v.GenericSchema<unknown, SentArea> = v.variant('kind', [
  v.object({ kind: v.literal('around'), context: contextSchema }),
  v.object({
    kind: v.literal('rect'),
    rect: v.object({ x: offset, y: offset, width: boundedSide, height: boundedSide }),
  }),
])

/** What was written before there was a choice says nothing: it is the default. */
export const sentSchema = v.optional(chosenSchema, DEFAULT_SENT)

export const setupSchema: v.GenericSchema<unknown, Setup> = v.object({
  backend: v.object({ id: v.string(), url: v.nullable(v.string()) }),
  model: v.string(),
  version: v.nullable(v.string()),
  params: paramsSchema,
  untouched: v.optional(v.array(v.string())),
  options: paramsSchema,
  roles: v.pipe(v.unknown(), v.transform(readRoles)),
  polarity: v.nullable(v.picklist(['white', 'black'])),
  prefill: v.optional(v.picklist(PREFILLS)),
})

/** The setup as it is written: without files. */
export function writtenSetup(setup: Setup): Setup {
  return { ...setup, params: withoutFiles(setup.params), options: withoutFiles(setup.options) }
}
