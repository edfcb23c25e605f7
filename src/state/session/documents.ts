import { isSameSetup, type Setup } from '../../core/document/document'
import { encodeLeftForm } from '../../core/document/codec/leftForm'
import { AppError } from '../../core/errors'
import type { MaskEditor } from '../../editor/maskEditor'
import { createDocumentCapture } from './documentCapture'
import { createDocumentLibrary, type DocumentLibrary } from './documentLibrary'
import { createDocumentOpener, type DocumentOpenerRooms, type DocumentsRooms } from './documentOpener'
import { takeReveal, takeSteps } from './documentSteps'
import { type DocumentHistory, readHistory } from './documentStates'
import { drawThumbnail } from './documentThumbnail'
import { watchDocument } from './documentWatch'
import { createDocumentWriter } from './documentWriter'
import type { DocumentsStore } from './documentsStore'
import { documentOfForm, documentOfPicture } from './newDocument'
import type { OpenDocument } from './openDocument'
import type { Prepared } from './replacePicture'
import type { SessionState } from './session'
import { selectSetup } from './setup'
import type { SourceImage } from './source'

/** Form and view are written once they have not changed for this long, ms. */
const REST_MS = 250

/** Keeps what is open on disk, as documents: one for each opened picture. */
export interface Documents extends DocumentLibrary {
  readonly store: DocumentsStore
  /** What this tab had open before it was reloaded: form at once, then picture. */
  restore(signal: AbortSignal): Promise<Prepared | null>
  /** From now on every change is written as it happens. Call once, after `restore`. */
  start(): void
  /** Opens a stored document in place of what is open; Undo goes back to that. @returns false where it could not */
  open(id: string): Promise<boolean>
  /** Opens the open document at another of its steps. Nothing is taken away: every step can be gone back to. */
  goTo(step: number): Promise<boolean>
  /** The states of the open document, and what it is connected to; null where none is stored. */
  history(): Promise<DocumentHistory | null>
  /** Takes the open document over from the tab that has it. */
  takeOver(): Promise<void>
  /** For what opens documents in another way. */
  readonly opening: DocumentOpenerRooms
}

