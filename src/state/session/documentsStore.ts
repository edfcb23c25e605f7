import { createStore, type StoreApi } from 'zustand/vanilla'

export interface DocumentsState {
  /** The document of the open picture; null where there is none. */
  readonly current: string | null
  /** Another tab writes it: here it is only shown, until this one takes it over. */
  readonly isElsewhere: boolean
  /** Changes are not on disk, as it is full or blocked. */
  readonly isFailing: boolean
}

export type DocumentsStore = StoreApi<DocumentsState>

export function newDocumentsStore(): DocumentsStore {
  return createStore<DocumentsState>()(() => ({ current: null, isElsewhere: false, isFailing: false }))
}
