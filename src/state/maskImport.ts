import { create } from 'zustand'
import { type Size, rectOf } from '../core/geometry'
import { type GrayImage, isOpaque, type RgbaImage } from '../core/image/raster'
import { resampleGray } from '../core/image/resample'
import { encodeRuns } from '../core/mask/raster/maskRuns'
import type { MaskEditor } from '../editor/maskEditor'
import { decodeImage } from '../platform/imageDecode'
import { reportError } from './messageStore'
import { useSession } from './sessionStore'

/** A mask of another size than the picture: it waits for a yes. */
export interface PendingMask {
  readonly name: string
  readonly size: Size
  /** Brought to the picture's size. */
  readonly scaled: GrayImage
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
    const { pixels } = await decodeImage(file, file.name)
    if (useSession.getState().editor !== editor) return
    const gray = maskOf(pixels)
    const { width, height } = source.pixels
    if (gray.width === width && gray.height === height) replaceMask(editor, gray)
    else {
      const scaled = resampleGray(gray, width, height)
      const size = { width: gray.width, height: gray.height }
      useMaskImport.setState({ pending: { name: file.name, size, scaled, editor } })
    }
  } catch (error) {
    reportError(error)
  }
}

export function takePending(): void {
  const { pending } = useMaskImport.getState()
  dropPending()
  if (pending && useSession.getState().editor === pending.editor) replaceMask(pending.editor, pending.scaled)
}

export function dropPending(): void {
  useMaskImport.setState({ pending: null })
}

function replaceMask(editor: MaskEditor, gray: GrayImage): void {
  editor.apply({ kind: 'raster', mode: 'replace', rect: rectOf(gray), runs: encodeRuns(gray) })
}

function maskOf(image: RgbaImage): GrayImage {
  const { width, height, data } = image
  const byAlpha = !isOpaque(image)
  const out = new Uint8Array(width * height)
  for (let p = 0; p < out.length; p++) {
    const i = p * 4
    // Rec. 601 weights in whole numbers that add up to 256: grey stays the grey it was.
    out[p] = byAlpha ? data[i + 3] : (77 * data[i] + 150 * data[i + 1] + 29 * data[i + 2]) >> 8
  }
  return { width, height, data: out }
}
