import type { GrayImage, RgbaImage } from '../core/image/raster'
import { nextTask } from './nextTask'
import { SLICE_BYTES } from './readAll'

/** A copy to be transferred, made in slices: the browser would copy all of a large picture in one long task. */
export async function copyImage<T extends RgbaImage | GrayImage>(image: T): Promise<T> {
  const { data } = image
  const copy =
    data instanceof Uint8ClampedArray ? new Uint8ClampedArray(data.length) : new Uint8Array(data.length)
  for (let at = 0; at < data.length; at += SLICE_BYTES) {
    if (at > 0) await nextTask()
    copy.set(data.subarray(at, at + SLICE_BYTES), at)
  }
  return { ...image, data: copy }
}
