import { type Draft, draftOf } from '../../core/document/codec/draftCodec'
import type { MaskEditor } from '../../editor/maskEditor'
import type { MaskChange } from '../../editor/maskEvents'
import type { Ports } from '../ports'
import type { Messages } from '../shell/messages'
import type { Opener } from './opener'
import type { Session, SessionState } from './session'
import { applySetup, captureDocument, type SetupRooms } from './setup'

/** A form that is being typed in rests for this long before it is written, ms. */
const SETUP_REST_MS = 250

export interface DraftKeeper {
  /** Brings back what this tab had open before it was reloaded. @returns false where there is nothing */
  restore(): Promise<boolean>
  /** Writes every change of the open document to disk as it happens. Call once, after `restore`. */
  start(): void
  /** Resolved when everything so far is written, or has failed. */
  flushed(): Promise<void>
}

interface DraftRooms extends SetupRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly session: Session
  readonly opener: Opener
}

export function createDraftKeeper(rooms: DraftRooms): DraftKeeper {
  const { ports, messages, session, opener, forms, settings, models } = rooms
  let queue: Promise<void> = Promise.resolve()
  let tabId = ''
  let generation = 0
  let draft: Draft | null = null
  let unsubscribe = () => {}
  let setupTimer: ReturnType<typeof setTimeout> | undefined

  /** One write after the other; a storage that fails is said once, painting goes on. */
  const enqueue = (write: () => Promise<void>) => {
    queue = queue.then(write).catch(messages.reportStorage)
  }

  const headNow = (): Draft | null => {
    const document = captureDocument(session.store.getState(), forms.context())
    return document && draftOf(document, { tabId, generation, updatedAt: new Date().toISOString() })
  }

  const startDraft = ({ source, editor }: SessionState) => {
    generation += 1
    const head = headNow()
    draft = head
    if (!head || !source || !editor) return
    const opened = { file: source.file, commands: [...editor.commands] }
    enqueue(() => ports.drafts.save(head, opened))
  }

  const writeChange = (editor: MaskEditor, change: MaskChange) => {
    const head = draft
    if (!head || change.kind === 'begin' || change.kind === 'cancel') return
    const place = editor.commands.length
    const command = change.kind === 'undo' ? null : change.command
    enqueue(() => ports.drafts.writeJournal(head, command ? place - 1 : place, command))
  }

  const follow = (now: SessionState) => {
    unsubscribe()
    clearTimeout(setupTimer)
    const { editor } = now
    if (!editor) return
    startDraft(now)
    unsubscribe = editor.subscribe({ change: (change) => writeChange(editor, change) })
  }

  const writeSetup = () => {
    clearTimeout(setupTimer)
    setupTimer = setTimeout(() => {
      const head = headNow()
      if (!head || !draft) return
      draft = head
      enqueue(() => ports.drafts.save(head))
    }, SETUP_REST_MS)
  }

  return {
    async restore() {
      tabId = await ports.drafts.claimTab()
      const found = await ports.drafts.load(tabId)
      if (!found) return false
      const { head, commands } = found
      generation = head.generation
      return opener.replace(null, async (signal) => {
        const blob = await ports.runs.loadSource(head.base.key)
        if (!blob) return null
        const { key, name, link } = head.base
        const source = await opener.decodeStored(blob, key, name, link)
        // Somebody opened something meanwhile and wants that.
        if (signal.aborted) {
          for (const level of source.levels) level.close()
          return null
        }
        return () => {
          if (head.setup) applySetup(rooms, head.setup, true)
          opener.show({ source, commands, ...(head.frame ? { frame: head.frame } : {}) }, false)
        }
      })
    },
    start() {
      if (session.store.getState().editor) follow(session.store.getState())
      session.store.subscribe((now, before) => {
        if (now.editor !== before.editor) follow(now)
      })
      forms.store.subscribe((now, before) => {
        if (now.values !== before.values || now.options !== before.options) writeSetup()
      })
      settings.store.subscribe(writeSetup)
      models.store.subscribe(writeSetup)
    },
    flushed: () => queue,
  }
}
