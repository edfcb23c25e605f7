import * as v from 'valibot'
import { fromBase64, toBase64 } from '../../base64'
import { ByteReader, ByteWriter } from '../../bytes'
import { AppError } from '../../errors'
import type { Rect } from '../../geometry'
import { isObject } from '../../json'
import { decodeCommands, encodeCommands, LINK_LIMITS } from '../../mask/command/maskCodec'
import type { PartialDocument } from '../partialDocument'
import type { MaskRegion } from '../regions'
import type { SentArea } from '../sentArea'
import { withoutFiles } from './jsonSchema'
import { currentSchema, MAX_LINK_BYTES, type Payload, version1Schema } from './linkPayload'

/** Max characters of a link's fragment. */
export const MAX_LINK_CHARS = 64 * 1024
/** Max bytes of the commands of mask, sampling area and guide lines in a link, before they are packed. */
export const MAX_LINK_MASK_BYTES = 256 * 1024
/** Max bytes of a picture that a link carries itself. */
export const MAX_LINK_PICTURE_BYTES = 24 * 1024

/**
 * A link as bytes: the JSON's length, the JSON, the length of the mask's commands, these, and those of the sampling
 * area; with a picture also the length of these, and its file: version 4. To be packed and put into the fragment. Files
 * among the params are dropped. There are no patches: what names one holds no pixels, and a link has no room for them.
 * @param link as `partialOf` makes it of a document
 */
export function encodeLink(link: PartialDocument): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(payloadOf(link)))
  const out = new ByteWriter()
  out.varint(json.length)
  out.bytes(json)
  const mask = encodeCommands(link.mask)
  out.varint(mask.length)
  out.bytes(mask)
  const sampling = encodeCommands(link.sampling)
  if (link.picture) out.varint(sampling.length)
  out.bytes(sampling)
  if (link.picture) out.bytes(link.picture)
  return out.finish()
}

function payloadOf({ base, size, frame, sent, guides, picture, regions, setup }: PartialDocument): Payload {
  const { backend, model, version, params, untouched = [], options, roles, polarity, prefill } = setup
  return {
    // Without a picture, pages of before there was version 4 read it too.
    v: picture ? 4 : 3,
    s: base,
    d: size ? [size.width, size.height] : null,
    ...(frame ? { f: frameTuple(frame) } : {}),
    ...(sent ? { a: sent.kind === 'around' ? sent.context : frameTuple(sent.rect) } : {}),
    ...(backend ? { b: backend } : {}),
    ...(model === undefined ? {} : { m: model }),
    ...(version === undefined ? {} : { n: version }),
    ...(params ? { p: Object.entries(withoutFiles(params)) } : {}),
    ...(untouched.length > 0 ? { u: [...untouched] } : {}),
    ...(options ? { o: Object.entries(withoutFiles(options)) } : {}),
    ...(roles ? { r: Object.entries(roles) } : {}),
    ...(polarity === undefined ? {} : { y: polarity }),
    ...(prefill ? { l: prefill } : {}),
    ...(regions ? { e: regions.map(regionTuple) } : {}),
    ...(guides.length > 0 ? { g: toBase64(encodeCommands(guides)) } : {}),
  }
}

/**
 * The inverse of `encodeLink`, for links of every version; the bytes are untrusted.
 * @throws AppError `share/unreadable`, `share/too-large` or `share/newer-version`
 */
export function decodeLink(bytes: Uint8Array): PartialDocument {
  const reader = new ByteReader(bytes)
  const { version, guides, regions, ...said } = readPayload(reader.bytes(reader.varint(MAX_LINK_BYTES)))
  const mask = version >= 3 ? reader.bytes(reader.varint(MAX_LINK_BYTES)) : reader.rest()
  const sampling = version === 4 ? reader.bytes(reader.varint(MAX_LINK_BYTES)) : reader.rest()
  const picture = reader.rest().slice()
  const masks = regions.map((region) => region.bytes)
  const maskBytes = [mask, sampling, guides, ...masks].reduce((sum, { length }) => sum + length, 0)
  if (maskBytes > MAX_LINK_MASK_BYTES) throw new AppError('share/too-large')
  if (picture.length > MAX_LINK_PICTURE_BYTES) throw new AppError('share/too-large')
  return {
    ...said,
    complete: true,
    mask: decodeCommands(mask, LINK_LIMITS),
    sampling: decodeCommands(sampling, LINK_LIMITS),
    guides: decodeCommands(guides, LINK_LIMITS),
    ...(regions.length > 0 ? { regions: regions.map(regionOf) } : {}),
    ...(picture.length > 0 ? { picture } : {}),
  }
}

