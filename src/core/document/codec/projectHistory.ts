import * as v from 'valibot'
import { AppError } from '../../errors'
import type { Rect } from '../../geometry'
import { isObject } from '../../json'
import { PROJECT_LIMITS } from '../../mask/command/maskCodec'
import type { Viewport } from '../../viewport'
import type { PictureDocument, PixelKey } from '../document'
import type { DocumentStep } from '../storedDocument'
import { bytesIn, withBytesAsText, withTextAsBytes } from './bytesAsText'
import { viewportSchema } from './documentCodec'
import { encodeStep, readJournal, type StoredStep } from './journalCodec'
import { pictureSchema, type StoredPicture } from './editCodec'
import { areaSchema, decodePatches, encodePatches, type StoredPatch, storedPatchesSchema } from './patchCodec'
import { decodeRegions, encodeRegions, type StoredRegion, storedRegionsSchema } from './regionCodec'

/** The steps of a document on all its branches with what they start from, each as it is stored on the device. */
export interface ProjectHistory {
  /** Number of the step that is shown. */
  readonly tip: number
  /** The last step of the branch that is open; left out where that is not known. */
  readonly head?: number | undefined
  readonly viewport: Viewport | null
  /** The picture that the steps start from; left out where that is the document's. */
  readonly base?: StoredPicture | undefined
  /** That the steps start from, px of the base; null is all of it. */
  readonly frame: Rect | null
  readonly patches: readonly StoredPatch[]
  readonly regions: readonly StoredRegion[]
  /** By number, lowest first. */
  readonly steps: readonly StoredStep[]
}

const MAX_STEPS = 20_000
const MAX_STEP_NUMBER = 2 ** 30
/** Max bytes of all commands: they are replayed where the file is opened. */
const MAX_COMMAND_BYTES = 16 * 2 ** 20
/** Steps that a file holds name no address for the mask: it may be of another one, and would be sent in its place. */
const NO_URLS = new Map()

const stepNumber = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_STEP_NUMBER))
const historySchema = v.object({
  tip: stepNumber,
  head: v.optional(stepNumber),
  viewport: v.fallback(v.nullable(viewportSchema), null),
  base: v.optional(pictureSchema),
  frame: v.nullable(areaSchema),
  patches: storedPatchesSchema,
  regions: storedRegionsSchema,
  steps: v.pipe(v.array(v.unknown()), v.maxLength(MAX_STEPS)),
})

/** @returns whether a file may hold it */
export function isWithinLimits(history: Pick<ProjectHistory, 'steps' | 'patches' | 'regions'>): boolean {
  return history.steps.length <= MAX_STEPS && commandBytes(history) <= MAX_COMMAND_BYTES
}

function commandBytes({ steps, patches, regions }: Record<'steps' | 'patches' | 'regions', unknown>): number {
  return bytesIn([steps, patches, regions])
}

/** JSON's value of a history. */
export function historyAsText(history: ProjectHistory): unknown {
  return withBytesAsText(history)
}

/**
 * The inverse of `historyAsText`. A step that is damaged changes nothing.
 * @param stored untrusted
 * @returns null where it is damaged as a whole, or beyond a limit
 */
export function readProjectHistory(stored: unknown): { history: ProjectHistory; damaged: number } | null {
  const read = v.safeParse(historySchema, withTextAsBytes(stored))
  if (!read.success || commandBytes(read.output) > MAX_COMMAND_BYTES) return null
  const { steps: values, ...rest } = read.output
  try {
    decodePatches(rest.patches, PROJECT_LIMITS)
    decodeRegions(rest.regions, PROJECT_LIMITS)
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
  const numbered: { number: number; value: unknown }[] = []
  for (const value of values) {
    const number = isObject(value) ? value['number'] : null
    const isNext = typeof number === 'number' && number > (numbered.at(-1)?.number ?? 0)
    if (isNext && number <= MAX_STEP_NUMBER) numbered.push({ number, value })
  }
  const journal = readJournal(numbered, PROJECT_LIMITS)
  const steps = journal.steps.map((step) => encodeStep(step, NO_URLS))
  return { history: { ...rest, steps }, damaged: journal.damaged + values.length - numbered.length }
}

/** The history of a document of which only the last state is known: one step a command. */
export function historyOf({
  frame,
  mask,
  sampling,
  guides,
  patches,
  regions,
}: PictureDocument): ProjectHistory {
  const done = [
    ...mask.map((command): DocumentStep => ({ command, area: 'mask', edit: null })),
    ...sampling.map((command): DocumentStep => ({ command, area: 'sampling', edit: null })),
    ...guides.map((command): DocumentStep => ({ command, area: 'guides', edit: null })),
  ]
  return {
    tip: done.length,
    viewport: null,
    frame,
    patches: encodePatches(patches),
    regions: encodeRegions(regions),
    steps: done.map((step, place) =>
      encodeStep({ ...step, number: place + 1, parent: place, at: null }, NO_URLS),
    ),
  }
}

/** The pixels that a history names, on any branch. */
export function keysOfHistory(history: ProjectHistory): PixelKey[] {
  const { patches, steps } = history
  return [
    ...basesOfHistory(history),
    ...patches.map(({ pixels }) => pixels),
    ...steps.flatMap(({ edit }) => {
      if (edit?.kind === 'turn') return edit.patches.map(({ pixels }) => pixels)
      return edit?.kind === 'patch.add' ? [edit.patch.pixels] : []
    }),
  ]
}

/** The pictures that a history starts from and turns to, where they are not the document's. */
export function basesOfHistory({ base, steps }: ProjectHistory): PixelKey[] {
  const turned = steps.flatMap(({ edit }) => (edit?.kind === 'turn' ? [edit.base.key] : []))
  return [...(base ? [base.key] : []), ...turned]
}

/** The history with other names for its pixels. */
export function renamedHistory(history: ProjectHistory, rename: (key: PixelKey) => PixelKey): ProjectHistory {
  const renamed = (patch: StoredPatch): StoredPatch => ({ ...patch, pixels: rename(patch.pixels) })
  const renamedBase = (base: StoredPicture): StoredPicture => ({ ...base, key: rename(base.key) })
  return {
    ...history,
    ...(history.base ? { base: renamedBase(history.base) } : {}),
    patches: history.patches.map(renamed),
    steps: history.steps.map((step) => {
      const { edit } = step
      if (edit?.kind === 'turn') {
        const turned = { ...edit, base: renamedBase(edit.base), patches: edit.patches.map(renamed) }
        return { ...step, edit: turned }
      }
      return edit?.kind === 'patch.add' ? { ...step, edit: { ...edit, patch: renamed(edit.patch) } } : step
    }),
  }
}
