import type { ImagePoint } from '../core/geometry'
import { rectOf } from '../core/geometry'
import type { GrayImage, RgbaImage } from '../core/image/raster'
import { isOpaque } from '../core/image/raster'
import { resampleGray } from '../core/image/resample'
import { readMask } from '../core/mask/mask'
import type { MaskCommand } from '../core/mask/maskCommand'
import { type MaskOperation, operationRegion } from '../core/mask/maskOperation'
import { encodeRuns } from '../core/mask/maskRuns'
import type { MaskEditor } from '../editor/maskEditor'
import { decodeImage } from '../platform/imageDecode'
import { computeOperation, computeSelection } from '../platform/maskClient'
import { useEditor } from './editorStore'
import { notify, reportError } from './messageStore'
import { useSession } from './sessionStore'

/** Changes the whole mask as one undo step; computed in a worker, dropped if the mask changed meanwhile. */
export async function applyOperation(operation: MaskOperation): Promise<void> {
  const { editor } = useSession.getState()
  if (!editor) return
  editor.finish()
  const region = operationRegion(editor.mask, operation)
  if (region.width === 0) return
  const { revision } = useSession.getState()
  try {
    const image = await computeOperation(readMask(editor.mask, region), operation)
    const now = useSession.getState()
    if (now.editor === editor && now.revision === revision) editor.applyComputed(operation, region, image)
  } catch (error) {
    reportError(error)
  }
}

/** What the magic wand takes at a point, with the tool's settings; null where the picture is another by then. */
export async function selectAt(point: ImagePoint, erase: boolean): Promise<MaskCommand | null> {
  const { source } = useSession.getState()
  const { wand } = useEditor.getState()
  if (!source) return null
  const { width, height } = source.pixels
  if (point.x < 0 || point.y < 0 || point.x >= width || point.y >= height) return null
  try {
    const image = await computeSelection(source.key, source.pixels, point, wand)
    return useSession.getState().source === source ? rasterCommand(image, erase ? 'erase' : 'paint') : null
  } catch (error) {
    reportError(error)
    return null
  }
}

function rasterCommand(image: GrayImage, mode: 'paint' | 'erase' | 'replace'): MaskCommand {
  return { kind: 'raster', mode, rect: rectOf(image), runs: encodeRuns(image) }
}

export function selectAll(editor: MaskEditor): void {
  const { frame } = editor.mask
  editor.apply({ kind: 'rectangle', mode: 'paint', rect: frame })
}

/**
 * Replaces the mask by a picture: its alpha where it has any, else its brightness. One of another size is scaled to
 * the picture's, and the page says so (undo takes it back).
 */
export async function importMask(file: File): Promise<void> {
  const { source, editor } = useSession.getState()
  if (!source || !editor) return
  try {
    const { pixels } = await decodeImage(file, file.name)
    const gray = maskOf(pixels)
    const { width, height } = source.pixels
    if (useSession.getState().editor !== editor) return
    if (gray.width !== width || gray.height !== height) {
      notify('mask-scaled', { fromWidth: gray.width, fromHeight: gray.height, width, height })
    }
    editor.apply(rasterCommand(resampleGray(gray, width, height), 'replace'))
  } catch (error) {
    reportError(error)
  }
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
