import { isSameSetup, type Patch, type Setup } from '../../core/document/document'
import { type Draft, draftOf, type DraftStep, formDraft } from '../../core/document/draft'
import type { MaskEditor } from '../../editor/maskEditor'
import type { MaskChange } from '../../editor/maskEvents'
import type { EditStep } from '../../editor/undoStep'
import type { Ports } from '../ports'
import type { Messages } from '../shell/messages'
import type { Opener } from './opener'
import { type AppliedPatch, baseOf, closeLevels, PatchChange } from './source'
import type { OpenedStep } from './openPicture'
import type { Session, SessionState } from './session'
import { applySetup, captureDocument, pictureRef, selectSetup, type SetupRooms } from './setup'

/** A form that is being typed in rests for this long before it is written, ms; so do the patches. */
const HEAD_REST_MS = 250

export interface DraftKeeper {
  /** Brings back the form and the picture that this tab had before it was reloaded. */
  restore(): Promise<void>
  /** Writes every change of the open document and of the form to disk as it happens. Call once, after `restore`. */
  start(): void
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
  /** False after a write that failed, until all of the draft is written. */
  let isWhole = true
  let draft: Draft | null = null
  /** What is on disk besides the mask, or what a fresh tab starts with. */
  let written: { readonly setup: Setup; readonly patches: readonly Patch[] } | null = null
  let unsubscribe = () => {}
  let headTimer: ReturnType<typeof setTimeout> | undefined

  /**
   * One write after the other; a storage that fails is said once, painting goes on. After a write that failed the next
   * one writes all of the draft, so that no command is missing from the journal.
   */
  const enqueue = (write: () => Promise<void>) => {
    queue = writeAfter(queue, write)
  }

  const writeAfter = async (earlier: Promise<void>, write: () => Promise<void>) => {
    await earlier
    try {
      await (isWhole ? write() : writeAll())
      isWhole = true
    } catch (cause) {
      isWhole = false
      messages.reportStorage(cause)
    }
  }

  const writeAll = async () => {
    const { source, editor, maskUrls } = session.store.getState()
    if (!draft) return
    const file = source && baseOf(source).file
    const whole = file && editor && { file, steps: await Promise.all(editor.steps.map(stored)), maskUrls }
    await ports.drafts.save(draft, whole ?? undefined)
  }

  /** While no picture is open, the picture of the earlier draft stays named: it may open at the next try. */
  const headNow = (): Draft => {
    const about = { tabId, generation, updatedAt: new Date().toISOString() }
    const context = forms.context()
    const state = session.store.getState()
    const document = captureDocument(state, context)
    // What was applied stands in the journal.
    if (document && state.source)
      return draftOf({ ...document, base: pictureRef(baseOf(state.source)) }, about)
    const form = formDraft(selectSetup(context), about)
    return draft ? { ...draft, ...about, setup: form.setup } : form
  }

  const unmaskedNow = () => ({
    setup: selectSetup(forms.context()),
    patches: session.store.getState().patches,
  })

  /** Each result is encoded once, however often its draft is written. */
  const files = new WeakMap<AppliedPatch, Blob>()

  const stored = async ({ command, area, attached }: EditStep): Promise<DraftStep> => {
    if (!(attached instanceof PatchChange)) return { command, area, patch: null }
    const { patch } = attached
    const file = files.get(patch) ?? (await ports.codec.encodePng(patch.crop))
    files.set(patch, file)
    return { command, area, patch: { id: patch.id, rect: patch.rect, file } }
  }

  /** A result that cannot be read any more is left out: the strokes around it are not lost with it. */
  const opened = async ({ command, area, patch }: DraftStep): Promise<OpenedStep> => {
    try {
      if (!patch) return { command, area, patch: null }
      const { id, rect, file } = patch
      const { pixels: crop, levels, opaque } = await ports.codec.decode(file, 'output')
      return { command, area, patch: { id, rect, crop, levels, opaque } }
    } catch (error) {
      messages.report(error)
      return { command, area, patch: null }
    }
  }

  const startDraft = ({ editor }: SessionState) => {
    if (!editor) return
    generation += 1
    const head = headNow()
    draft = head
    written = unmaskedNow()
    enqueue(writeAll)
  }

  const writeChange = (editor: MaskEditor, change: MaskChange) => {
    const head = draft
    if (!head || change.kind === 'begin' || change.kind === 'cancel') return
    const place = editor.steps.length
    const { maskUrls } = session.store.getState()
    const { drafts } = ports
    if (change.kind === 'undo') enqueue(() => drafts.writeJournal(head, place, null, maskUrls))
    else enqueue(async () => drafts.writeJournal(head, place - 1, await stored(change.step), maskUrls))
  }

  const follow = (now: SessionState) => {
    unsubscribe()
    clearTimeout(headTimer)
    const { editor } = now
    if (!editor) return
    startDraft(now)
    unsubscribe = editor.subscribe({ change: (change) => writeChange(editor, change) })
  }

  const writeHead = () => {
    clearTimeout(headTimer)
    headTimer = setTimeout(() => {
      const now = unmaskedNow()
      if (written && isSameSetup(now.setup, written.setup) && now.patches === written.patches) return
      written = now
      const head = headNow()
      draft = head
      enqueue(() => ports.drafts.save(head))
    }, HEAD_REST_MS)
  }

  const load = async () => {
    tabId = await ports.drafts.claimTab()
    const found = await ports.drafts.load(tabId)
    if (!found) return null
    draft = found.head
    generation = found.head.generation
    return found
  }

  return {
    async restore() {
      // Asked for before anything is awaited: a file that is opened meanwhile comes later, and wins.
      await opener.replace(null, async (signal) => {
        const found = await load()
        if (!found) return null
        const { base, frame, patches, setup } = found.head
        // At once: what is typed while the picture is decoded stays.
        if (setup && !signal.aborted) applySetup(rooms, setup, true)
        const blob = base && (await ports.runs.loadSource(base.key))
        if (!blob) return null
        const source = await opener.decodeStored(blob, base.key, base.name, base.link)
        const steps = await Promise.all(found.steps.map(opened))
        return {
          commit() {
            for (const [command, url] of found.maskUrls) session.linkMask(command, url)
            opener.show({ source, steps, patches, ...(frame ? { frame } : {}) }, false)
          },
          discard() {
            closeLevels(source.levels)
            for (const { patch } of steps) closeLevels(patch?.levels ?? [])
          },
        }
      })
    },
    start() {
      written ??= unmaskedNow()
      if (session.store.getState().editor) follow(session.store.getState())
      session.store.subscribe((now, before) => {
        if (now.editor !== before.editor) follow(now)
        else if (now.patches !== before.patches) writeHead()
      })
      forms.store.subscribe((now, before) => {
        if (now.values !== before.values || now.options !== before.options) writeHead()
      })
      settings.store.subscribe(writeHead)
      models.store.subscribe(writeHead)
    },
  }
}
