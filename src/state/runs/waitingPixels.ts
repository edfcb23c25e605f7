import { freeBytes } from '../../core/freeBytes'
import type { RgbaImage } from '../../core/image/raster'

/** Pixels of answers that are held until they are on disk, bytes: of those beyond, the file is. */
const MAX_WAITING_BYTES = 128 * 2 ** 20

/** What an answer came to. */
export interface PlacedPixels {
  readonly crop: RgbaImage
  /** null for a picture of its own; the crop's where the model painted by itself. */
  readonly raw: RgbaImage | null
}

/** The pixels of one answer until they are on disk. */
export interface Waiting {
  /** @throws AppError where they could not be made again */
  read(): Promise<PlacedPixels>
  /** They are on disk. */
  release(): void
}

export interface WaitingPixels {
  /**
   * Takes in what is to be written. One alone is held whatever its size.
   * @param again makes the same from what was fetched: then the pixels may be freed at once; null where it cannot be
   */
  hold(placed: PlacedPixels, again: (() => Promise<PlacedPixels>) | null): Waiting
}

/** @param maxBytes of pixels, over all answers that wait */
export function createWaitingPixels(maxBytes = MAX_WAITING_BYTES): WaitingPixels {
  let bytes = 0
  /** Made again last: crop and raw pixels are written one after the other. */
  let latest: { readonly of: object; readonly made: Promise<PlacedPixels> } | null = null

  return {
    hold(placed, again) {
      const key = {}
      const buffers = [...new Set([placed.crop.data, ...(placed.raw ? [placed.raw.data] : [])])]
      const size = buffers.reduce((sum, { length }) => sum + length, 0)
      let held: PlacedPixels | null = placed
      let make = again
      if (again && bytes > 0 && bytes + size > maxBytes) {
        held = null
        for (const data of buffers) freeBytes(data)
      } else bytes += size

      const makeAgain = async (work: () => Promise<PlacedPixels>) => {
        try {
          return await work()
        } catch (error) {
          if (latest?.of === key) latest = null
          throw error
        }
      }
      return {
        read() {
          if (held) return Promise.resolve(held)
          if (latest?.of !== key) latest = { of: key, made: makeAgain(make!) }
          return latest.made
        },
        release() {
          if (held) bytes -= size
          held = null
          make = null
          if (latest?.of === key) latest = null
        },
      }
    },
  }
}
