import type { StoreApi } from 'zustand/vanilla'

type StateOf<Stores> = {
  readonly [Name in keyof Stores]: Stores[Name] extends StoreApi<infer State> ? State : never
}

/** Several stores, read as one. */
export interface CombinedStore<State> {
  /** The same object until one of the stores changes. */
  read(): State
  /** @returns ends it */
  subscribe(listener: () => void): () => void
}

/** Joins stores under their names. A store that changes replaces its part only. */
export function combineStores<Stores extends Readonly<Record<string, StoreApi<object>>>>(
  stores: Stores,
): CombinedStore<StateOf<Stores>> {
  const entries = Object.entries(stores)
  let state = Object.fromEntries(entries.map(([name, store]) => [name, store.getState()])) as StateOf<Stores>
  const listeners = new Set<() => void>()
  const replace = (name: string, part: object) => {
    state = { ...state, [name]: part }
    for (const listener of listeners) listener()
  }
  for (const [name, store] of entries) store.subscribe((part) => replace(name, part))
  return {
    read: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
