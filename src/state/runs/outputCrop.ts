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

/** @param readStored reads them from disk, once they are there */
export function heldCrop(image: RgbaImage, readStored: () => Promise<RgbaImage>): OutputCrop {
  let held: RgbaImage | null = image
  let known = new WeakRef(image)
  const { width, height, profile } = image
  let reading: Promise<RgbaImage> | null = null

  const readAgain = async () => {
    try {
      const pixels = await readStored()
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
      const pixels = held ?? known.deref()
      if (pixels) return Promise.resolve(pixels)
      reading ??= readAgain()
      return reading
    },
    release() {
      held = null
    },
  }
}
