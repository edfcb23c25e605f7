import * as v from 'valibot'
import { fromBase64, toBase64 } from '../../base64'
import { AppError } from '../../errors'
import { MAX_PIXELS } from '../../image/limits'
import { isObject } from '../../json'
import { decodeCommands, PROJECT_LIMITS } from '../../mask/command/maskCodec'
import { isTerminal } from '../../prediction/prediction'
import type { PictureDocument, PictureRef, PixelKey } from '../document'
import { boundedSide, offset } from './documentSchema'
import {
  keysOfRun,
  readRunRecord,
  type RunDocument,
  runDocumentOf,
  runDocumentSchema,
  type RunRecord,
} from './recordCodec'

/** What a project file holds besides pixels. */
export interface Project {
  /** What a clear wiped out of mask, sampling area and guide lines is left out. */
  readonly document: PictureDocument
  /** Runs of its picture. */
  readonly runs: readonly RunRecord[]
}

/** A file in a project: stored pixels, an output of a run, or the small picture of its card. */
export interface ProjectPart {
  /** In the zip. */
  readonly name: string
  readonly bytes: number
  readonly holds:
    | { readonly kind: 'pixels'; readonly key: PixelKey }
    | { readonly kind: 'output'; readonly runId: string; readonly place: number }
    | { readonly kind: 'thumbnail'; readonly runId: string }
}

/** What the manifest of a project says. */
export interface ReadProject extends Project {
  readonly parts: readonly ProjectPart[]
  /** Runs that could not be read. */
  readonly damagedRuns: number
}

export const MANIFEST_NAME = 'manifest.json'
export const MAX_MANIFEST_BYTES = 32 * 2 ** 20
export const MAX_PROJECT_RUNS = 500
/** Max files besides the manifest. */
export const MAX_PROJECT_PARTS = 4500
export const SHA256 = /^[0-9a-f]{64}$/
const FORMAT = 'pentimento'
const VERSION = 1

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
const count = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max))

const manifestSchema = v.object({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  parts: v.pipe(
    v.array(
      v.object({
        name: v.pipe(v.string(), v.regex(/^(?:pixels|outputs|thumbnails)\/\d{1,4}\.[a-z]{1,5}$/)),
        bytes: count(2 ** 31),
        holds: v.variant('kind', [
          v.object({ kind: v.literal('pixels'), key: text }),
          v.object({ kind: v.literal('output'), runId: text, place: count(1000) }),
          v.object({ kind: v.literal('thumbnail'), runId: text }),
        ]),
      }),
    ),
    v.maxLength(MAX_PROJECT_PARTS),
    v.check((parts) => new Set(parts.map(({ name }) => name)).size === parts.length),
  ),
  document: v.unknown(),
  runs: v.pipe(v.array(v.unknown()), v.maxLength(MAX_PROJECT_RUNS)),
})

/** From outside, so within the limits of a picture: masks and canvases are made of this size. */
const areaSchema = v.pipe(
  v.object({ x: offset, y: offset, width: boundedSide, height: boundedSide }),
  v.check(({ width, height }) => width * height <= MAX_PIXELS),
)
const boundedDocument = v.object({
  base: v.object({ width: boundedSide, height: boundedSide }),
  frame: areaSchema,
})
const boundedRun = v.object({
  document: boundedDocument,
  region: areaSchema,
  outputRect: v.optional(areaSchema),
  outputCount: count(1000),
  rawOutputs: v.pipe(v.array(v.nullable(v.object({ rect: areaSchema }))), v.maxLength(1000)),
})

/** The manifest of a project file. Secret fields are none of a setup, files among the params are dropped. */
export function encodeProject({ document, runs }: Project, parts: readonly ProjectPart[]): string {
  return JSON.stringify({
    format: FORMAT,
    version: VERSION,
    parts,
    document: withText(runDocumentOf(document)),
    runs: runs.map((record) => ({ ...record, document: withText(record.document) })),
  })
}

/**
 * The inverse of `encodeProject`; the text is untrusted. Runs come back closed: opening a file asks no backend for them.
 * Pictures come back as files: an address that the file names may be of another picture, and would be sent in its place.
 * @throws AppError `project/unreadable` or `project/newer-version`
 */
