import { transfer } from 'comlink'
import type { GrayImage, RgbaImage } from '../core/image/raster'
import { codec } from './codecClient'
import { copyImage } from './copyImage'

/** A copy for the worker. */
async function copied<T extends RgbaImage | GrayImage>(image: T): Promise<T> {
  const copy = await copyImage(image)
  return transfer(copy, [copy.data.buffer])
}

/** Encodes a lossless PNG: grey for a mask, RGB or RGBA for a picture, with its profile and no other metadata. */
export async function encodePng(image: RgbaImage | GrayImage): Promise<Blob> {
  const moved = await copied(image)
  return codec.call((api) => api.encodePng(moved))
}

/** `encodePng` for a model: with values of sRGB, as no server is told of a profile. */
export async function encodeSrgbPng(image: RgbaImage | GrayImage): Promise<Blob> {
  const moved = await copied(image)
  return codec.call((api) => api.encodeSrgbPng(moved))
}

/** Qualities that are tried, best first. */
const SMALL_QUALITIES = [0.9, 0.75, 0.6, 0.45]
/** More pixels than this never come down to a link's size. */
const MAX_SMALL_PIXELS = 2 ** 21

/**
 * A WebP of at most `maxBytes`, at the picture's own size and without metadata.
 * @returns null where no quality is small enough, or the browser writes no WebP
 */
export async function encodeSmall(
  image: RgbaImage,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (image.width * image.height > MAX_SMALL_PIXELS) return null
  for (const quality of SMALL_QUALITIES) {
    const blob = await codec.call((api) => api.encodeLossy(image, 'image/webp', quality))
    if (blob.type !== 'image/webp') return null
    if (blob.size <= maxBytes) return new Uint8Array(await blob.arrayBuffer())
  }
  return null
}

/** @returns a `data:` URI of the blob's bytes */
export function toDataUri(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(reader.result as string))
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The file could not be read')))
    reader.readAsDataURL(blob)
  })
}
