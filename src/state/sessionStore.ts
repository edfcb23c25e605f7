import { create } from 'zustand'
import type { RgbaImage } from '../core/image/raster'
import type { LinkedSource } from '../core/share/shareLink'
import { MaskEditor } from '../editor/maskEditor'
import type { MaskCommand } from '../core/mask/command/maskCommand'

/** The open picture: upright pixels and what draws them. */
export interface SourceImage {
  /** Of its stored file. */
  readonly key: string
  readonly name: string
  readonly pixels: RgbaImage
  /** Full size first, each next half as large. */
  readonly levels: readonly ImageBitmap[]
  readonly opaque: boolean
  /** The bytes it was opened from. */
  readonly file: Blob
  /** How a link names it. */
  readonly link: LinkedSource
}

interface SessionStore {
  readonly source: SourceImage | null
  readonly editor: MaskEditor | null
  /** Goes up with every change of the mask's history. */
  readonly revision: number
  /** What is being opened; null when nothing is. */
  readonly opening: string | null
  /** What was open before, newest last: undo goes on there when the mask has nothing more to undo. */
  readonly before: readonly { readonly source: SourceImage; readonly commands: readonly MaskCommand[] }[]
}

export const useSession = create<SessionStore>()(() => ({
  source: null,
  editor: null,
  revision: 0,
  opening: null,
  before: [],
}))

let unsubscribe = () => {}

/** How many pictures undo can go back to. */
const KEPT_PICTURES = 3

/**
 * Makes `source` the open picture, with the mask that `commands` make. What was open can be gone back to.
 * @param settled the commands are no steps to undo: undo goes back to the picture before
 */
export function openSession(source: SourceImage, commands: readonly MaskCommand[], settled: boolean): void {
  const { source: last, editor, before } = useSession.getState()
  const kept = last && editor ? [...before, { source: last, commands: [...editor.commands] }] : before
  start(source, commands, kept.slice(-KEPT_PICTURES), settled)
}

function start(
  source: SourceImage,
  commands: readonly MaskCommand[],
  before: SessionStore['before'],
  settled: boolean,
): void {
  const { width, height } = source.pixels
  const editor = new MaskEditor({ x: 0, y: 0, width, height }, commands, settled)
  unsubscribe()
  unsubscribe = editor.subscribe({
    change: () => {
      useSession.setState(({ revision }) => ({ revision: revision + 1 }))
      packWhenIdle(editor)
    },
  })
  useSession.setState(({ revision }) => ({ source, editor, before, revision: revision + 1, opening: null }))
}

/** True where undo would bring the picture before back. */
export function canUndo({ editor, before }: Pick<SessionStore, 'editor' | 'before'>): boolean {
  return (editor?.canUndo ?? false) || before.length > 0
}

/** Takes the last change of the mask back; where there is none, the change of the picture. */
export function undo(): void {
  const { editor, before } = useSession.getState()
  const last = before.at(-1)
  if (editor && (editor.canUndo || editor.isDrawing)) editor.undo()
  else if (last) start(last.source, last.commands, before.slice(0, -1), false)
}

let packing = false

/** Older undo steps are packed while nothing else is to do. */
function packWhenIdle(editor: MaskEditor): void {
  if (packing) return
  packing = true
  const idle =
    globalThis.requestIdleCallback ?? ((run: IdleRequestCallback) => setTimeout(() => run(SOME_TIME), 200))
  idle((deadline) => {
    packing = false
    // A stroke has the main thread to itself; its end comes back here.
    if (editor.isDrawing) return
    if (editor.packHistory(() => deadline.timeRemaining() > 1)) packWhenIdle(editor)
  })
}

/** For browsers without idle callbacks: a few tiles at a time. */
const SOME_TIME = { didTimeout: false, timeRemaining: () => 4 }
