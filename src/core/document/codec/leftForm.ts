import * as v from 'valibot'
import type { Setup } from '../document'
import { setupSchema, writtenSetup } from './documentSchema'

/** What a form held as its page was left. */
export interface LeftForm {
  /** Id of the document that it belongs to. */
  readonly document: string
  /** Name of the page that had it. */
  readonly writer: string
  readonly setup: Setup
}

const schema = v.object({
  version: v.literal(1),
  document: v.string(),
  writer: v.string(),
  setup: setupSchema,
})

/** As a page notes it: without files. */
export function encodeLeftForm({ setup, ...rest }: LeftForm): string {
  return JSON.stringify({ version: 1, ...rest, setup: writtenSetup(setup) })
}

/** What a page noted, checked. @returns null where it is damaged or of a newer version */
export function readLeftForm(text: string): LeftForm | null {
  try {
    const read = v.safeParse(schema, JSON.parse(text))
    return read.success ? read.output : null
  } catch {
    return null
  }
}
