import * as v from 'valibot'
import { AppError } from '../../errors'
import { decodeCommands, encodeCommands } from '../../mask/command/maskCodec'
import type { MaskCommand } from '../../mask/command/maskCommand'
import type { PaintArea } from '../document'
import type { DraftStep, JournalPatch, MaskUrls } from '../draft'
import { rectSchema } from './documentSchema'

/** One step of a draft, as it is stored. */
export interface JournalEntry {
  /** As `encodeCommands` wrote it; null where the mask stays as it is. */
  readonly command: Uint8Array<ArrayBuffer> | null
  /** What the command changes; left out for the mask. */
  readonly area?: PaintArea | undefined
  /** The public address that gives the mask as the command has made it. */
  readonly maskUrl?: string | undefined
  readonly patch?: JournalPatch | undefined
}

const entrySchema: v.GenericSchema<unknown, JournalEntry> = v.object({
  command: v.nullable(v.instance(Uint8Array<ArrayBuffer>)),
  area: v.optional(v.picklist(['mask', 'sampling'])),
  // An address that is none is dropped: the mask is sent as pixels then.
  maskUrl: v.fallback(v.optional(v.pipe(v.string(), v.regex(/^https?:/i), v.maxLength(8192))), undefined),
  patch: v.optional(v.object({ id: v.string(), rect: rectSchema, file: v.instance(Blob) })),
})

/** What was done to a draft's picture and mask. */
export interface Journal {
  readonly steps: readonly DraftStep[]
  readonly maskUrls: MaskUrls
}

/** @param maskUrls the entry holds the command's own, if there is one */
export function encodeEntry({ command, area, patch }: DraftStep, maskUrls: MaskUrls): JournalEntry {
  const maskUrl = command ? maskUrls.get(command) : undefined
  return {
    command: command && encodeCommands([command]),
    ...(area === 'mask' ? {} : { area }),
    ...(maskUrl === undefined ? {} : { maskUrl }),
    ...(patch ? { patch } : {}),
  }
}

/** The stored entries in order. A damaged one is passed over: the strokes after it are not lost with it. */
export function readJournal(entries: readonly unknown[]): Journal {
  const steps: DraftStep[] = []
  const maskUrls = new Map<MaskCommand, string>()
  for (const entry of entries) {
    const checked = v.safeParse(entrySchema, entry)
    if (!checked.success) continue
    try {
      const { command: bytes, area = 'mask', maskUrl, patch = null } = checked.output
      const [command = null, ...more] = bytes ? decodeCommands(bytes) : []
      if (!command && !patch) continue
      steps.push({ command, area, patch }, ...more.map((other) => ({ command: other, area, patch: null })))
      if (command && maskUrl !== undefined && more.length === 0) maskUrls.set(command, maskUrl)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
  }
  return { steps, maskUrls }
}
