import { isEqual } from '../../core/document/equality'
import type { DocumentSummary } from '../../core/document/storedDocument'
import type { DocumentCursor } from '../../platform/documentShelf'
import type { Ports } from '../ports'
import type { Messages } from '../shell/messages'

/** Forms of closed tabs that had no picture open. */
const MAX_FORMS = 10

/** A stored picture, as a list shows it. */
export interface StoredPicture extends Pick<DocumentSummary, 'id' | 'base' | 'size' | 'updatedAt'> {
  /** On disk with its files, which others may share. */
  readonly bytes: number
  /** Open here or in another tab, or within reach of Undo: it cannot be deleted. */
  readonly isOpen: boolean
}

export interface PicturePage {
  /** Last changed first. */
  readonly pictures: readonly StoredPicture[]
  /** Where the next page starts; null at the end. */
  readonly next: DocumentCursor | null
}

/** The stored documents that have a picture. */
export interface DocumentLibrary {
  /** Those that were changed last and that no tab has open, last changed first. @param max of them */
  recent(max: number): Promise<readonly DocumentSummary[]>
  /** @param max of a page @param after where the page before ended; null for the first */
  list(max: number, after: DocumentCursor | null): Promise<PicturePage>
  /**
   * Deletes documents, but for those that are open. They can be brought back as long as the notice of it stays.
   * @returns which are gone
   */
  remove(ids: readonly string[]): Promise<readonly string[]>
  undoRemove(): Promise<void>
  /** Deletes what nobody can reach any more. */
  sweep(): Promise<void>
}

/** Of a picture that was opened more than once, those that nothing was done to look all the same: one of them is enough. */
function withoutTwins(listed: readonly DocumentSummary[]): DocumentSummary[] {
  return listed.filter(({ base, tip }, place) => {
    const isTwin = (other: DocumentSummary, at: number) =>
      at !== place &&
      (at < place || other.tip > 0) &&
      other.base?.name === base?.name &&
      isEqual(other.base?.link, base?.link)
    return tip > 0 || base === null || !listed.some(isTwin)
  })
}

interface LibraryRooms {
  readonly ports: Pick<Ports, 'documents' | 'archive'>
  readonly messages: Messages
  /** This tab has it open, or can go back to it: known where the browser has no locks, too. */
  readonly isOpenHere: (id: string) => boolean
  /** Deleted documents are back: a list that is shown is read anew. */
  readonly onRestored: () => void
}

export function createDocumentLibrary({
  ports,
  messages,
  isOpenHere,
  onRestored,
}: LibraryRooms): DocumentLibrary {
  const { documents, archive } = ports
  /** What was deleted last, to be brought back. */
  let removed: readonly string[] = []

  /** Works with those that no tab has open, and holds them meanwhile: none can be opened. */
  const withFree = async <T>(
    ids: readonly string[],
    work: (free: readonly string[]) => Promise<T>,
  ): Promise<T> => {
    const releases: (() => void)[] = []
    const free: string[] = []
    try {
      for (const id of ids) {
        const release = isOpenHere(id) ? null : await documents.holdDocument(id)
        if (!release) continue
        releases.push(release)
        free.push(id)
      }
      return await work(free)
    } finally {
      for (const release of releases) release()
    }
  }

  /** What was deleted goes for good, but for what a tab has opened or brought back meanwhile. */
  const forget = async () => {
    const last = removed
    removed = []
    try {
      await withFree(last, async (free) => documents.removeDocuments(await documents.inTrash(free)))
      await archive.sweep()
    } catch {
      // It is swept at a later visit.
    }
  }
  messages.store.subscribe((state) => {
    const isSaid = state.messages.some((one) => one.kind === 'notice' && one.code === 'pictures-removed')
    if (removed.length > 0 && !isSaid) void forget()
  })

  return {
    async recent(max) {
      const [held, { documents: listed }] = await Promise.all([
        documents.heldDocuments(),
        // Some of them may be open.
        documents.listDocuments(2 * max, null),
      ])
      return withoutTwins(listed.filter(({ id }) => !held?.has(id))).slice(0, max)
    },
    async list(max, after) {
      const [held, { documents: listed, next }] = await Promise.all([
        documents.heldDocuments(),
        documents.listDocuments(max, after),
      ])
      const sizes = await Promise.all(listed.map(({ id }) => documents.documentBytes(id)))
      const isOpen = (id: string) => isOpenHere(id) || (held?.has(id) ?? false)
      const pictures = listed.map(({ id, base, size, updatedAt }, place) => {
        const bytes = sizes[place] ?? 0
        return { id, base, size, updatedAt, bytes, isOpen: isOpen(id) }
      })
      return { pictures, next }
    },
    async remove(ids) {
      const gone = await withFree(ids, async (free) => {
        if (free.length > 0) await documents.moveDocumentsToTrash(free)
        return free
      }).catch(messages.report)
      if (!gone) return []
      if (gone.length < ids.length) messages.notify('pictures-open-kept', { count: ids.length - gone.length })
      if (gone.length === 0) return []
      // Those before are for good now.
      void forget()
      messages.notify('pictures-removed', { count: gone.length })
      removed = gone
      return gone
    },
    async undoRemove() {
      const last = removed
      removed = []
      messages.dismissNotice('pictures-removed')
      try {
        await documents.takeDocumentsFromTrash(last)
      } catch (cause) {
        messages.report(cause)
      }
      onRestored()
    },
    async sweep() {
      const held = await documents.heldDocuments()
      // Without locks nobody knows which tabs are open.
      if (held) await documents.sweepForms(MAX_FORMS, (id) => held.has(id))
    },
  }
}
