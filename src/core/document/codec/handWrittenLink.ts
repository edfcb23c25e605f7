import * as v from 'valibot'
import { isObject, type JsonValue } from '../../json'
import { parseModelReference } from '../../models/schemaDocument'
import type { Setup } from '../document'
import { type PartialDocument, setupOnly } from '../partialDocument'
import { shortJsonSchema } from './jsonSchema'

/** Max characters of one value. */
export const MAX_VALUE_CHARS = 20_000
const MAX_ADDRESS_CHARS = 8192

/** Names in a hand-written link that are no form fields. */
const RESERVED_NAMES = new Set(['image', 'mask', 'sample', 'backend', 'version', 'model', 'input'])
/** What models call picture and mask in an input. */
const IMAGE_NAMES = ['image', 'input_image', 'init_image', 'image_url', 'img']
const MASK_NAMES = ['mask', 'mask_image', 'mask_url', 'mask_img']

type Params = Readonly<Record<string, JsonValue>>

/**
 * A link written by hand: `?image=URL&mask=URL&prompt=...&steps=...`, by field name, in the query or the fragment; or
 * all of them as JSON in `input`. The values of a query stay text; they are read by the form's fields.
 * @returns null where the text names nothing
 */
export function readHandWrittenLink(query: string): PartialDocument | null {
  const search = new URLSearchParams(query)
  const params: [string, string][] = []
  for (const [name, value] of search) {
    if (isFieldName(name) && value.length <= MAX_VALUE_CHARS && !RESERVED_NAMES.has(name))
      params.push([name, value])
  }
  const said = (name: string) => search.get(name)?.slice(0, MAX_ADDRESS_CHARS) || null
  const input = readInput(search.get('input'))
  const sample = said('sample')
  const image = said('image') ?? addressIn(input, IMAGE_NAMES)
  const backend = said('backend')
  return linkOf({
    base: image ? { kind: 'url', url: image } : sample ? { kind: 'sample', id: sample } : null,
    maskUrl: said('mask') ?? addressIn(input, MASK_NAMES),
    params: { ...withoutPictures(input), ...Object.fromEntries(params) },
    setup: {
      ...(backend ? { backend: { id: 'replicate', url: backend } } : {}),
      ...modelOf(said('model')),
      ...(said('version') ? { version: said('version') } : {}),
    },
  })
}

/** Pages of the site that are named like a model. */
const NO_OWNERS = new Set([
  'p',
  'docs',
  'collections',
  'blog',
  'account',
  'deployments',
  'guides',
  'changelog',
])

/**
 * An address that was copied from Replicate: of a model's page, or of its playground with the input filled in.
 * @returns null where it is another
 */
export function readReplicateAddress(text: string): PartialDocument | null {
  const trimmed = text.trim()
  if (!URL.canParse(trimmed)) return null
  const { protocol, hostname, pathname, searchParams } = new URL(trimmed)
  if (protocol !== 'https:' || !/^(?:www\.)?replicate\.com$/.test(hostname)) return null
  if (/^\/playground\/?$/.test(pathname)) {
    const input = readInput(searchParams.get('inputs') ?? searchParams.get('input'))
    const image = addressIn(input, IMAGE_NAMES)
    return linkOf({
      base: image ? { kind: 'url', url: image } : null,
      maskUrl: addressIn(input, MASK_NAMES),
      params: withoutPictures(input),
      setup: modelOf(searchParams.get('model')),
    })
  }
  const setup = modelOf(pathname.slice(1))
  const owner = setup.model?.split('/', 1)[0]
  if (owner === undefined || NO_OWNERS.has(owner)) return null
  return linkOf({ base: null, maskUrl: null, params: {}, setup })
}

interface Said {
  readonly base: PartialDocument['base']
  readonly maskUrl: string | null
  readonly params: Params
  readonly setup: Pick<Partial<Setup>, 'backend' | 'model' | 'version'>
}

function linkOf({ base, maskUrl, params, setup }: Said): PartialDocument | null {
  const isEmpty = !base && !maskUrl && Object.keys(params).length === 0 && Object.keys(setup).length === 0
  if (isEmpty) return null
  return {
    ...setupOnly({ ...setup, params }),
    base,
    ...(maskUrl ? { maskUrl } : {}),
    complete: false,
  }
}

function isFieldName(name: string): boolean {
  return /^[a-z][a-z0-9_]{0,63}$/i.test(name)
}

function modelOf(reference: string | null): Pick<Partial<Setup>, 'model' | 'version'> {
  const parsed = reference === null ? null : parseModelReference(reference.slice(0, 300))
  if (!parsed) return {}
  const model = `${parsed.owner}/${parsed.name}`
  return parsed.version === null ? { model } : { model, version: parsed.version }
}

/** A JSON object of fields; empty for anything else, such as the name of a tab on a model's page. */
function readInput(text: string | null): Params {
  if (!text?.startsWith('{')) return {}
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return {}
  }
  if (!isObject(parsed)) return {}
  const isValue = (value: unknown): value is JsonValue => v.is(shortJsonSchema(MAX_VALUE_CHARS), value)
  const fields: Record<string, JsonValue> = {}
  for (const [name, value] of Object.entries(parsed)) {
    if (isFieldName(name) && value !== null && isValue(value)) fields[name] = value
  }
  return fields
}

function addressIn(input: Params, names: readonly string[]): string | null {
  const found = names.map((name) => input[name]).find((value) => typeof value === 'string')
  return typeof found === 'string' && /^https?:/i.test(found) ? found.slice(0, MAX_ADDRESS_CHARS) : null
}

function withoutPictures(input: Params): Params {
  const names = new Set([...IMAGE_NAMES, ...MASK_NAMES])
  return Object.fromEntries(Object.entries(input).filter(([name]) => !names.has(name)))
}
