import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Patch, Setup } from '../../core/document/document'
import type { MaskRegion } from '../../core/document/regions'
import { DEFAULT_SENT, type SentArea } from '../../core/document/sentArea'
import type { MaskUrls } from '../../core/document/storedDocument'
import type { Rect } from '../../core/geometry'
import type { MaskCommand } from '../../core/mask/command/maskCommand'
import type { MaskEditor } from '../../editor/maskEditor'
import type { OpenedPicture, OpenPicture, PictureEvents } from './openPicture'
import { packWhenIdle } from './packWhenIdle'
import type { PictureStep } from './pictureSteps'
import { baseOf, type SourceImage } from './source'

export interface SessionState {
  /** With the kept results over it. */
  readonly source: SourceImage | null
  /** What is shown, sent and exported, px of the source; null where nothing is open. */
  readonly frame: Rect | null
  /** The one that the steps start from. */
  readonly settledFrame: Rect | null
  readonly editor: MaskEditor | null
  /** The kept results that the steps start from, bottom first. */
  readonly settled: readonly Patch[]
  /** Masks that are set aside, each with its prompt. */
  readonly regions: readonly MaskRegion[]
  /** Those that the steps start from. */
  readonly settledRegions: readonly MaskRegion[]
  /** Which part of it a run sends. */
  readonly sent: SentArea
  /** Tells the open picture from others, and its frames: goes up with each that is opened, undone to or redone. */
  readonly opened: number
  /** Goes up with every change of the mask's history. */
  readonly revision: number
  /** Name of what is being opened; null when nothing is. */
  readonly opening: string | null
  /** Of the masks whose address a link named. */
  readonly maskUrls: MaskUrls
  /** What was open before, newest last: undo goes on there once nothing is left to undo. */
  readonly before: readonly OpenPicture[]
  /** Where undo came from, next to redo last: a new step drops it. */
  readonly after: readonly OpenPicture[]
}

export interface Session {
  readonly store: StoreApi<SessionState>
  /** Loads the mask editor, which the start page does without. To be awaited before `open`. */
  load(): Promise<void>
  /**
   * Makes a picture the open one, with the mask that its commands make. Undo can go back to what was open.
   * @param fillsForm the form is filled along with it: Undo brings back what the form held too
   */
  open(picture: OpenedPicture, fillsForm?: boolean): void
  /** Makes a picture that is to be open: its steps are done before `open` shows it. */
  prepare(picture: OpenedPicture): Promise<OpenPicture>
  /** The editor of a picture that is not there yet. @param frame image px */
  prepareEditor(frame: Rect): Promise<MaskEditor>
  /** Does a step of the open picture. */
  change(does: PictureStep): void
  /** Every picture without its kept results that is open or that Undo and Redo lead to. */
  bases(): readonly SourceImage[]
  setOpening(name: string | null): void
  /** The open picture's editor at this moment; null where nothing is open. */
  editor(): MaskEditor | null
  /** What is shown of the open picture, px of it. */
  frame(): Rect | null
  /**
   * The mask, as the command makes it, is what a public address gives. To be called before the command is applied: the
   * draft's journal then holds the address with it.
   */
  linkMask(command: MaskCommand, url: string): void
  /**
   * Makes steps of what is seen and is none yet: a blend that was just changed, a stroke of the reveal brush.
   * @returns null where all that is seen is in the picture
   */
  settle(): Promise<unknown> | null
  /** Takes the last step back, or the opening of the picture where it has none left. */
  undo(): void
  /** The inverse of `undo`, step by step. */
  redo(): void
}

/** Comes with the mask editor. */
export interface PictureHistory {
  readonly startPicture: (opened: OpenedPicture, events: PictureEvents) => OpenPicture
  readonly startEditor: (frame: Rect) => MaskEditor
}

/** How many pictures undo can go back to. */
const MAX_EARLIER = 3

/**
 * @param loadHistory fetches the mask editor and what starts a picture's history with it
 * @param onDropped called with a picture that undo can no longer bring back
 * @param pending what is about to become the next step: `takeBack` returns false, `settle` null where nothing is
 * @param form reads what the form holds, and makes it hold that again
 */
