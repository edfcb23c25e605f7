import { createStore, type StoreApi } from 'zustand/vanilla'
import { AppError, type AppErrorData, type ErrorCode, errorData, isAbort } from '../../core/errors'

/** Messages that are not errors; the catalogue has a sentence for each. */
export type NoticeCode =
  | 'link-copied'
  | 'link-without-mask'
  | 'link-without-results'
  | 'link-needs-file'
  | 'link-of-file'
  | 'applied'
  | 'region-applied'
  | 'regions-ended'
  | 'regions-stopped'
  | 'image-copied'
  | 'text-copied'
  | 'outputs-ready'
  | 'output-cut'
  | 'fewer-outputs'
  | 'more-outputs'
  | 'cancel-local'
  | 'finished-before-cancel'
  | 'restored'
  | 'run-gone'
  | 'runs-removed'
  | 'runs-on-kept'
  | 'pictures-removed'
  | 'pictures-open-kept'
  | 'model-gone'
  | 'settings-dropped'
  | 'other-file'
  | 'nothing-found'
  | 'run-found'
  | 'run-not-found'
  | 'run-no-list'
  | 'picture-depth'
  | 'picture-scaled'
  | 'picture-partial'
  | 'update-ready'
  | 'carries-settings'
  | 'outpaint-set'
  | 'carried-damaged'
  | 'similar-file'
  | 'link-model'
  | 'project-saving'
  | 'project-saved'
  | 'project-cut'
  | 'project-partial'
  | 'storage-cleared'

/** What was said of one run: it goes when the next one starts. */
const RUN_NOTICES: ReadonlySet<NoticeCode> = new Set([
  'outputs-ready',
  'output-cut',
  'fewer-outputs',
  'more-outputs',
  'cancel-local',
  'finished-before-cancel',
  'run-found',
  'run-not-found',
  'run-no-list',
])

/** What tells what to do next, or offers it: it stays until that is done. */
const INSTRUCTIONS: ReadonlySet<NoticeCode> = new Set([
  'link-needs-file',
  'update-ready',
  'carries-settings',
  'project-saving',
])

/** What tells that something was done: it goes as soon as another view is shown. */
const CONFIRMATIONS: ReadonlySet<NoticeCode> = new Set([
  'applied',
  'region-applied',
  'restored',
  'link-copied',
  'link-of-file',
  'link-without-mask',
  'link-without-results',
  'image-copied',
  'text-copied',
  'outputs-ready',
  'project-saved',
  'runs-removed',
  'runs-on-kept',
  'pictures-removed',
  'pictures-open-kept',
])

export type NoticeParams = Readonly<Record<string, string | number>>

export type Message = { readonly id: number } & (
  | { readonly kind: 'error'; readonly error: AppErrorData }
  | { readonly kind: 'notice'; readonly code: NoticeCode; readonly params: NoticeParams }
)

export interface MessageState {
  /** Oldest first. */
  readonly messages: readonly Message[]
}

function isInstruction(message: Message): boolean {
  return message.kind === 'notice' && INSTRUCTIONS.has(message.code)
}

const MAX_MESSAGES = 4
/** How long a notice stays, ms. */
const NOTICE_MS = 10_000

export interface Messages {
  readonly store: StoreApi<MessageState>
  /** Shows an error, each code once. An abort is not an error. */
  report(error: unknown): void
  /** Shows an error that was caught elsewhere. */
  reportData(error: AppErrorData): void
  /** Reports a full or blocked storage once a visit. */
  reportStorage(cause: unknown): void
  /** Shows a notice for a while; an instruction until `dismissNotice`. */
  notify(code: NoticeCode, params?: NoticeParams): void
  /** Takes a notice away that no longer holds. */
  dismissNotice(code: NoticeCode): void
  dismiss(id: number): void
  /** Takes errors away: a new attempt starts. */
  clearErrors(): void
  /** Takes away what would go by itself: a dialog or sheet opens, and it would lie over that. */
  clearPassing(): void
  /** Another view is shown: takes away what told that something was done in the one before. */
  clearConfirmations(): void
  /** A new run clears the errors, and what was said of the run before. */
  clearForRun(): void
}

/** Why a write to the storage has failed. */
export function storageFailure(cause: unknown): ErrorCode {
  const { code } = errorData(cause)
  if (code.startsWith('storage/')) return code
  const isFull = cause instanceof DOMException && cause.name === 'QuotaExceededError'
  return isFull ? 'storage/full' : 'storage/unavailable'
}

export function createMessages(): Messages {
  const store = createStore<MessageState>()(() => ({ messages: [] }))
  let nextId = 1
  let storageReported = false

  const show = (message: Message, isSame: (other: Message) => boolean) => {
    store.setState(({ messages }) => {
      const all = [...messages.filter((other) => !isSame(other)), message]
      const passing = all.filter((other) => !isInstruction(other))
      const surplus = new Set(passing.slice(0, Math.max(0, all.length - MAX_MESSAGES)))
      return { messages: all.filter((other) => !surplus.has(other)) }
    })
  }

  const messages: Messages = {
    store,
    report(error) {
      if (!isAbort(error)) messages.reportData(errorData(error))
    },
    reportData(error) {
      show(
        { id: nextId++, kind: 'error', error },
        (other) => other.kind === 'error' && other.error.code === error.code,
      )
    },
    reportStorage(cause) {
      if (!storageReported) messages.report(new AppError(storageFailure(cause), { cause }))
      storageReported = true
    },
    notify(code, params = {}) {
      const id = nextId++
      if (!INSTRUCTIONS.has(code)) setTimeout(() => messages.dismiss(id), NOTICE_MS)
      show({ id, kind: 'notice', code, params }, (other) => other.kind === 'notice' && other.code === code)
    },
    dismissNotice(code) {
      store.setState((state) => ({
        messages: state.messages.filter((message) => message.kind !== 'notice' || message.code !== code),
      }))
    },
    dismiss(id) {
      store.setState((state) => ({ messages: state.messages.filter((message) => message.id !== id) }))
    },
    clearErrors() {
      store.setState((state) => ({ messages: state.messages.filter(({ kind }) => kind !== 'error') }))
    },
    clearPassing() {
      store.setState((state) => ({
        messages: state.messages.filter((other) => other.kind === 'error' || isInstruction(other)),
      }))
    },
    clearConfirmations() {
      const isOne = (other: Message) => other.kind === 'notice' && CONFIRMATIONS.has(other.code)
      store.setState((state) => ({ messages: state.messages.filter((other) => !isOne(other)) }))
    },
    clearForRun() {
      store.setState((state) => ({
        messages: state.messages.filter((other) => other.kind === 'notice' && !RUN_NOTICES.has(other.code)),
      }))
    },
  }
  return messages
}
