import { create } from 'zustand'
import { type AppErrorData, errorData, isAbort } from '../core/errors'

/** What is said without being an error; the catalogue has a sentence for each. */
export type NoticeCode =
  | 'link-copied'
  | 'link-without-mask'
  | 'link-needs-file'
  | 'link-of-file'
  | 'image-copied'
  | 'text-copied'
  | 'output-cut'
  | 'fewer-outputs'
  | 'more-outputs'
  | 'cancel-local'
  | 'finished-before-cancel'
  | 'settings-dropped'
  | 'other-file'
  | 'nothing-found'
  | 'run-found'
  | 'run-not-found'
  | 'run-no-list'

export type Message = { readonly id: number } & (
  | { readonly kind: 'error'; readonly error: AppErrorData }
  | {
      readonly kind: 'notice'
      readonly code: NoticeCode
      readonly params: Readonly<Record<string, string | number>>
    }
)

interface MessageStore {
  readonly messages: readonly Message[]
  readonly dismiss: (id: number) => void
}

const MOST = 4
let nextId = 1

export const useMessages = create<MessageStore>()((set) => ({
  messages: [],
  dismiss: (id) => set(({ messages }) => ({ messages: messages.filter((message) => message.id !== id) })),
}))

/** Shows an error; aborting is none. The same one twice is shown once. */
export function reportError(error: unknown): void {
  if (isAbort(error)) return
  const data = errorData(error)
  useMessages.setState(({ messages }) => ({
    messages: [
      ...messages.filter((message) => message.kind !== 'error' || message.error.code !== data.code),
      { id: nextId++, kind: 'error' as const, error: data },
    ].slice(-MOST),
  }))
}

/** How long what is no error stays. */
const NOTICE_MS = 10_000

export function notify(code: NoticeCode, params: Readonly<Record<string, string | number>> = {}): void {
  const id = nextId++
  setTimeout(() => useMessages.getState().dismiss(id), NOTICE_MS)
  useMessages.setState(({ messages }) => ({
    messages: [
      ...messages.filter((message) => message.kind !== 'notice' || message.code !== code),
      { id, kind: 'notice' as const, code, params },
    ].slice(-MOST),
  }))
}

/** A new attempt clears what the last one complained about. */
export function clearErrors(): void {
  useMessages.setState(({ messages }) => ({ messages: messages.filter(({ kind }) => kind !== 'error') }))
}
