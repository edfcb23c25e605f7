import * as v from 'valibot'
import { AppError } from '../../errors'
import { decodeCommands, encodeCommands } from '../../mask/command/maskCodec'
import type { MaskCommand } from '../../mask/command/maskCommand'
import type { Rect } from '../../geometry'
import { type PaintArea, type Patch, type PixelKey, PLAIN_BLEND } from '../document'
import type { PatchEdit } from '../edits'
import type { DraftStep, MaskUrls } from '../draft'
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

/** One step of a draft, as it is stored. */
export interface JournalEntry {
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

const entrySchema: v.GenericSchema<unknown, JournalEntry> = v.object({
  command: v.nullable(v.instance(Uint8Array<ArrayBuffer>)),
  area: v.optional(v.picklist(['mask', 'sampling'])),
  // An address that is none is dropped: the mask is sent as pixels then.
  maskUrl: v.fallback(v.optional(v.pipe(v.string(), v.regex(/^https?:/i), v.maxLength(8192))), undefined),
  edit: v.optional(storedEditSchema),
  patch: v.optional(v.object({ id: keySchema, rect: areaSchema, file: v.instance(Blob) })),
})

/** What was done to a draft's picture and mask. */
export interface Journal {
  readonly steps: readonly DraftStep[]
  readonly maskUrls: MaskUrls
  /** Pixels that the journal itself holds; drafts up to version 3 kept them there. */
  readonly files: ReadonlyMap<PixelKey, Blob>
}

/** @param maskUrls the entry holds the command's own, if there is one */
export function encodeEntry({ command, area, edit }: DraftStep, maskUrls: MaskUrls): JournalEntry {
  const maskUrl = command ? maskUrls.get(command) : undefined
  return {
    command: command && encodeCommands([command]),
    ...(area === 'mask' ? {} : { area }),
    ...(maskUrl === undefined ? {} : { maskUrl }),
    ...(edit ? { edit: encodeEdit(edit) } : {}),
  }
}

/** The stored entries in order. A damaged one is passed over: the strokes after it are not lost with it. */
export function readJournal(entries: readonly unknown[]): Journal {
  const steps: DraftStep[] = []
  const maskUrls = new Map<MaskCommand, string>()
  const files = new Map<PixelKey, Blob>()
  for (const entry of entries) {
    const checked = v.safeParse(entrySchema, entry)
    if (!checked.success) continue
    try {
      const { command: bytes, area = 'mask', maskUrl, edit: stored, patch } = checked.output
      const [command = null, ...more] = bytes ? decodeCommands(bytes) : []
      const edit = patch ? bakedEdit(patch, files.size) : stored ? decodeEdit(stored) : null
      if (patch) files.set(patch.id, patch.file)
      if (!command && !edit) continue
      steps.push({ command, area, edit }, ...more.map((other) => ({ command: other, area, edit: null })))
      if (command && maskUrl !== undefined && more.length === 0) maskUrls.set(command, maskUrl)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
  }
  return { steps, maskUrls, files }
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
