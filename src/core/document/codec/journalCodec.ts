import * as v from 'valibot'
import { AppError } from '../../errors'
import { decodeCommands, encodeCommands } from '../../mask/command/maskCodec'
import type { MaskCommand } from '../../mask/command/maskCommand'
import type { MaskUrls } from '../draft'

/** One change of a draft's mask, as it is stored. */
export interface JournalEntry {
  /** As `encodeCommands` wrote it. */
  readonly command: Uint8Array<ArrayBuffer>
  /** The public address that gives the mask as the command has made it. */
  readonly maskUrl?: string | undefined
}

const entrySchema: v.GenericSchema<unknown, JournalEntry> = v.object({
  command: v.instance(Uint8Array<ArrayBuffer>),
  // An address that is none is dropped: the mask is sent as pixels then.
  maskUrl: v.fallback(v.optional(v.pipe(v.string(), v.regex(/^https?:/i), v.maxLength(8192))), undefined),
})

/** The mask of a draft. */
export interface Journal {
  readonly commands: readonly MaskCommand[]
  readonly maskUrls: MaskUrls
}

/** @param maskUrls the entry holds the command's own, if there is one */
export function encodeEntry(command: MaskCommand, maskUrls: MaskUrls): JournalEntry {
  const maskUrl = maskUrls.get(command)
  return { command: encodeCommands([command]), ...(maskUrl === undefined ? {} : { maskUrl }) }
}

/** The stored entries in order. A damaged one is passed over: the strokes after it are not lost with it. */
export function readJournal(entries: readonly unknown[]): Journal {
  const commands: MaskCommand[] = []
  const maskUrls = new Map<MaskCommand, string>()
  for (const entry of entries) {
    const checked = v.safeParse(entrySchema, entry)
    if (!checked.success) continue
    try {
      const [command, ...more] = decodeCommands(checked.output.command)
      if (!command) continue
      commands.push(command, ...more)
      const { maskUrl } = checked.output
      if (maskUrl !== undefined && more.length === 0) maskUrls.set(command, maskUrl)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
  }
  return { commands, maskUrls }
}
