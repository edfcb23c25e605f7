import { isSameSetup, type PixelKey, type Setup } from '../../core/document/document'
import { type Draft, draftOf, formDraft, keysOfDraft, keysOfSteps } from '../../core/document/draft'
import type { MaskEditor } from '../../editor/maskEditor'
import type { MaskChange } from '../../editor/maskEvents'
import type { Ports } from '../ports'
import type { Messages } from '../shell/messages'
import type { Opener } from './opener'
import type { LazyRoom } from '../shell/lazyRoom'
import type { PatchesRoom } from './patchesRoom'
import { baseOf, closeLevels, shownPatches, type SourceImage } from './source'
import type { Session, SessionState } from './session'
import { applySetup, captureDocument, selectSetup, type SetupRooms } from './setup'

/** A form that is being typed in rests for this long before it is written, ms. */
const HEAD_REST_MS = 250

export interface DraftKeeper {
  /** Brings back the form and the picture that this tab had before it was reloaded. */
  restore(): Promise<void>
  /** Writes every change of the open document and of the form to disk as it happens. Call once, after `restore`. */
  start(): void
}

type FoundDraft = NonNullable<Awaited<ReturnType<Ports['drafts']['load']>>>

interface DraftRooms extends SetupRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly session: Session
  readonly opener: Opener
  readonly patches: LazyRoom<PatchesRoom>
}

export function createDraftKeeper(rooms: DraftRooms): DraftKeeper {
  const { ports, messages, session, opener, forms, settings, models } = rooms
  let queue: Promise<void> = Promise.resolve()
  let tabId = ''
  let generation = 0
  /** False after a write that failed, until all of the draft is written. */
  let isWhole = true
  let draft: Draft | null = null
  /** The form on disk, or what a fresh tab starts with. */
  let written: Setup | null = null
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
    if (!file || !editor) return ports.drafts.save(draft)
    const steps = [...editor.steps]
    const head = draft
    await withPixels([...keysOfDraft(head), ...keysOfSteps(steps)], (pixels) =>
      ports.drafts.save(head, { file, steps, maskUrls, pixels }),
    )
  }

  /** Kept results are named and written at once: no sweep comes in between. */
  const withPixels = async (
    keys: readonly PixelKey[],
    write: (files: ReadonlyMap<PixelKey, Blob>) => Promise<void>,
  ) => {
    const store = keys.length > 0 ? (await rooms.patches.load()).pixels : null
    const files = store?.unwritten(keys) ?? new Map<PixelKey, Blob>()
    await write(files)
    store?.written(files.keys())
  }

  /** While no picture is open, the picture of the earlier draft stays named: it may open at the next try. */
  const headNow = (): Draft => {
    const about = { tabId, generation, updatedAt: new Date().toISOString() }
    const context = forms.context()
    const state = session.store.getState()
    const document = captureDocument(state, context)
    // The journal holds what was done to the kept results.
    if (document) return draftOf({ ...document, patches: state.settled }, about)
    const form = formDraft(selectSetup(context), about)
    return draft ? { ...draft, ...about, setup: form.setup } : form
  }

  const setupNow = () => selectSetup(forms.context())

  /** The stored picture with its steps. Most have no kept results, and do without their part of the page. */
  const reopened = async (base: SourceImage, { head, steps, files }: FoundDraft) => {
    const isPlain = head.patches.length === 0 && keysOfSteps(steps).length === 0
    const { patches } = head
    const opened = isPlain
      ? { source: base, steps: steps.map(({ command, area }) => ({ command, area, change: null })) }
      : await (await rooms.patches.load()).reopen(base, { patches, steps, files })
    const all = [opened.source, ...opened.steps.flatMap(({ change }) => change?.result ?? [])]
    const layers = new Set(all.flatMap((source) => shownPatches(source).flatMap(({ layer }) => layer ?? [])))
    const discard = () => {
      closeLevels(base.levels)
      for (const { levels } of layers) closeLevels(levels)
    }
    return { ...opened, discard }
  }

  const startDraft = ({ editor }: SessionState) => {
    if (!editor) return
    generation += 1
    const head = headNow()
    draft = head
    written = setupNow()
    enqueue(writeAll)
  }

  const writeChange = (editor: MaskEditor, change: MaskChange) => {
    const head = draft
    if (!head || change.kind === 'begin' || change.kind === 'cancel') return
    const place = editor.steps.length
    const { maskUrls } = session.store.getState()
    const { drafts } = ports
    if (change.kind === 'undo') {
      enqueue(() => drafts.writeJournal(head, place, null, maskUrls))
      return
    }
    const { step } = change
    enqueue(() =>
      withPixels(keysOfSteps([step]), (pixels) =>
        drafts.writeJournal(head, place - 1, step, maskUrls, pixels),
      ),
    )
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
      const now = setupNow()
      if (written && isSameSetup(now, written)) return
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
        const { base, frame, setup } = found.head
        // At once: what is typed while the picture is decoded stays.
        if (setup && !signal.aborted) applySetup(rooms, setup, true)
        const blob = base && (await ports.runs.loadSource(base.key))
        if (!blob) return null
        const picture = await opener.decodeStored(blob, base.key, base.name, base.link)
        const { source, steps, discard } = await reopened(picture, found)
        return {
          commit() {
            for (const [command, url] of found.maskUrls) session.linkMask(command, url)
            opener.show({ source, steps, ...(frame ? { frame } : {}) }, false)
          },
          discard,
        }
      })
    },
    start() {
      written ??= setupNow()
      if (session.store.getState().editor) follow(session.store.getState())
      session.store.subscribe((now, before) => {
        if (now.editor !== before.editor) follow(now)
      })
      forms.store.subscribe((now, before) => {
        if (now.values !== before.values || now.options !== before.options) writeHead()
      })
      settings.store.subscribe(writeHead)
      models.store.subscribe(writeHead)
    },
  }
}
