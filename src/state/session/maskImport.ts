import type { StoreApi } from 'zustand/vanilla'
import type { Size } from '../../core/geometry'
import type { GrayImage } from '../../core/image/raster'
import type { ImportedMask } from '../../core/mask/command/maskImport'
import type { MaskEditor } from '../../editor/maskEditor'
import type { Ports } from '../ports'
import type { Messages } from '../shell/messages'
import type { Session } from './session'

/** A mask of another size than the picture: it waits for a yes. */
export interface PendingMask {
  readonly name: string
  /** Of the file, px. */
  readonly size: Size
  /** Brought to the picture's size. */
  readonly scaled: GrayImage
  readonly imported: ImportedMask
  readonly editor: MaskEditor
}

export interface MaskImportState {
  readonly pending: PendingMask | null
}

export interface MaskImport {
  /**
   * Replaces the mask by a picture: its alpha where it has any, else its brightness. One of another size is not taken
   * before the user has seen it scaled. Of several files the one asked for last wins.
   */
  open(file: File): Promise<void>
  takePending(): void
  dropPending(): void
}

interface ImportRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly session: Session
}

export function createMaskImport(
  { ports, messages, session }: ImportRooms,
  store: StoreApi<MaskImportState>,
): MaskImport {
  let newest: File | null = null
  return {
    async open(file) {
      const { frame, editor } = session.store.getState()
      if (!frame || !editor) return
      newest = file
      try {
        const pixels = await ports.codec.pixels(file, file.name)
        const size = { width: pixels.width, height: pixels.height }
        const imported = await ports.masks.importMask(pixels, frame)
        if (session.store.getState().editor !== editor || newest !== file) return
        const { scaled } = imported
        if (scaled === null) editor.applyComputed(imported)
        else store.setState({ pending: { name: file.name, size, scaled, imported, editor } })
      } catch (error) {
        if (session.store.getState().editor === editor && newest === file) messages.report(error)
      }
    },
    takePending() {
      const { pending } = store.getState()
      store.setState({ pending: null })
      if (pending && session.store.getState().editor === pending.editor) {
        pending.editor.applyComputed(pending.imported)
      }
    },
    dropPending: () => store.setState({ pending: null }),
  }
}