export function createSession(
  loadHistory: () => Promise<PictureHistory>,
  onDropped: (source: SourceImage) => void,
  pending: {
    readonly takeBack: (editor: MaskEditor | null) => boolean
    readonly settle: () => Promise<unknown> | null
  },
  form: { readonly read: () => Setup; readonly fill: (setup: Setup) => void },
): Session {
  const store = createStore<SessionState>()(() => ({
    source: null,
    frame: null,
    settledFrame: null,
    editor: null,
    settled: [],
    regions: [],
    settledRegions: [],
    sent: DEFAULT_SENT,
    opened: 0,
    revision: 0,
    opening: null,
    maskUrls: new Map(),
    before: [],
    after: [],
  }))
  let current: OpenPicture | null = null
  let unsubscribe = () => {}
  let history: PictureHistory | null = null

  const basesIn = ({ source, turned }: OpenPicture) => [
    baseOf(source),
    ...turned.flatMap((one) => one.deref() ?? []),
  ]
  const basesHeld = () => {
    const { before, after } = store.getState()
    return [...before, ...after, ...(current ? [current] : [])].flatMap(basesIn)
  }

  /** Frees what neither undo nor redo can bring back. */
  const drop = (dropped: readonly OpenPicture[]) => {
    const held = new Set(basesHeld())
    for (const base of new Set(dropped.flatMap(basesIn))) if (!held.has(base)) onDropped(base)
  }

  const show = (picture: OpenPicture, around: Pick<SessionState, 'before' | 'after'>) => {
    const { source, settled, regions, settledRegions, sent, frame, settledFrame, editor } = picture
    if (current) current.sent = store.getState().sent
    unsubscribe()
    unsubscribe = editor.subscribe({
      change({ kind }) {
        const { after } = store.getState()
        if (kind === 'do' && after.length > 0) {
          store.setState({ after: [] })
          drop(after)
        }
        store.setState(({ revision }) => ({ revision: revision + 1 }))
        packWhenIdle(editor)
      },
    })
    current = picture
    store.setState(({ opened, revision }) => ({
      ...around,
      source,
      settled,
      regions,
      settledRegions,
      sent,
      frame,
      settledFrame,
      editor,
      opened: opened + 1,
      revision: revision + 1,
      opening: null,
    }))
  }

  /** Shows the picture before or after, and its form where the two have one each. */
  const step = (picture: OpenPicture, around: Pick<SessionState, 'before' | 'after'>) => {
    const { setup } = picture
    if (current) current.setup = setup && form.read()
    show(picture, around)
    if (setup) form.fill(setup)
  }

  const onSource = (picture: OpenPicture) => {
    if (current === picture) store.setState({ source: picture.source, regions: picture.regions })
  }

  const onFrame = (picture: OpenPicture) => {
    if (current !== picture) return
    const { frame } = picture
    store.setState(({ opened, revision }) => ({ frame, opened: opened + 1, revision: revision + 1 }))
  }

  const onTurn = (picture: OpenPicture) => {
    if (current !== picture) return
    const { source, regions, sent, frame } = picture
    const { opened, revision } = store.getState()
    store.setState({ source, regions, sent, frame, opened: opened + 1, revision: revision + 1 })
  }
  const onSent = (picture: OpenPicture) => {
    if (current === picture) store.setState({ sent: picture.sent })
  }
  const sentOf = (picture: OpenPicture) => (current === picture ? store.getState() : picture).sent
  const events = { onSource, onFrame, onTurn, onSent, sentOf }

  return {
    store,
    async load() {
      history ??= await loadHistory()
    },
    async prepare(opened) {
      history ??= await loadHistory()
      return history.startPicture(opened, events)
    },
    async prepareEditor(frame) {
      history ??= await loadHistory()
      return history.startEditor(frame)
    },
    open(opened, fillsForm = false) {
      if (!history) throw new Error('open() before load()')
      const { before, after } = store.getState()
      if (current) current.setup = fillsForm ? form.read() : null
      const all = current ? [...before, current] : before
      const stay = all.filter(({ editor }) => editor !== opened.replaces).slice(-MAX_EARLIER)
      const made = opened.made ?? history.startPicture(opened, events)
      show(made, { before: stay, after: [] })
      drop([...all, ...after].filter((picture) => !stay.includes(picture)))
    },
    change(does) {
      if (current) does(current)
    },
    bases: basesHeld,
    setOpening: (opening) => store.setState({ opening }),
    editor: () => store.getState().editor,
    frame: () => store.getState().frame,
    linkMask: (command, url) =>
      store.setState(({ maskUrls }) => ({ maskUrls: new Map([...maskUrls, [command, url]]) })),
    settle: pending.settle,
    undo() {
      const { editor, before, after } = store.getState()
      const last = before.at(-1)
      if (!editor?.isDrawing && pending.takeBack(editor)) return
      if (editor && (editor.canUndo || editor.isDrawing)) editor.undo()
      else if (last && current) step(last, { before: before.slice(0, -1), after: [...after, current] })
    },
    redo() {
      const { editor, before, after } = store.getState()
      const next = after.at(-1)
      if (editor && (editor.canRedo || editor.isDrawing)) editor.redo()
      else if (next && current) step(next, { before: [...before, current], after: after.slice(0, -1) })
    },
  }
}