export function decodeProject(json: string): ReadProject {
  const parsed = parse(json)
  const version = isObject(parsed) && parsed['format'] === FORMAT ? parsed['version'] : null
  if (typeof version === 'number' && version > VERSION) throw new AppError('project/newer-version')
  const read = v.safeParse(manifestSchema, parsed)
  if (!read.success) throw unreadable(read.issues[0].message)
  const document = withBytes(read.output.document)
  const checked = v.safeParse(runDocumentSchema, document)
  if (!checked.success) throw unreadable(checked.issues[0].message)
  if (!v.is(boundedDocument, document)) throw unreadable('frame')
  const runs = read.output.runs.map(readRun)
  const whole = runs.filter((record) => record !== null)
  const ids = new Set(whole.map(({ id }) => id))
  return {
    document: documentFrom(checked.output),
    runs: whole.filter(({ id }) => ids.delete(id)),
    parts: read.output.parts,
    damagedRuns: runs.length - whole.length,
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new AppError('project/unreadable', { cause })
  }
}

function documentFrom({
  base,
  frame,
  sent,
  commands,
  sampling,
  guides,
  patches,
  regions,
  setup,
}: RunDocument): PictureDocument {
  return {
    base: asFile(base),
    frame,
    mask: decodeOutside(commands),
    sampling: decodeOutside(sampling),
    guides: decodeOutside(guides),
    sent,
    patches: patches.map((patch) => ({ ...patch, coverage: decodeOutside(patch.coverage) })),
    regions: regions.map((region) => ({ ...region, mask: decodeOutside(region.mask) })),
    setup,
  }
}

function asFile(base: PictureRef): PictureRef {
  const { name, key } = base
  return { ...base, link: { kind: 'file', name, sha256: SHA256.test(key) ? key : null } }
}

function decodeOutside(bytes: Uint8Array) {
  try {
    return decodeCommands(bytes, PROJECT_LIMITS)
  } catch (cause) {
    throw new AppError('project/unreadable', { cause })
  }
}

function readRun(stored: unknown): RunRecord | null {
  if (!isObject(stored)) return null
  const record = readRunRecord({ ...stored, document: withBytes(stored['document']) })
  if (!record || !v.is(boundedRun, record)) return null
  const { pollAfter: _, document, ...rest } = record
  const { setup } = document
  const status = isTerminal(record.status) ? record.status : 'canceled'
  const closed = { status, phase: 'done', predictionId: null } as const
  return {
    ...rest,
    ...closed,
    // A file must not say where the next picture is sent.
    backend: { ...rest.backend, url: null },
    document: {
      ...document,
      base: asFile(document.base),
      setup: { ...setup, backend: { ...setup.backend, url: null } },
    },
  }
}

/** Bytes as base64, as JSON has none. */
function withText({ commands, sampling, guides, patches, regions, ...rest }: RunDocument) {
  return {
    ...rest,
    commands: toBase64(commands),
    sampling: toBase64(sampling),
    guides: toBase64(guides),
    patches: patches.map((patch) => ({ ...patch, coverage: toBase64(patch.coverage) })),
    regions: regions.map((region) => ({ ...region, mask: toBase64(region.mask) })),
  }
}

/** The inverse of `withText`; what is no base64 stays, and is refused by its schema. */
function withBytes(stored: unknown): unknown {
  if (!isObject(stored)) return stored
  const bytes = (value: unknown) => (typeof value === 'string' ? (fromBase64(value) ?? value) : value)
  const withField = (list: unknown, name: string) =>
    Array.isArray(list)
      ? list.map((one: unknown) => (isObject(one) ? { ...one, [name]: bytes(one[name]) } : one))
      : list
  return {
    ...stored,
    commands: bytes(stored['commands']),
    sampling: bytes(stored['sampling']),
    guides: bytes(stored['guides']),
    patches: withField(stored['patches'], 'coverage'),
    regions: withField(stored['regions'], 'mask'),
  }
}

/** The stored pixels that a project names, each once. */
export function keysOfProject({ document: { base, patches }, runs }: Project): PixelKey[] {
  const keys = [base.key, ...patches.map(({ pixels }) => pixels), ...runs.flatMap(keysOfRun)]
  return [...new Set(keys)]
}

/**
 * The project with other names for its pixels: a file's keys are its own word, and one that is taken here would stand for
 * other pixels.
 */
export function renamedKeys(project: Project, names: ReadonlyMap<PixelKey, PixelKey>): Project {
  const rename = (key: PixelKey) => names.get(key) ?? key
  const renamed = <Document extends Pick<RunDocument, 'base'> & { patches: readonly { pixels: PixelKey }[] }>(
    document: Document,
  ): Document => ({
    ...document,
    base: { ...document.base, key: rename(document.base.key) },
    patches: document.patches.map((patch) => ({ ...patch, pixels: rename(patch.pixels) })),
  })
  return {
    document: renamed(project.document),
    runs: project.runs.map((record) => ({
      ...record,
      document: renamed(record.document),
      rawOutputs: record.rawOutputs.map((output) => output && { ...output, key: rename(output.key) }),
    })),
  }
}

function unreadable(detail: string): AppError {
  return new AppError('project/unreadable', { detail })
}
