import { readLeftForm } from '../../core/document/codec/leftForm'
import type { Setup } from '../../core/document/document'
import { AppError } from '../../core/errors'
import type { StoredDocument } from '../../platform/documentStore'
import type { Ports } from '../ports'
import type { LazyRoom } from '../shell/lazyRoom'
import type { Messages } from '../shell/messages'
import type { ViewRoom } from '../shell/view'
import type { ViewportRoom } from '../shell/viewport'
import { handOver, holdSoon, type LockHolder, locked, RELEASE_MS } from './documentLock'
import { createStoredPicture, paintAhead, withSteps } from './documentPicture'
import { sentAt } from './documentSteps'
import type { DocumentWriter } from './documentWriter'
import { OpenDocument } from './openDocument'
import type { Opener } from './opener'
import type { Prepared } from './replacePicture'
import type { PatchesRoom } from './patchesRoom'
import type { PatchSelection } from './patchStore'
import type { Session } from './session'
import { applySetup, restoreSetup, type SetupRooms } from './setup'
import { closeLevels, type SourceImage } from './source'

/** A tab that is asked for its document gets this long, in steps of RELEASE_MS: one that sleeps never answers. */
const MAX_ASKS = 20

export interface DocumentsRooms extends SetupRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly session: Session
  readonly opener: Opener
  readonly view: ViewRoom
  readonly viewport: ViewportRoom
  readonly selection: PatchSelection
  readonly patches: LazyRoom<PatchesRoom>
  /** The storage was cleared while the page is open. */
  readonly onCleared: () => void
  /** Outputs that were opened as pictures of their own. */
  readonly derived: WeakSet<SourceImage>
}

export interface DocumentOpenerRooms extends DocumentsRooms {
  readonly writer: DocumentWriter
  /** The document of what is open; of the form alone, where no picture is. */
  readonly current: () => OpenDocument | null
  /** A document that this page has opened; null for none. */
  readonly known: (id: string) => OpenDocument | null
  /** It is what the form belongs to, and the picture that comes next. */
  readonly take: (document: OpenDocument, isNext: boolean) => void
}

/** How a stored document is opened. */
interface Opening {
  /** Left out for the one that is open in it. */
  readonly step?: number
  /** Its form is filled, too: at once, or with the picture. */
  readonly form: 'at once' | 'with it' | 'as it is'
  /** It comes in place of this one: Undo does not go back to that. */
  readonly replaces: OpenDocument | null
  readonly signal?: AbortSignal
  /** What the form holds instead of what is stored. */
  readonly setup?: Setup | undefined
}

/** @returns what the form held as the page before was left, where that never reached the disk */
function leftForm({ documents }: Ports, id: string, found: StoredDocument | null): Setup | undefined {
  const left = readLeftForm(documents.takeLeft() ?? '')
  if (left?.document !== id) return undefined
  // Another page that has it since then has brought it further.
  return found && found.summary.writer !== left.writer ? undefined : left.setup
}

