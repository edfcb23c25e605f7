import type { Size } from '../../core/geometry'
import { isOpaque, type RgbaImage } from '../../core/image/raster'
import { hasExif, isPublicUrl } from '../../core/url/publicUrl'
import { selectModel } from '../model/formSelectors'
import { polarityOf } from '../model/models'
import type { LinkRooms } from './linkRooms'

/** EXIF stands within the first bytes of a file. */
const EXIF_BYTES = 64 * 1024
const MASK_TIMEOUT_MS = 30_000

/**
 * Makes the picture at an address the mask of what is open, brought to its size: its bright part is repainted, or its
 * dark one where the model repaints black. The address is remembered as the mask's if any server would read the same
 * mask from it. Drawing meanwhile keeps what was drawn.
 */
export async function openLinkedMask(rooms: LinkRooms, url: string): Promise<void> {
  const { ports, messages, session, models, forms } = rooms
  const { editor, frame } = session.store.getState()
  if (!editor || !frame) {
    messages.notify('settings-dropped', { names: 'mask' })
    return
  }
  const { edits } = editor
  const polarity = polarityOf(models.store.getState(), selectModel(forms.context())) ?? 'white'
  try {
    const fetched = await ports.network.fetchImage(url, AbortSignal.timeout(MASK_TIMEOUT_MS))
    const pixels = await ports.codec.pixels(fetched.blob, fetched.name)
    const toned = polarity === 'black' ? inverted(pixels) : pixels
    const imported = await ports.masks.importMask(toned, frame)
    const isSame =
      isOpaque(pixels) &&
      isSameShape(pixels, frame) &&
      isPublicUrl(fetched.url, new URL(ports.page.base).origin) &&
      !(await mayTurn(fetched.blob))
    if (session.editor() !== editor || editor.edits !== edits) return
    if (isSame) session.linkMask(imported.command, fetched.url)
    editor.applyComputed(imported, edits)
  } catch (error) {
    if (session.editor() === editor) messages.report(error)
  }
}

/** Only a JPEG carries an orientation that not every server applies. */
async function mayTurn(blob: Blob): Promise<boolean> {
  if (blob.type !== 'image/jpeg') return false
  return hasExif(new Uint8Array(await blob.slice(0, EXIF_BYTES).arrayBuffer()))
}

function isSameShape(a: Size, b: Size): boolean {
  return Math.abs(a.width * b.height - b.width * a.height) <= Math.max(a.width, b.width, a.height, b.height)
}

/** Bright and dark exchanged; alpha, where there is any, is the mask itself and stays. */
function inverted(picture: RgbaImage): RgbaImage {
  if (!isOpaque(picture)) return picture
  const data = picture.data.map((value, i) => (i % 4 === 3 ? value : 255 - value))
  return { ...picture, data }
}
