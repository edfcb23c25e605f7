import * as v from 'valibot'
import { AppError } from '../errors'
import type { Size } from '../geometry'
import { MAX_SIDE } from '../image/limits'
import { decodeCommands, encodeCommands, LINK_LIMITS, pushVarint, Reader } from '../mask/command/maskCodec'
import type { MaskCommand } from '../mask/command/maskCommand'

/** Where the picture of a link comes from; a file is only named: the reader has to bring it. */
export type LinkedSource =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'sample'; readonly id: string }
  | { readonly kind: 'file'; readonly name: string; readonly sha256: string | null }

/** A whole setup. Never a key. */
export interface ShareLink {
  readonly version: 1
  readonly source: LinkedSource | null
  /** The picture's size, by which a brought file is checked; null where the link does not say. */
  readonly size: Size | null
  readonly commands: readonly MaskCommand[]
  /** Every setting is in it: what it leaves out is blank. A link by hand only names some. */
  readonly complete: boolean
  /** A suggestion: shown and confirmed before it is used. */
  readonly backend: { readonly id: string; readonly url: string | null } | null
  readonly modelVersion: string | null
  /** Form values by field name; checked against the schema when they are filled in. */
  readonly params: Readonly<Record<string, string | number | boolean>>
}

/** Most characters of a link's fragment. */
export const MAX_LINK_CHARS = 64 * 1024
/** Most bytes of a mask's commands in a link, before they are packed. */
export const MAX_LINK_MASK_BYTES = 256 * 1024
/** Most bytes a link may unpack to. */
export const MAX_LINK_BYTES = 512 * 1024

const text = (most: number) => v.pipe(v.string(), v.maxLength(most))
const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_SIDE))

const payloadSchema = v.object({
  v: v.literal(1),
  s: v.nullable(
    v.variant('kind', [
      v.object({ kind: v.literal('url'), url: text(8192) }),
      v.object({ kind: v.literal('sample'), id: text(64) }),
      v.object({ kind: v.literal('file'), name: text(300), sha256: v.nullable(text(64)) }),
    ]),
  ),
  d: v.nullable(v.tuple([side, side])),
  b: v.nullable(v.object({ id: text(64), url: v.nullable(text(2048)) })),
  m: v.nullable(text(200)),
  p: v.array(v.tuple([text(64), v.union([text(20_000), v.number(), v.boolean()])])),
})

/** A link as bytes: the JSON's length, the JSON, the mask's commands. To be packed and put into the fragment. */
export function packShareLink(link: ShareLink): Uint8Array<ArrayBuffer> {
  const payload: v.InferOutput<typeof payloadSchema> = {
    v: 1,
    s: link.source,
    d: link.size ? [link.size.width, link.size.height] : null,
    b: link.backend,
    m: link.modelVersion,
    p: Object.entries(link.params),
  }
  const json = new TextEncoder().encode(JSON.stringify(payload))
  const head: number[] = []
  pushVarint(head, json.length)
  const mask = encodeCommands(link.commands)
  const out = new Uint8Array(head.length + json.length + mask.length)
  out.set(head)
  out.set(json, head.length)
  out.set(mask, head.length + json.length)
  return out
}

/** The inverse; the bytes are untrusted. @throws AppError `share/unreadable` or `share/newer-version` */
export function unpackShareLink(bytes: Uint8Array): ShareLink {
  const reader = new Reader(bytes)
  const json = reader.take(reader.varint(MAX_LINK_BYTES))
  let parsed: unknown
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json))
  } catch (cause) {
    throw new AppError('share/unreadable', { cause })
  }
  const version: unknown = typeof parsed === 'object' && parsed !== null && 'v' in parsed ? parsed.v : null
  if (typeof version === 'number' && version > 1) throw new AppError('share/newer-version')
  const result = v.safeParse(payloadSchema, parsed)
  if (!result.success) throw new AppError('share/unreadable', { detail: result.issues[0].message })
  const payload = result.output
  const mask = reader.rest()
  if (mask.length > MAX_LINK_MASK_BYTES) throw new AppError('share/too-large')
  return {
    version: 1,
    source: payload.s,
    size: payload.d ? { width: payload.d[0], height: payload.d[1] } : null,
    complete: true,
    commands: decodeCommands(mask, LINK_LIMITS),
    backend: payload.b,
    modelVersion: payload.m,
    params: Object.fromEntries(payload.p.filter(([name]) => name !== '__proto__')),
  }
}

/** Names in a hand-written link that are no form fields. */
const SOURCE_NAMES = ['image', 'sample', 'backend', 'version']

/**
 * A link written by hand: `?image=URL&prompt=...&steps=...`, by field name, in the query or the fragment. The values
 * stay text; they are read by the form's fields. @returns null where the text names nothing
 */
export function readHandWrittenLink(query: string): ShareLink | null {
  const search = new URLSearchParams(query)
  const params: [string, string][] = []
  for (const [name, value] of search) {
    if (!/^[a-z][a-z0-9_]{0,63}$/i.test(name) || value.length > 20_000) continue
    if (!SOURCE_NAMES.includes(name)) params.push([name, value])
  }
  const [image, sample, backend, version] = SOURCE_NAMES.map(
    (name) => search.get(name)?.slice(0, 8192) || null,
  )
  if (!image && !sample && !backend && !version && params.length === 0) return null
  return {
    version: 1,
    source: image ? { kind: 'url', url: image } : sample ? { kind: 'sample', id: sample } : null,
    size: null,
    complete: false,
    commands: [],
    backend: backend ? { id: 'replicate', url: backend } : null,
    modelVersion: version ?? null,
    params: Object.fromEntries(params),
  }
}