/** Brings stored documents back. */
export function createDocumentOpener(rooms: DocumentOpenerRooms) {
  const { ports, session, opener, viewport, writer, current, known, take } = rooms
  const pictureAt = createStoredPicture(rooms)

  /** What could not be written would be lost with the object that holds it. */
  const isSaved = async (id: string): Promise<boolean> => {
    const failure = await writer.save(id)
    if (failure) rooms.messages.report(new AppError(failure))
    return failure === null
  }

  const documentOf = ({ summary, contents, journal }: StoredDocument) => {
    const { id, createdAt, base, size, from, tip, head } = summary
    return new OpenDocument({
      id,
      created: { createdAt, base, size, from, file: null },
      lastNumber: journal.steps.at(-1)?.number ?? 0,
      tip,
      head,
      contents,
    })
  }

  /** The base of what is open is not decoded again. */
  const sourceOf = async ({ base }: StoredDocument['summary']): Promise<SourceImage | null> => {
    const held = session.bases().find(({ key }) => key === base?.key)
    if (held) return held
    const blob = base && (await ports.runs.holdSource(base.key))
    return blob && opener.decodeStored(blob, base.key, base.name, base.link)
  }

  /** @param holder has the lock until the document is the current one; none where another tab has it */
  const prepare = async (
    found: StoredDocument,
    holder: LockHolder,
    { step, form, replaces, signal, setup = found.contents.setup ?? undefined }: Opening,
  ): Promise<Prepared | null> => {
    const { summary, contents, journal } = found
    const tip = step ?? summary.tip
    const document = documentOf(found)
    if (step !== undefined && step !== summary.tip) document.move()
    const isTaken = form === 'at once' && !signal?.aborted
    if (isTaken) {
      handOver(holder, document)
      take(document, false)
      if (setup) restoreSetup(rooms, setup)
    }
    const { size, head } = summary
    const [base, ahead] = await Promise.all([
      sourceOf(summary),
      size && paintAhead(rooms, found, { tip, head, size }),
    ])
    if (!base) return null
    // Where the storage is cleared while it is open, it is made anew with its file.
    document.created = { ...document.created, file: base.file }
    const wasOpen = session.bases().includes(base)
    const at = await pictureAt(base, found, tip, summary.head)
    const { path, branch, undone, lost, discard } = at
    const sent = sentAt(path, step === undefined || step === summary.tip ? contents : null)
    const shown = await withSteps(rooms, at, sent, ahead)
    document.open(branch, undone)
    return {
      commit() {
        for (const [command, url] of journal.maskUrls) session.linkMask(command, url)
        if (!isTaken) handOver(holder, document)
        if (replaces) document.numberAfter(replaces)
        take(document, true)
        const fill = form === 'with it' && setup ? () => applySetup(rooms, setup, true) : undefined
        opener.show({ ...shown, replaces: replaces?.editor ?? null }, false, fill)
        viewport.set(contents.viewport)
        if (lost) rooms.messages.report(lost)
      },
      discard() {
        if (!wasOpen) closeLevels(base.levels)
        discard()
      },
    }
  }

  /** The open document, opened anew from disk. */
  const reopen = async (document: OpenDocument, opening: Pick<Opening, 'step'>): Promise<boolean> => {
    await writer.idle()
    return opener.replace(null, async () => {
      const found = await ports.documents.readDocument(document.id, document.release ? writer.name : null)
      if (!found) throw new AppError('storage/unavailable')
      return prepare(found, document, { ...opening, form: 'as it is', replaces: document })
    })
  }

  /** Opens a document that another tab had. */
  const reopenTaken = async (document: OpenDocument, release: () => void): Promise<boolean> => {
    document.release = release
    const isOpen = await reopen(document, {})
    if (!isOpen) {
      document.release?.()
      document.release = null
    }
    return isOpen
  }

  const holdLater = async (id: string) => {
    const release = await ports.documents.holdWhenFree(id)
    const document = known(id)
    if (document && !document.isElsewhere) document.release = release
    else release()
  }

  return {
    async restore(signal: AbortSignal): Promise<Prepared | null> {
      const id = ports.documents.openedHere()
      if (id === null) return null
      const release = await holdSoon(ports, id)
      return locked(release, async (holder) => {
        const found = await ports.documents.readDocument(id, release ? writer.name : null)
        const setup = leftForm(ports, id, found)
        if (!found && setup) restoreSetup(rooms, setup)
        // A copy of a tab with a form alone starts anew.
        if (!found || !(release || found.summary.base)) return null
        return prepare(found, holder, { form: 'at once', replaces: null, signal, setup })
      })
    },
    async open(id: string): Promise<boolean> {
      const here = known(id)
      if (here && here === current() && here.editor) {
        rooms.view.showEdit()
        return true
      }
      if (!(await isSaved(id))) return false
      return opener.replace('', async (signal) => {
        const release = here?.release ? null : await ports.documents.holdDocument(id)
        return locked(release, async (own) => {
          const holder = here?.release ? here : own
          const found = await ports.documents.readDocument(id, holder.release ? writer.name : null)
          if (!found) throw new AppError('storage/unavailable')
          return prepare(found, holder, { form: 'with it', replaces: here, signal })
        })
      })
    },
    async goTo(step: number): Promise<boolean> {
      const document = current()
      if (!document?.editor || document.isElsewhere) return false
      document.editor.finish()
      await session.settle()
      if (!(await isSaved(document.id))) return false
      return reopen(document, { step })
    },
    async takeOver(): Promise<void> {
      const document = current()
      if (!document?.isElsewhere) return
      const other = { keeps: false }
      const stop = await ports.documents.onDocumentKept((id) => {
        if (id === document.id) other.keeps = true
      })
      ports.documents.askForDocument(document.id)
      let release: (() => void) | null = null
      for (let turn = 0; !release && !other.keeps && turn < MAX_ASKS; turn++) {
        release = await ports.documents.holdDocument(document.id)
        if (!release) await new Promise((resolve) => setTimeout(resolve, RELEASE_MS))
      }
      stop()
      if (current() !== document) return release?.()
      // Its tab has strokes that no disk has: they would be lost with it.
      if (other.keeps && !release) return rooms.messages.report(new AppError('storage/full'))
      const isOpen = await reopenTaken(document, release ?? (() => {}))
      // One that does not answer is stopped by the claim: what it still holds comes here before it can take it back.
      if (isOpen && !release) void holdLater(document.id)
    },
    /** Takes a document back as soon as no other tab has it. */
    async waitFor(document: OpenDocument): Promise<void> {
      if (document.isAwaited) return
      document.isAwaited = true
      const release = await ports.documents.holdWhenFree(document.id)
      document.isAwaited = false
      if (current() !== document || !document.isElsewhere) return release()
      await reopenTaken(document, release)
    },
  }
}
