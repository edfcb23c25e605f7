import type { RgbaImage } from '../core/image/raster'
import type { FileFacts } from '../platform/exportApi'

/** Pixels of the pictures that tests make: reading a real blob takes time that fake timers do not pass. */
export const pictures = new WeakMap<Blob, RgbaImage>()
const MAX_PIXEL = 251

/** Opaque pixels that differ from seed to seed. */
export function fakeImage(width: number, height: number, seed = 1): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < data.length; i++) data[i] = i % 4 === 3 ? 255 : (i * seed) % MAX_PIXEL
  return { width, height, data }
}

/** Another file of the same bytes. */
export function copyOf(file: Blob): Blob {
  const copy = new Blob([file], { type: file.type })
  const pixels = pictures.get(file)
  const facts = fileFacts.get(file)
  if (pixels) pictures.set(copy, pixels)
  if (facts) fileFacts.set(copy, facts)
  return copy
}

/** A file that the fake codec decodes. */
export function fakeFile(name: string, width = 64, height = 48, seed = 1): File {
  const file = new File([`${name} ${width} ${height} ${seed}`], name, { type: 'image/png' })
  pictures.set(file, fakeImage(width, height, seed))
  return file
}

/** The inverse of the fake `encodeSmall`: a width and a height. */
export async function smallPicture(blob: Blob): Promise<RgbaImage | null> {
  if (blob.size !== 2) return null
  const [width, height] = new Uint8Array(await blob.arrayBuffer())
  return fakeImage(width, height)
}

/** What files carry beside pixels. */
export const fileFacts = new WeakMap<Blob, FileFacts>()
export const NO_FACTS: FileFacts = { camera: false, location: false, document: null, damaged: false }

/** Says what a file carries, where it differs from nothing. */
export function setFileFacts(file: Blob, facts: Partial<FileFacts>): void {
  fileFacts.set(file, { ...NO_FACTS, ...facts })
}

/** The pixels of a file that the fake codec made. */
export function pixelsOf(blob: Blob): RgbaImage | undefined {
  return pictures.get(blob)
}

/** A file of these pixels. */
export function blobOf(image: RgbaImage, type = 'image/png'): Blob {
  const blob = new Blob(['pixels'], { type })
  pictures.set(blob, image)
  return blob
}

/** Tells pixels apart; no cryptography. */
export function digestOf({ width, data }: RgbaImage): string {
  let hash = width
  for (const value of data) hash = (Math.imul(hash, 31) + value) | 0
  return `${data.length}-${hash}`
}
