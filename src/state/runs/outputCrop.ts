import type { Size } from '../../core/geometry'
import type { IccProfile, RgbaImage } from '../../core/image/raster'

/** The pixels of an output: in memory until they are on disk, then read from there when they are wanted. */
export interface OutputCrop extends Size {
  readonly profile: IccProfile | undefined
  /** @throws AppError where they are gone from disk */
  read(): Promise<RgbaImage>
  /** They are on disk: memory is not needed for them any more. */
  release(): void
}

/**
 * @param size and profile of the pixels
 * @param readHeld reads them until they are on disk
 * @param readStored reads them from disk, once they are there
 */
export function heldCrop(
  { width, height, profile }: Omit<RgbaImage, 'data'>,
  readHeld: () => Promise<RgbaImage>,
  readStored: () => Promise<RgbaImage>,
): OutputCrop {
  let isStored = false
  let known: WeakRef<RgbaImage> | null = null
  let reading: Promise<RgbaImage> | null = null

  const readNow = async () => {
    try {
      const pixels = await (isStored ? readStored() : readHeld())
      known = new WeakRef(pixels)
      return pixels
    } finally {
      reading = null
    }
  }

  return {
    width,
    height,
    profile,
    read() {
      const pixels = known?.deref()
      if (pixels) return Promise.resolve(pixels)
      reading ??= readNow()
      return reading
    },
    release() {
      isStored = true
    },
  }
}
