import * as v from 'valibot'
import { PREFILLS } from '../../frame/prefillKinds'
import { MAX_PIXELS } from '../../image/limits'
import { FIELD_ROLES } from '../../prediction/fieldRoles'
import { MAX_REGION_NAME_CHARS, MAX_REGION_PROMPT_CHARS, MAX_REGIONS } from '../regions'
import { boundedSide, contextSchema, offset } from './documentSchema'
import { MAX_VALUE_CHARS } from './handWrittenLink'
import { shortJsonSchema } from './jsonSchema'

/** What the JSON of a link holds, and held. */

/** Max bytes a link may unpack to. */
export const MAX_LINK_BYTES = 512 * 1024
const text = (max: number) => v.pipe(v.string(), v.maxLength(max))
const frameSchema = v.pipe(
  v.tuple([offset, offset, boundedSide, boundedSide]),
  v.check(([, , width, height]) => width * height <= MAX_PIXELS),
)
const fieldName = text(64)

const pictureSchema = v.nullable(
  v.variant('kind', [
    v.object({ kind: v.literal('url'), url: text(8192) }),
    v.object({ kind: v.literal('sample'), id: text(64) }),
    v.object({ kind: v.literal('file'), name: text(300), sha256: v.nullable(text(64)) }),
  ]),
)
const sizeSchema = v.nullable(v.tuple([boundedSide, boundedSide]))
const backendSchema = v.object({ id: text(64), url: v.nullable(text(2048)) })

export const version1Schema = v.object({
  v: v.literal(1),
  s: pictureSchema,
  d: sizeSchema,
  b: v.nullable(backendSchema),
  m: v.nullable(text(200)),
  p: v.array(v.tuple([fieldName, v.union([text(MAX_VALUE_CHARS), v.number(), v.boolean()])])),
})

const regionsSchema = v.pipe(
  v.array(
    v.tuple([
      text(64),
      text(MAX_REGION_NAME_CHARS),
      text(MAX_REGION_PROMPT_CHARS),
      frameSchema,
      text(MAX_LINK_BYTES),
    ]),
  ),
  v.maxLength(MAX_REGIONS),
  v.check((regions) => new Set(regions.map(([id]) => id)).size === regions.length),
)

const values = v.array(v.tuple([fieldName, shortJsonSchema(MAX_VALUE_CHARS)]))

/** An absent key is a part that the link does not name. Version 2 had no sampling area, version 3 no picture. */
export const currentSchema = v.object({
  v: v.picklist([2, 3, 4]),
  /** Picture, its size, and the frame where it is not all of it. */
  s: pictureSchema,
  d: sizeSchema,
  f: v.exactOptional(frameSchema),
  /** What a run sends: the context around the mask, or a part. */
  a: v.exactOptional(v.union([contextSchema, frameSchema])),
  /** Backend, model, version. */
  b: v.exactOptional(backendSchema),
  m: v.exactOptional(text(200)),
  n: v.exactOptional(v.nullable(text(200))),
  /** Params, names of those nobody has set, the backend's options, roles, polarity. */
  p: v.exactOptional(values),
  u: v.exactOptional(v.array(fieldName)),
  o: v.exactOptional(values),
  r: v.exactOptional(v.array(v.tuple([fieldName, v.nullable(v.picklist(FIELD_ROLES))]))),
  y: v.exactOptional(v.nullable(v.picklist(['white', 'black']))),
  /** What the model is shown beyond the picture. Pages of before there was a choice show its edge. */
  l: v.exactOptional(v.picklist(PREFILLS)),
  /** Guide lines: the commands as base64. Pages of before there were any read the rest. */
  g: v.exactOptional(text(MAX_LINK_BYTES)),
  /** Regions, likewise: id, name, prompt, what the mask is replayed over, the commands as base64. */
  e: v.exactOptional(regionsSchema),
})

export type Payload = v.InferOutput<typeof currentSchema>