/** A region with the bytes of its mask's commands. */
type SaidRegion = Omit<MaskRegion, 'mask'> & { readonly bytes: Uint8Array }

function regionOf({ bytes, ...region }: SaidRegion): MaskRegion {
  return { ...region, mask: decodeCommands(bytes, LINK_LIMITS) }
}

type Said = Omit<PartialDocument, 'complete' | 'mask' | 'sampling' | 'guides' | 'picture' | 'regions'> & {
  readonly version: 1 | 2 | 3 | 4
  readonly guides: Uint8Array
  readonly regions: readonly SaidRegion[]
}

function readPayload(json: Uint8Array): Said {
  let parsed: unknown
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json))
  } catch (cause) {
    throw new AppError('share/unreadable', { cause })
  }
  const version = isObject(parsed) ? parsed['v'] : null
  if (typeof version === 'number' && version > 4) throw new AppError('share/newer-version')
  if (version === 1) return readVersion1(parsed)
  const { v: written, s, d, f, a, b, m, n, p, u, o, r, y, l, g, e = [] } = checked(currentSchema, parsed)
  return {
    version: written,
    base: s,
    size: d ? { width: d[0], height: d[1] } : null,
    frame: f ? frameFrom(f) : null,
    sent: a === undefined ? null : sentFrom(a),
    guides: g === undefined ? new Uint8Array() : bytesOf(g),
    regions: e.map(([id, name, prompt, rect, mask]) => ({
      id,
      name,
      prompt,
      maskFrame: frameFrom(rect),
      bytes: bytesOf(mask),
    })),
    setup: {
      ...(b ? { backend: b } : {}),
      ...(m === undefined ? {} : { model: m }),
      ...(n === undefined ? {} : { version: n }),
      ...(p ? { params: fromEntries(p) } : {}),
      ...(u ? { untouched: u } : {}),
      ...(o ? { options: fromEntries(o) } : {}),
      ...(r ? { roles: fromEntries(r) } : {}),
      ...(y === undefined ? {} : { polarity: y }),
      ...(l ? { prefill: l } : {}),
    },
  }
}

/** Version 1 named no model, roles or polarity, and held the backend's options among the params. */
function readVersion1(parsed: unknown): Said {
  const { s, d, b, m, p } = checked(version1Schema, parsed)
  return {
    version: 1,
    base: s,
    size: d ? { width: d[0], height: d[1] } : null,
    frame: null,
    sent: null,
    guides: new Uint8Array(),
    regions: [],
    setup: { ...(b ? { backend: b } : {}), ...(m ? { version: m } : {}), params: fromEntries(p) },
  }
}

function bytesOf(base64: string): Uint8Array {
  const bytes = fromBase64(base64)
  if (!bytes) throw new AppError('share/unreadable')
  return bytes
}

function checked<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value)
  if (!result.success) throw new AppError('share/unreadable', { detail: result.issues[0].message })
  return result.output
}

function regionTuple({ id, name, prompt, maskFrame, mask }: MaskRegion) {
  const region: [string, string, string, Tuple, string] = [
    id,
    name,
    prompt,
    frameTuple(maskFrame),
    toBase64(encodeCommands(mask)),
  ]
  return region
}

type Tuple = [x: number, y: number, width: number, height: number]

function frameFrom([x, y, width, height]: Tuple): Rect {
  return { x, y, width, height }
}

function frameTuple({ x, y, width, height }: Rect): Tuple {
  return [x, y, width, height]
}

function sentFrom(said: number | Tuple): SentArea {
  return typeof said === 'number'
    ? { kind: 'around', context: said }
    : { kind: 'rect', rect: frameFrom(said) }
}

/** A prototype is no field. */
function fromEntries<Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> {
  return Object.fromEntries(entries.filter(([name]) => name !== '__proto__'))
}
