import type { KeyValueStorage } from '../ports'
import type { Messages } from './messages'

/** A small storage in memory. */
export function memoryStorage(
  held: Record<string, string> = {},
): KeyValueStorage & { readonly held: Record<string, string> } {
  return {
    held,
    getItem: (key) => held[key] ?? null,
    setItem: (key, value) => {
      held[key] = value
    },
    removeItem: (key) => {
      delete held[key]
    },
  }
}

/** What is said, oldest first. */
export const codesOf = (messages: Messages) =>
  messages.store
    .getState()
    .messages.map((message) => (message.kind === 'error' ? message.error.code : message.code))