/** @param untouched what the form held as the page was opened */
export function createDocuments(rooms: DocumentsRooms, store: DocumentsStore, untouched: Setup): Documents {
  const { ports, session, forms, derived } = rooms
  const ofEditors = new WeakMap<MaskEditor, OpenDocument>()
  /** By id; those that Undo and Redo can go to are among them. */
  const opened = new Map<string, OpenDocument>()
  let current: OpenDocument | null = null
  /** Of the picture that is to be the open one. */
  let coming: OpenDocument | null = null
  let unsubscribe = () => {}
  let restTimer: ReturnType<typeof setTimeout> | undefined
  let isStarted = false

  const show = () =>
    store.setState({
      current: current?.editor ? current.id : null,
      isElsewhere: current?.isElsewhere ?? false,
    })

  const { contentsOf, capture } = createDocumentCapture(rooms)

  const writer = createDocumentWriter({
    ports,
    session,
    patches: rooms.patches,
    onCleared() {
      if (current) {
        ports.documents.noteOpened(current.id)
        void drawThumbnail(ports, current, session.store.getState())
      }
      rooms.onCleared()
    },
    onTaken(document) {
      letGo(document)
    },
    onFailure(failure) {
      if (store.getState().failure !== failure) store.setState({ failure })
      // Its card's picture may not have been written either.
      if (failure === null && current) void drawThumbnail(ports, current, session.store.getState())
    },
  })
  const openerRooms: DocumentOpenerRooms = {
    ...rooms,
    writer,
    current: () => current,
    known: (id) => opened.get(id) ?? null,
    take(document, isNext) {
      const replaced = opened.get(document.id)
      if (replaced && replaced !== document) writer.forget(replaced)
      opened.set(document.id, document)
      if (isNext) coming = document
      else current = document
    },
  }
  const documents = createDocumentOpener(openerRooms)

  /** Another tab has it from now on; this one has it back once that tab is closed. */
  const letGo = (document: OpenDocument) => {
    document.release?.()
    document.release = null
    document.isElsewhere = true
    show()
    void documents.waitFor(document)
  }

  /** Lets go of what neither Undo nor Redo can bring back. */
  const letGoOfOthers = ({ before, after }: SessionState) => {
    const editors = new Set([...before, ...after].map(({ editor }) => editor))
    for (const document of opened.values()) {
      if (document === current || (document.editor && editors.has(document.editor))) continue
      opened.delete(document.id)
      document.release?.()
      document.release = null
    }
  }

  const writeRested = () => {
    restTimer = undefined
    const state = session.store.getState()
    if (!current && !state.editor) {
      // A form that was never touched is no document.
      if (!isSameSetup(selectSetup(forms.context()), untouched)) {
        current = documentOfForm()
        ports.documents.noteOpened(current.id)
        void hold(current)
      }
    }
    if (!current) return
    capture(current, state)
    writer.write(current)
  }

  const rest = () => {
    clearTimeout(restTimer)
    restTimer = setTimeout(writeRested, REST_MS)
  }

  const newDocument = (source: SourceImage, editor: MaskEditor): OpenDocument => {
    const document = documentOfPicture(source, editor, current, derived.has(source))
    if (!document.release) void hold(document)
    return document
  }

  const follow = (now: SessionState, before: SessionState | null) => {
    unsubscribe()
    // What was typed before another picture came belongs to the one before.
    if (restTimer !== undefined && current && before) {
      clearTimeout(restTimer)
      restTimer = undefined
      capture(current, before)
      writer.write(current)
    }
    const { source, editor } = now
    if (!source || !editor) return
    const document = coming ?? ofEditors.get(editor) ?? newDocument(source, editor)
    coming = null
    ofEditors.set(editor, document)
    opened.set(document.id, document)
    document.editor = editor
    current = document
    if (!document.contents) document.setContents(contentsOf(now, null))
    else rest()
    if (document.isElsewhere) void documents.waitFor(document)
    ports.documents.noteOpened(document.id)
    letGoOfOthers(now)
    show()
    writer.write(document)
    void drawThumbnail(ports, document, now)
    unsubscribe = takeSteps(document, editor, () => writer.write(document))
  }

  const hold = async (document: OpenDocument) => {
    document.release = await ports.documents.holdDocument(document.id)
  }

  return {
    store,
    async restore(signal) {
      try {
        return await documents.restore(signal)
      } catch (error) {
        if (!(error instanceof AppError) || !error.code.startsWith('storage/')) throw error
        store.setState({ failure: error.code })
        return null
      }
    },
    start() {
      if (isStarted) return
      isStarted = true
      if (session.store.getState().editor) follow(session.store.getState(), null)
      // What was typed meanwhile.
      rest()
      watchDocument(rooms, {
        follow,
        rest,
        draw: (now) => {
          if (current) void drawThumbnail(ports, current, now)
        },
        take: (reveal) => {
          const document = current
          return document && takeReveal(document, reveal, () => writer.write(document))
        },
      })
      ports.page.onLeft(() => {
        clearTimeout(restTimer)
        writeRested()
        const setup = current?.contents?.setup
        if (!current || !setup || current.isElsewhere) return
        ports.documents.noteLeft(encodeLeftForm({ document: current.id, writer: writer.name, setup }))
      })
      ports.documents.onDocumentWanted((id) => {
        const document = opened.get(id)
        if (document && !document.isElsewhere) void giveUp(document)
      })
    },
    open: (id) => documents.open(id),
    goTo: (step) => documents.goTo(step),
    async history() {
      await writer.idle()
      return current?.editor ? readHistory(ports, current.id) : null
    },
    takeOver: () => documents.takeOver(),
    opening: openerRooms,
    ...createDocumentLibrary({
      ports,
      messages: rooms.messages,
      isOpenHere: (id) => opened.has(id),
      onRestored: () => store.setState(({ restored }) => ({ restored: restored + 1 })),
    }),
  }

  /** Another tab asks for it: what is left to write is written first. */
  async function giveUp(document: OpenDocument): Promise<void> {
    document.editor?.finish()
    clearTimeout(restTimer)
    restTimer = undefined
    if (document === current) capture(document, session.store.getState())
    writer.write(document)
    if ((await writer.save(document.id)) === null) letGo(document)
    // What cannot be written stays with the tab that holds it.
    else ports.documents.keepDocument(document.id)
  }
}
