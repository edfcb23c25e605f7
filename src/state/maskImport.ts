import { create } from 'zustand'
import type { Size } from '../core/geometry'
import type { GrayImage } from '../core/image/raster'
import type { ImportedMask } from '../core/mask/command/maskImport'
import type { MaskEditor } from '../editor/maskEditor'
import { decodeImage } from '../platform/imageDecode'
import { computeImport } from '../platform/maskClient'
import { reportError } from './messageStore'
import { useSession } from './sessionStore'

/** A mask of another size than the picture: it waits for a yes. */
export interface PendingMask {
  readonly name: string
  readonly size: Size
  /** Brought to the picture's size. */
  readonly scaled: GrayImage
  readonly imported: ImportedMask
  readonly editor: MaskEditor
}

export const useMaskImport = create<{ readonly pending: PendingMask | null }>()(() => ({ pending: null }))

/**
 * Replaces the mask by a picture: its alpha where it has any, else its brightness. One of another size is not taken
 * before the user has seen it scaled.
 */
export async function importMask(file: File): Promise<void> {
  const { source, editor } = useSession.getState()
  if (!source || !editor) return
  try {
    const { pixels, levels } = await decodeImage(file, file.name)
    for (const level of levels) level.close()
    const size = { width: pixels.width, height: pixels.height }
    const imported = await computeImport(pixels, {
      width: source.pixels.width,
      height: source.pixels.height,
    })
    if (useSession.getState().editor !== editor) return
    const { scaled } = imported
    if (scaled === null) editor.applyComputed(imported)
    else useMaskImport.setState({ pending: { name: file.name, size, scaled, imported, editor } })
  } catch (error) {
    reportError(error)
  }
}

export function takePending(): void {
  const { pending } = useMaskImport.getState()
  dropPending()
  if (pending && useSession.getState().editor === pending.editor)
    pending.editor.applyComputed(pending.imported)
}

export function dropPending(): void {
  useMaskImport.setState({ pending: null })
}
