import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ErrorCode } from '../../core/errors'

/** What the start page knows of documents: the room behind it writes it. */
export interface DocumentsState {
  /** The document of the open picture; null where there is none. */
  readonly current: string | null
  /** Another tab writes it: here it is only shown, until this one takes it over. */
  readonly isElsewhere: boolean
  /** Why changes are not on disk; null where they are. */
  readonly failure: ErrorCode | null
  /** How often deleted documents were brought back. */
  readonly restored: number
}

export type DocumentsStore = StoreApi<DocumentsState>

export function newDocumentsStore(): DocumentsStore {
  return createStore<DocumentsState>()(() => ({
    current: null,
    isElsewhere: false,
    failure: null,
    restored: 0,
  }))
}
