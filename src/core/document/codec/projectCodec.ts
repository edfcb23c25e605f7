import * as v from 'valibot'
import { AppError } from '../../errors'
import { isObject } from '../../json'
import type { PictureDocument, PixelKey } from '../document'
import { documentAsText, readProjectDocument, readProjectRun, runAsText, unreadable } from './projectDocument'
import {
  basesOfHistory,
  historyAsText,
  historyOf,
  keysOfHistory,
  type ProjectHistory,
  readProjectHistory,
  renamedHistory,
} from './projectHistory'
import { keysOfRun, type RunDocument, type RunRecord } from './recordCodec'

/** What a project file holds besides pixels. */
export interface Project {
  /** As it is shown. What a clear wiped out of mask, sampling area and guide lines is left out. */
  readonly document: PictureDocument
  /** The steps that led to it, and those on its other branches; null leaves them out. */
  readonly history: ProjectHistory | null
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
  /** Of a file without steps, the document's own commands. */
  readonly history: ProjectHistory
  readonly parts: readonly ProjectPart[]
  /** Runs and steps that could not be read. */
  readonly damaged: number
}

export const MANIFEST_NAME = 'manifest.json'
export const MAX_MANIFEST_BYTES = 32 * 2 ** 20
export const MAX_PROJECT_RUNS = 500
/** Max files besides the manifest. */
export const MAX_PROJECT_PARTS = 4500
const FORMAT = 'pentimento'
const VERSION = 3
/** Turned pictures had what was kept in their pixels. */
const BAKED_VERSION = 2
/** Of a file whose picture was never turned: earlier pages open it too. */
const UNTURNED_VERSION = 1

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
const count = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max))

const manifestSchema = v.object({
  format: v.literal(FORMAT),
  version: v.picklist([UNTURNED_VERSION, BAKED_VERSION, VERSION]),
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
  history: v.optional(v.unknown()),
  runs: v.pipe(v.array(v.unknown()), v.maxLength(MAX_PROJECT_RUNS)),
})

/** The manifest of a project file. Secret fields are none of a setup, files among the params are dropped. */
export function encodeProject(project: Project, parts: readonly ProjectPart[]): string {
  const { document, history, runs } = project
  return JSON.stringify({
    format: FORMAT,
    version: isTurned(project) ? VERSION : UNTURNED_VERSION,
    parts,
    document: documentAsText(document),
    runs: runs.map(runAsText),
    // Pages from before there were steps open the rest.
    ...(history ? { history: historyAsText(history) } : {}),
  })
}

function isTurned({ document, history, runs }: Project): boolean {
  const stacks = [document, ...(history ? [history] : []), ...runs.map((run) => run.document)]
  const hasTurned = stacks.some(({ patches }) => patches.some(({ quarters }) => quarters !== undefined))
  return hasTurned || (history !== null && basesOfHistory(history).length > 0)
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
  const document = readProjectDocument(read.output.document)
  const runs = read.output.runs.map(readProjectRun)
  const whole = runs.filter((record) => record !== null)
  const ids = new Set(whole.map(({ id }) => id))
  const { history: stored } = read.output
  const steps = stored === undefined ? null : readProjectHistory(stored)
  // One that cannot be read at all counts as one.
  const lostSteps = steps?.damaged ?? (stored === undefined ? 0 : 1)
  return {
    document,
    history: steps?.history ?? historyOf(document),
    runs: whole.filter(({ id }) => ids.delete(id)),
    parts: read.output.parts,
    damaged: runs.length - whole.length + lostSteps,
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new AppError('project/unreadable', { cause })
  }
}

/** The stored pixels that a project names, each once: what is shown first, then what Undo and Redo bring back. */
export function keysOfProject({ document: { base, patches }, history, runs }: Project): PixelKey[] {
  const shown = [base.key, ...patches.map(({ pixels }) => pixels)]
  return [...new Set([...shown, ...(history ? keysOfHistory(history) : []), ...runs.flatMap(keysOfRun)])]
}

/**
 * The project with other names for its pixels: a file's keys are its own word, and one that is taken here would stand for
 * other pixels.
 */
export function renamedKeys<Given extends Project>(
  project: Given,
  names: ReadonlyMap<PixelKey, PixelKey>,
): Given {
  const rename = (key: PixelKey) => names.get(key) ?? key
  const renamed = <Document extends Pick<RunDocument, 'base'> & { patches: readonly { pixels: PixelKey }[] }>(
    document: Document,
  ): Document => ({
    ...document,
    base: { ...document.base, key: rename(document.base.key) },
    patches: document.patches.map((patch) => ({ ...patch, pixels: rename(patch.pixels) })),
  })
  return {
    ...project,
    document: renamed(project.document),
    history: project.history && renamedHistory(project.history, rename),
    runs: project.runs.map((record) => ({
      ...record,
      document: renamed(record.document),
      rawOutputs: record.rawOutputs.map((output) => output && { ...output, key: rename(output.key) }),
    })),
  }
}
