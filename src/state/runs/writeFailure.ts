import type { ErrorCode } from '../../core/errors'
import type { DocumentsState } from '../session/documentsStore'
import type { RunsState } from './runs'

/** Why something of what was made is not on disk; null where all is. */
export function selectWriteFailure(state: {
  readonly documents: DocumentsState
  readonly runs: RunsState
}): ErrorCode | null {
  return state.documents.failure ?? (state.runs.runs.some(({ unsaved }) => unsaved) ? 'storage/full' : null)
}
