import * as v from 'valibot'
import { persist, type PersistStorage } from 'zustand/middleware'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { isObject } from '../../core/json'
import type { KeyValueStorage } from '../ports'

/** Delay before a failed write is tried again, ms. */
export const WRITE_RETRY_MS = 10_000

interface PersistedOptions<State extends object> {
  /** null where the browser has none. */
  readonly storage: KeyValueStorage | null
  readonly name: string
  readonly version: number
  readonly initial: State
  /** What is stored, key by key: a value that does not fit is left out, the others are taken. */
  readonly entries: v.ObjectEntries
  /** A write did not succeed: the storage is full, or blocked. The state goes on in memory, and is written later. */
  readonly onWriteError: (cause: unknown) => void
  /** Given for what all tabs share: the store reads again when another tab has written it, so that neither loses a change. */
  readonly onStorage?: (callback: (key: string | null) => void) => void
}

/**
 * A store whose entries named in `entries` survive a reload. Reading and writing never throw.
 * @returns a vanilla store, already holding what was stored
 */
export function createPersisted<State extends object>({
  storage,
  name,
  version,
  initial,
  entries,
  onWriteError,
  onStorage,
}: PersistedOptions<State>): StoreApi<State> {
  const written = (state: State) => pick(state, Object.keys(entries))
  let retry: ReturnType<typeof setTimeout> | undefined
  const safe: PersistStorage<Record<string, unknown>> = {
    getItem(key) {
      try {
        const parsed: unknown = JSON.parse(storage?.getItem(key) ?? 'null')
        return isObject(parsed) && isObject(parsed['state']) ? { state: parsed['state'], version } : null
      } catch {
        return null
      }
    },
    setItem(key, value) {
      clearTimeout(retry)
      try {
        storage?.setItem(key, JSON.stringify(value))
      } catch (cause) {
        onWriteError(cause)
        retry = setTimeout(
          () => safe.setItem(key, { state: written(store.getState()), version }),
          WRITE_RETRY_MS,
        )
      }
    },
    removeItem: (key) => storage?.removeItem(key),
  }
  const store = createStore<State>()(
    persist(() => initial, {
      name,
      version,
      storage: safe,
      partialize: written,
      merge: (stored, current) => ({ ...current, ...readEntries(entries, stored) }),
    }),
  )
  onStorage?.((key) => {
    if (key === name) void store.persist.rehydrate()
  })
  return store
}

/** Writes a persisted store as it is: the storage was cleared. */
export function writeAgain<State>(store: StoreApi<State>): void {
  store.setState((state) => state)
}

function pick(state: object, keys: readonly string[]): Record<string, unknown> {
  const all = state as Record<string, unknown>
  return Object.fromEntries(keys.map((key) => [key, all[key]]))
}

/** The stored values that fit, each by itself. */
function readEntries(entries: v.ObjectEntries, stored: unknown): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  if (!isObject(stored)) return out
  for (const [key, schema] of Object.entries(entries)) {
    if (!Object.hasOwn(stored, key)) continue
    const result = v.safeParse(schema, stored[key])
    if (result.success) out[key] = result.output
  }
  return out
}
