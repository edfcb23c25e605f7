import { create } from 'zustand'
import type { RgbaImage } from '../core/image/raster'
import type { LinkedSource } from '../core/share/shareLink'
import { MaskEditor } from '../editor/maskEditor'
import type { MaskCommand } from '../core/mask/maskCommand'

/** The open picture: upright pixels and what draws them. */
export interface SourceImage {
  /** Of its stored file. */
  readonly key: string
  readonly name: string
  readonly pixels: RgbaImage
  /** Full size first, each next half as large. */
  readonly levels: readonly ImageBitmap[]
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
}

export const useSession = create<SessionStore>()(() => ({
  source: null,
  editor: null,
  revision: 0,
  opening: null,
}))

let unsubscribe = () => {}

/** Makes `source` the open picture, with the mask that `commands` make. */
export function openSession(source: SourceImage, commands: readonly MaskCommand[] = []): MaskEditor {
  const { width, height } = source.pixels
  const editor = new MaskEditor({ x: 0, y: 0, width, height }, commands)
  unsubscribe()
  unsubscribe = editor.subscribe({
    change: () => {
      useSession.setState(({ revision }) => ({ revision: revision + 1 }))
      packWhenIdle(editor)
    },
  })
  useSession.setState(({ revision }) => ({ source, editor, revision: revision + 1, opening: null }))
  return editor
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
    if (editor.packHistory(() => deadline.timeRemaining() > 1)) packWhenIdle(editor)
  })
}

/** For browsers without idle callbacks: a few tiles at a time. */
const SOME_TIME = { didTimeout: false, timeRemaining: () => 4 }
