import type { PixelKey } from '../../core/document/document'
import type { ErrorCode } from '../../core/errors'
import { keysOfSteps } from '../../core/document/storedDocument'
import type { Ports } from '../ports'
import type { LazyRoom } from '../shell/lazyRoom'
import { storageFailure } from '../shell/messages'
import type { DueWrite, OpenDocument } from './openDocument'
import type { PatchesRoom } from './patchesRoom'
import type { Session } from './session'
import { WRITE_RETRY_MS } from '../shell/persisted'

/** Writes open documents to disk: one write after the other, each with all that has come together meanwhile. */
export interface DocumentWriter {
  /** The name under which this page claims documents. */
  readonly name: string
  /** Writes what a document has to be written, as soon as the write before is done. */
  write(document: OpenDocument): void
  /** Resolves once nothing is left to write, or it cannot be written. */
  idle(): Promise<void>
  /** Writes what is left of a document, also of one that is not open any more. @returns why it cannot; null once it is on disk */
  save(id: string): Promise<ErrorCode | null>
  /** Never writes it again: another object writes the same document. */
  forget(document: OpenDocument): void
}

interface WriterRooms {
  readonly ports: Ports
  readonly session: Session
  readonly patches: LazyRoom<PatchesRoom>
  /** Another page has claimed the document. */
  readonly onTaken: (document: OpenDocument) => void
  /** Nothing of it was on disk any more: the storage was cleared. It is written anew by now. */
  readonly onCleared: () => void
  /** Why writes fail; null as soon as they no longer do. */
  readonly onFailure: (failure: ErrorCode | null) => void
}

export function createDocumentWriter({
  ports,
  session,
  patches,
  onTaken,
  onCleared,
  onFailure,
}: WriterRooms): DocumentWriter {
  const name = crypto.randomUUID()
  const due = new Set<OpenDocument>()
  const failed = new Map<OpenDocument, ErrorCode>()
  const forgotten = new WeakSet<OpenDocument>()
  let running: Promise<void> | null = null
  let retry: ReturnType<typeof setTimeout> | undefined

  const put = async ({ id }: OpenDocument, work: DueWrite) => {
    const { steps, dropped, contents, created, claims, tip, head } = work
    const keys = [...keysOfSteps(steps), ...(contents?.patches ?? []).map(({ pixels }) => pixels)]
    // Kept results are named and written at once: no sweep comes in between.
    const store = keys.length > 0 ? (await patches.load()).pixels : null
    const files = store?.filesOf(keys) ?? new Map<PixelKey, Blob>()
    return ports.documents.writeDocument({
      id,
      writer: name,
      claims,
      updatedAt: new Date().toISOString(),
      tip,
      head,
      steps,
      files,
      maskUrls: session.store.getState().maskUrls,
      ...(dropped === null ? {} : { dropped }),
      ...(contents ? { contents } : {}),
      ...(created ? { created } : {}),
    })
  }

  /** Nothing of it is to be written any more. */
  const settle = (document: OpenDocument) => {
    if (failed.delete(document) && failed.size === 0) onFailure(null)
  }

  const writeOne = async (document: OpenDocument): Promise<void> => {
    let work = document.isElsewhere || forgotten.has(document) ? null : document.take()
    if (!work) return settle(document)
    try {
      let result = await put(document, work)
      if (result === 'missing') {
        // The storage was cleared, or the document deleted, while it is open here.
        const { steps = [], undone = [] } = document.editor ?? {}
        document.restart(steps, undone, new Date().toISOString())
        work = document.take() ?? work
        result = await put(document, work)
        if (result === 'written') onCleared()
      }
      if (result === 'taken') onTaken(document)
      failed.delete(document)
      if (failed.size === 0) onFailure(null)
    } catch (cause) {
      if (forgotten.has(document)) return
      const failure = storageFailure(cause)
      document.giveBack(work)
      failed.set(document, failure)
      onFailure(failure)
      clearTimeout(retry)
      retry = setTimeout(() => [...failed.keys()].forEach(write), WRITE_RETRY_MS)
    }
  }

  const run = async () => {
    for (const document of due) {
      due.delete(document)
      await writeOne(document)
    }
    running = null
  }

  function write(document: OpenDocument): void {
    due.add(document)
    running ??= run()
  }

  return {
    name,
    write,
    idle: () => running ?? Promise.resolve(),
    async save(id) {
      for (const document of failed.keys()) if (document.id === id) write(document)
      await running
      const left = [...failed].find(([document]) => document.id === id)
      return left?.[1] ?? null
    },
    forget(document) {
      forgotten.add(document)
      settle(document)
    },
  }
}
