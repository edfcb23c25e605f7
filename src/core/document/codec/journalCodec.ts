import * as v from 'valibot'
import { AppError } from '../../errors'
import { type CommandLimits, decodeCommands, encodeCommands } from '../../mask/command/maskCodec'
import type { MaskCommand } from '../../mask/command/maskCommand'
import type { Rect } from '../../geometry'
import { type PaintArea, type Patch, type PixelKey, PLAIN_BLEND } from '../document'
import type { PatchEdit } from '../edits'
import type { MaskUrls, NumberedStep } from '../storedDocument'
import { decodeEdit, encodeEdit, type StoredEdit, storedEditSchema } from './editCodec'
import { areaSchema, keySchema } from './patchCodec'

/** An applied result as it was stored before results stayed adjustable: the pixels that the rectangle then had. */
interface BakedResult {
  readonly id: string
  /** Image px. */
  readonly rect: Rect
  /** A PNG of the rectangle's size. */
  readonly file: Blob
}

/** What drafts kept of a step. */
export interface DraftEntry {
  /** As `encodeCommands` wrote it; null where the mask stays as it is. */
  readonly command: Uint8Array<ArrayBuffer> | null
  /** What the command changes; left out for the mask. */
  readonly area?: PaintArea | undefined
  /** The public address that gives the mask as the command has made it. */
  readonly maskUrl?: string | undefined
  /** Left out where the kept results stay as they are. */
  readonly edit?: StoredEdit | undefined
  /** In journals of drafts up to version 3. */
  readonly patch?: BakedResult | undefined
}

/** One step of a document, as it is stored under its number. */
export interface StoredStep extends DraftEntry {
  readonly number: number
  readonly parent: number
  readonly at: string | null
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

const stepSchema: v.GenericSchema<unknown, StoredStep> = v.pipe(
  v.object({
    number: count,
    parent: count,
    at: v.nullable(v.string()),
    command: v.nullable(v.instance(Uint8Array<ArrayBuffer>)),
    area: v.optional(v.picklist(['mask', 'sampling', 'guides'])),
    // An address that is none is dropped: the mask is sent as pixels then.
    maskUrl: v.fallback(v.optional(v.pipe(v.string(), v.regex(/^https?:/i), v.maxLength(8192))), undefined),
    edit: v.optional(storedEditSchema),
    patch: v.optional(v.object({ id: keySchema, rect: areaSchema, file: v.instance(Blob) })),
  }),
  // So that no way through the steps ends in a circle.
  v.check(({ number, parent }) => parent < number),
)

/** What was done to a document's picture and mask, on every branch. */
export interface Journal {
  /** By number, lowest first. */
  readonly steps: readonly NumberedStep[]
  readonly maskUrls: MaskUrls
  /** Pixels that the steps themselves hold; drafts up to version 3 kept them there. */
  readonly files: ReadonlyMap<PixelKey, Blob>
  /** Steps that could not be read. */
  readonly damaged: number
}

/** @param maskUrls the entry holds the command's own, if there is one */
export function encodeStep({ command, area, edit, ...place }: NumberedStep, maskUrls: MaskUrls): StoredStep {
  const maskUrl = command ? maskUrls.get(command) : undefined
  return {
    ...place,
    command: command && encodeCommands([command]),
    ...(area === 'mask' ? {} : { area }),
    ...(maskUrl === undefined ? {} : { maskUrl }),
    ...(edit ? { edit: encodeEdit(edit) } : {}),
  }
}

/**
 * The stored steps of a document. One that is damaged changes nothing, and keeps its place where that can still be read:
 * the strokes around it are not lost with it.
 * @param stored with the number that each lies under, lowest first
 * @param limits of each list of commands; left out for what this page wrote itself
 */
export function readJournal(
  stored: readonly { readonly number: number; readonly value: unknown }[],
  limits?: CommandLimits,
): Journal {
  const steps: NumberedStep[] = []
  const maskUrls = new Map<MaskCommand, string>()
  const files = new Map<PixelKey, Blob>()
  let damaged = 0
  let before = 0
  for (const { number, value } of stored) {
    const read = readStep(number, value, files, limits)
    if (read) {
      const { step, maskUrl } = read
      steps.push(step)
      if (step.command && maskUrl !== undefined) maskUrls.set(step.command, maskUrl)
    } else {
      damaged += 1
      // Most steps follow the one before them.
      steps.push({ number, parent: before, at: null, command: null, area: 'mask', edit: null })
    }
    before = number
  }
  return { steps, maskUrls, files, damaged }
}

/** @param files takes the pixels of a baked result */
function readStep(number: number, value: unknown, files: Map<PixelKey, Blob>, limits?: CommandLimits) {
  const checked = v.safeParse(stepSchema, value)
  if (!checked.success || checked.output.number !== number) return null
  try {
    const { parent, at, command: bytes, area = 'mask', maskUrl, edit: stored, patch } = checked.output
    const [command = null, ...more] = bytes ? decodeCommands(bytes, limits) : []
    const edit = patch ? bakedEdit(patch, files.size) : stored ? decodeEdit(stored, limits) : null
    if (more.length > 0 || (!command && !edit)) return null
    if (patch) files.set(patch.id, patch.file)
    const step: NumberedStep = { number, parent, at, command, area, edit }
    return { step, maskUrl }
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

/** A baked result replaces its rectangle, as it did. @param below how many lie below it */
function bakedEdit({ id, rect }: BakedResult, below: number): PatchEdit {
  const patch: Patch = {
    id,
    from: null,
    pixels: id,
    rect,
    coverage: [{ kind: 'rectangle', mode: 'paint', rect }],
    coverageFrame: rect,
    blend: PLAIN_BLEND,
    visible: true,
  }
  return { kind: 'patch.add', patch, place: below }
}

/**
 * The journal of a draft as steps of the document that it becomes: one after the other, without branches.
 * @param entries as stored, in order: each holds one command
 */
export function stepsOfDraft(entries: readonly DraftEntry[]): StoredStep[] {
  return entries.map((entry, place) => ({
    ...entry,
    number: place + 1,
    parent: place,
    at: null,
  }))
}
