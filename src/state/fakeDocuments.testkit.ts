import {
  encodeContents,
  encodeSummary,
  readContents,
  readSummary,
  type StoredContents,
  type StoredSummary,
} from '../core/document/codec/documentCodec'
import { encodeStep, readJournal, type StoredStep } from '../core/document/codec/journalCodec'
import { keysOfSteps } from '../core/document/storedDocument'
import { stepsTo } from '../core/document/stepTree'
import { AppError } from '../core/errors'
import type { DocumentCursor } from '../platform/documentShelf'
import type { Ports } from './ports'

/** The documents on a fake disk. */
export class FakeDocuments {
  readonly summaries = new Map<string, StoredSummary>()
  readonly contents = new Map<string, StoredContents>()
  readonly steps = new Map<string, Map<number, StoredStep>>()
  readonly thumbnails = new Map<string, Blob>()
  readonly trash = new Set<string>()

  journalOf(id: string) {
    const stored = [...(this.steps.get(id) ?? [])].toSorted(([a], [b]) => a - b)
    return readJournal(stored.map(([number, value]) => ({ number, value })))
  }

  /** The steps that are done. */
  doneIn(id: string) {
    return stepsTo(this.journalOf(id).steps, this.summaries.get(id)?.tip ?? 0)
  }
}

interface FakeDisk {
  readonly documents: FakeDocuments
  readonly sources: ReadonlyMap<string, Blob>
  storeFile(key: string, file: Blob): void
}

const orderOf = ({ updatedAt, id }: DocumentCursor) => `${updatedAt} ${id}`

/** The store's part of a tab's ports. @param write waits as a write takes, and throws where the disk is full */
export function fakeDocumentPorts(
  browser: FakeDisk,
  write: () => Promise<void>,
): Omit<
  Ports['documents'],
  | 'askForDocument'
  | 'heldDocuments'
  | 'holdDocument'
  | 'holdWhenFree'
  | 'keepDocument'
  | 'onDocumentKept'
  | 'noteOpened'
  | 'noteLeft'
  | 'takeLeft'
  | 'onDocumentWanted'
  | 'openedHere'
> {
  const { documents: disk, sources } = browser
  const writeOrFail = async () => {
    try {
      await write()
    } catch (cause) {
      throw new AppError('storage/full', { cause })
    }
  }
  return {
    async writeDocument({
      id,
      writer,
      claims = false,
      updatedAt,
      tip,
      head,
      steps,
      maskUrls,
      dropped,
      contents,
      created,
      files = new Map(),
    }) {
      await writeOrFail()
      const summary = readSummary(disk.summaries.get(id))
      if (summary && summary.writer !== writer && !claims) return 'taken'
      if (!summary && !created) return 'missing'
      const { file = null, ...made } = created ?? {}
      if (file && created?.base) browser.storeFile(created.base.key, file)
      for (const [key, blob] of files) browser.storeFile(key, blob)
      const pixels = [...new Set([...(summary?.pixels ?? []), ...keysOfSteps(steps)])]
      const about = { id, writer, starred: false, createdAt: updatedAt, base: null, size: null, from: null }
      disk.summaries.set(
        id,
        encodeSummary({ ...about, ...summary, ...made, writer, pixels, updatedAt, tip, head }),
      )
      if (created || !disk.steps.has(id)) disk.steps.set(id, new Map())
      if (contents) disk.contents.set(id, structuredClone(encodeContents(contents)))
      const stored = disk.steps.get(id)
      if (dropped !== undefined) stored?.delete(dropped)
      for (const step of steps) stored?.set(step.number, encodeStep(step, maskUrls))
      return 'written'
    },
    async readDocument(id, writer) {
      const summary = readSummary(structuredClone(disk.summaries.get(id)))
      const contents = readContents(structuredClone(disk.contents.get(id)))
      if (!summary || !contents) return null
      if (writer !== null) {
        try {
          await writeOrFail()
          disk.trash.delete(id)
          disk.summaries.set(id, encodeSummary({ ...summary, writer }))
        } catch {
          // It opens though the disk is full.
        }
      }
      return { summary, contents, journal: disk.journalOf(id) }
    },
    listDocuments(max, after) {
      const all = [...disk.summaries.values()]
        .flatMap((stored) => readSummary(stored) ?? [])
        .filter(({ id, base }) => base && !disk.trash.has(id))
        .toSorted((a, b) => (orderOf(b) < orderOf(a) ? -1 : 1))
      const isPast = (one: DocumentCursor) => !after || orderOf(one) < orderOf(after)
      const left = all.filter(isPast)
      const documents = left.slice(0, max)
      const last = documents.at(-1)
      const isMore = max < left.length
      return Promise.resolve({
        documents,
        next: isMore && last ? { updatedAt: last.updatedAt, id: last.id } : null,
      })
    },
    countDocuments() {
      const read = [...disk.summaries.values()].map(readSummary)
      return Promise.resolve({
        readable: read.filter((summary) => summary?.base).length,
        damaged: read.filter((summary) => !summary).length,
      })
    },
    async moveDocumentsToTrash(ids) {
      await writeOrFail()
      for (const id of ids) disk.trash.add(id)
    },
    async takeDocumentsFromTrash(ids) {
      await writeOrFail()
      for (const id of ids) disk.trash.delete(id)
    },
    inTrash: (ids) => Promise.resolve(ids.filter((id) => disk.trash.has(id))),
    async removeDocuments(ids) {
      await writeOrFail()
      for (const id of ids) disk.trash.delete(id)
      for (const id of ids)
        for (const store of [disk.summaries, disk.contents, disk.steps, disk.thumbnails]) store.delete(id)
    },
    async starDocument(id, starred) {
      await writeOrFail()
      const summary = disk.summaries.get(id)
      if (summary) disk.summaries.set(id, { ...summary, starred })
    },
    documentsFrom: (id) =>
      Promise.resolve(
        [...disk.summaries.values()]
          .flatMap((stored) => readSummary(stored) ?? [])
          .filter(({ from }) => from?.id === id),
      ),
    documentBytes: (id) => Promise.resolve(sources.get(disk.summaries.get(id)?.base?.key ?? '')?.size ?? 0),
    async saveDocumentThumbnail(id, blob) {
      await writeOrFail()
      disk.thumbnails.set(id, blob)
    },
    loadDocumentThumbnail: (id) => Promise.resolve(disk.thumbnails.get(id) ?? null),
    async sweepForms(max, isOpen) {
      const forms = [...disk.summaries.values()].filter(({ id, base }) => !base && !isOpen(id))
      const old = forms.toSorted((a, b) => a.updatedAt.localeCompare(b.updatedAt)).slice(0, -max || undefined)
      await this.removeDocuments(old.map(({ id }) => id))
    },
  }
}
