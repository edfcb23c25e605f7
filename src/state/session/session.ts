import { createStore, type StoreApi } from 'zustand/vanilla'
import type { LinkedSource, Patch } from '../../core/document/document'
import type { MaskUrls } from '../../core/document/draft'
import { type Rect, rectOf } from '../../core/geometry'
import type { RgbaImage } from '../../core/image/raster'
import type { MaskCommand } from '../../core/mask/command/maskCommand'
import type { MaskEditor } from '../../editor/maskEditor'

/** A decoded picture: upright pixels and what draws them. */
export interface SourceImage {
  /** Of its stored file. */
  readonly key: string
  readonly name: string
  readonly pixels: RgbaImage
  /** Full size first, each next half as large. */
  readonly levels: readonly ImageBitmap[]
  readonly opaque: boolean
  /** The file shows more than the pixels: it was scaled down, or opened in part. */
  readonly altered?: true
  /** The bytes it was opened from. */
  readonly file: Blob
  /** How a link names it. */
  readonly link: LinkedSource
}

export function closeLevels(levels: readonly ImageBitmap[]): void {
  for (const level of levels) level.close()
}

/** A picture that undo can go back to. */
interface EarlierPicture {
  readonly source: SourceImage
  readonly frame: Rect
  readonly commands: readonly MaskCommand[]
  readonly patches: readonly Patch[]
}

export interface SessionState {
  readonly source: SourceImage | null
  /** What is shown, sent and exported, px of the source; null where nothing is open. */
  readonly frame: Rect | null
  readonly editor: MaskEditor | null
  /** The kept results over the picture, bottom first. */
  readonly patches: readonly Patch[]
  /** Goes up with every change of the mask's history. */
  readonly revision: number
  /** Name of what is being opened; null when nothing is. */
  readonly opening: string | null
  /** Of the masks whose address a link named. */
  readonly maskUrls: MaskUrls
  /** What was open before, newest last: undo goes on there when the mask has nothing more to undo. */
  readonly before: readonly EarlierPicture[]
}

export interface OpenedPicture {
  readonly source: SourceImage
  /** All of the source unless given. */
  readonly frame?: Rect
  readonly commands?: readonly MaskCommand[]
  readonly patches?: readonly Patch[]
  /** The commands are where the work on this picture starts: undo goes back to the picture before. */
  readonly settled?: boolean
}

export interface Session {
  readonly store: StoreApi<SessionState>
  /** Loads the mask editor, which the start page does without. To be awaited before `open`. */
  load(): Promise<void>
  /** Makes a picture the open one, with the mask that its commands make. Undo can go back to what was open. */
  open(picture: OpenedPicture): void
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
  /** Takes the last change of the mask back, or the change of the picture where the mask has none left. */
  undo(): void
  redo(): void
}

/** How many pictures undo can go back to. */
const MAX_EARLIER = 3

/**
 * @param loadEditor fetches the mask editor
 * @param onDropped called with a picture that undo can no longer bring back
 */
export function createSession(
  loadEditor: () => Promise<typeof MaskEditor>,
  onDropped: (source: SourceImage) => void,
): Session {
  const store = createStore<SessionState>()(() => ({
    source: null,
    frame: null,
    editor: null,
    patches: [],
    revision: 0,
    opening: null,
    maskUrls: new Map(),
    before: [],
  }))
  let unsubscribe = () => {}
  let Editor: typeof MaskEditor | null = null

  const start = ({
    source,
    frame = rectOf(source.pixels),
    commands = [],
    patches = [],
    settled = false,
  }: OpenedPicture) => {
    if (!Editor) throw new Error('open() before load()')
    const editor = new Editor(frame, commands, settled)
    unsubscribe()
    unsubscribe = editor.subscribe({
      change: () => {
        store.setState(({ revision }) => ({ revision: revision + 1 }))
        packWhenIdle(editor)
      },
    })
    store.setState(({ revision }) => ({
      source,
      frame,
      editor,
      patches,
      revision: revision + 1,
      opening: null,
    }))
  }

  const drop = (dropped: readonly SourceImage[]) => {
    const { source, before } = store.getState()
    const held = new Set([source, ...before.map((earlier) => earlier.source)])
    for (const picture of new Set(dropped)) if (!held.has(picture)) onDropped(picture)
  }

  return {
    store,
    async load() {
      Editor ??= await loadEditor()
    },
    open(picture) {
      const { source, frame, editor, patches, before } = store.getState()
      const all =
        source && frame && editor
          ? [...before, { source, frame, commands: [...editor.commands], patches }]
          : before
      store.setState({ before: all.slice(-MAX_EARLIER) })
      start(picture)
      drop(all.slice(0, -MAX_EARLIER).map((earlier) => earlier.source))
    },
    setOpening: (opening) => store.setState({ opening }),
    editor: () => store.getState().editor,
    frame: () => store.getState().frame,
    linkMask: (command, url) =>
      store.setState(({ maskUrls }) => ({ maskUrls: new Map([...maskUrls, [command, url]]) })),
    undo() {
      const { source, editor, before } = store.getState()
      const last = before.at(-1)
      if (editor && (editor.canUndo || editor.isDrawing)) editor.undo()
      else if (last) {
        store.setState({ before: before.slice(0, -1) })
        start(last)
        if (source) drop([source])
      }
    },
    redo: () => store.getState().editor?.redo(),
  }
}

/** @returns the address of exactly the mask that is there; null where it was changed, or has none */
export function selectMaskUrl({
  editor,
  maskUrls,
}: Pick<SessionState, 'editor' | 'maskUrls'>): string | null {
  const command = editor?.isDrawing ? undefined : editor?.commands.at(-1)
  return (command && maskUrls.get(command)) ?? null
}

/** True where undo would change something. */
export function selectCanUndo({ editor, before }: Pick<SessionState, 'editor' | 'before'>): boolean {
  return (editor?.canUndo ?? false) || before.length > 0
}

/** For browsers without idle callbacks: a few tiles at a time. */
const SHORT_DEADLINE = { didTimeout: false, timeRemaining: () => 4 }
const packing = new WeakSet<MaskEditor>()

/** Packs older undo steps while the page is idle. */
function packWhenIdle(editor: MaskEditor): void {
  if (packing.has(editor)) return
  packing.add(editor)
  const idle =
    globalThis.requestIdleCallback ??
    ((run: IdleRequestCallback) => setTimeout(() => run(SHORT_DEADLINE), 200))
  idle((deadline) => {
    packing.delete(editor)
    // A stroke has the main thread to itself; its end comes back here.
    if (editor.isDrawing) return
    if (editor.packHistory(() => deadline.timeRemaining() > 1)) packWhenIdle(editor)
  })
}
