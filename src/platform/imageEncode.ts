import type { GrayImage, RgbaImage } from '../core/image/raster'
import { codec } from './codecClient'

export type ExportFormat = 'png' | 'jpeg' | 'webp'

const QUALITY = 0.92

/** Encodes a lossless PNG: grey for a mask, RGB or RGBA for a picture, with its profile and no other metadata. */
export async function encodePng(image: RgbaImage | GrayImage): Promise<Blob> {
  const bytes = await codec.call((api) => api.encodePng(image))
  return new Blob([bytes], { type: 'image/png' })
}

/** `encodePng` for a model: with values of sRGB, as no server is told of a profile. */
export async function encodeSrgbPng(image: RgbaImage | GrayImage): Promise<Blob> {
  const bytes = await codec.call((api) => api.encodeSrgbPng(image))
  return new Blob([bytes], { type: 'image/png' })
}

/** @returns a blob; its `type` is PNG where the browser cannot write the format */
export async function encodeImage(image: RgbaImage, format: ExportFormat): Promise<Blob> {
  if (format === 'png') return encodePng(image)
  return codec.call((api) => api.encodeLossy(image, `image/${format}`, QUALITY))
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
