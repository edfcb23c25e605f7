import type { PixelKey } from '../../core/document/document'
import type { Rect } from '../../core/geometry'
import type { RgbaImage } from '../../core/image/raster'
import type { PixelStore } from '../session/pixelStore'
import { heldCrop } from './outputCrop'
import type { ReadyOutput } from './runs'
import type { Waiting } from './waitingPixels'

/**
 * What an output's pixels are read from: held until both crop and raw answer are on disk.
 * @param size of the crop, and its profile
 * @param rawRect where the model's own answer lies, image px; null where it has none
 * @param readStored reads the crop from disk
 */
export function heldAnswer(
  held: Waiting,
  size: Omit<RgbaImage, 'data'>,
  rawRect: Rect | null,
  pixels: PixelStore,
  readStored: () => Promise<RgbaImage>,
): Pick<ReadyOutput, 'crop' | 'raw'> {
  const crop = heldCrop(size, async () => (await held.read()).crop, readStored)
  let key: Promise<PixelKey> | null = null
  let isStored = false
  let isKept = rawRect === null
  const releaseBoth = () => {
    if (isStored && isKept) held.release()
  }
  const keep = async () => {
    try {
      const { raw } = await held.read()
      // Most outputs are never applied.
      const made = await pixels.keep(raw!, false)
      isKept = true
      releaseBoth()
      return made
    } catch (error) {
      key = null
      throw error
    }
  }
  return {
    crop: {
      ...crop,
      release() {
        crop.release()
        isStored = true
        releaseBoth()
      },
    },
    raw: rawRect && {
      rect: rawRect,
      key() {
        key ??= keep()
        return key
      },
    },
  }
}
