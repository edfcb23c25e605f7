import { type DocumentState, statesOf } from '../../core/document/stepTree'
import type { DocumentSummary } from '../../core/document/storedDocument'
import type { Ports } from '../ports'

/** What the open document was, is, and led to. */
export interface DocumentHistory {
  readonly states: readonly DocumentState[]
  /** What it was opened from; null for a file, or where that is gone. */
  readonly from: DocumentSummary | null
  /** Its outputs that were opened as pictures of their own. */
  readonly opened: readonly DocumentSummary[]
}

/** @returns null where it is not on disk */
export async function readHistory(
  { documents }: Pick<Ports, 'documents'>,
  id: string,
): Promise<DocumentHistory | null> {
  const found = await documents.readDocument(id, null)
  if (!found) return null
  const { summary, journal } = found
  const [from, opened] = await Promise.all([
    summary.from && documents.readDocument(summary.from.id, null),
    documents.documentsFrom(id),
  ])
  const states = statesOf(journal.steps, summary.tip, summary.base?.key)
  return { states, from: from?.summary ?? null, opened }
}
