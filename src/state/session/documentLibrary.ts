import type { DocumentSummary } from '../../core/document/storedDocument'
import type { DocumentCursor } from '../../platform/documentStore'
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
  /** Deletes documents for good, but for those that are open. @returns which are gone */
  remove(ids: readonly string[]): Promise<readonly string[]>
  /** Deletes what nobody can reach any more. */
  sweep(): Promise<void>
}

interface LibraryRooms {
  readonly ports: Pick<Ports, 'documents' | 'archive'>
  readonly messages: Messages
  /** This tab has it open, or can go back to it: known where the browser has no locks, too. */
  readonly isOpenHere: (id: string) => boolean
}

export function createDocumentLibrary({ ports, messages, isOpenHere }: LibraryRooms): DocumentLibrary {
  const { documents, archive } = ports
  return {
    async recent(max) {
      const [held, { documents: listed }] = await Promise.all([
        documents.heldDocuments(),
        // Some of them may be open.
        documents.listDocuments(2 * max, null),
      ])
      return listed.filter(({ id }) => !held?.has(id)).slice(0, max)
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
      const releases: (() => void)[] = []
      const free: string[] = []
      try {
        for (const id of ids) {
          // Held while it is deleted: no tab can open it meanwhile.
          const release = isOpenHere(id) ? null : await documents.holdDocument(id)
          if (!release) continue
          releases.push(release)
          free.push(id)
        }
        if (free.length < ids.length)
          messages.notify('pictures-open-kept', { count: ids.length - free.length })
        if (free.length === 0) return []
        await documents.removeDocuments(free)
      } catch (cause) {
        messages.report(cause)
        return []
      } finally {
        for (const release of releases) release()
      }
      messages.notify('pictures-removed', { count: free.length })
      // What it leaves is swept at the next visit.
      await archive.sweep().catch(() => {})
      return free
    },
    async sweep() {
      const held = await documents.heldDocuments()
      // Without locks nobody knows which tabs are open.
      if (held) await documents.sweepForms(MAX_FORMS, (id) => held.has(id))
    },
  }
}
