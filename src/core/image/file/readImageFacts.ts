import { bmpFacts } from './bmpFacts'
import type { FileBytes } from './fileBytes'
import { gifFacts } from './gifFacts'
import { type ImageFacts, NO_FACTS } from './imageFacts'
import { type ImageFormat, imageFormat } from './imageFormat'
import { isoFacts } from './isoFacts'
import { jpegFacts } from './jpegFacts'
import { pngFacts } from './pngFacts'
import { tiffFacts } from './tiffTags'
import { webpFacts } from './webpFacts'

const READERS: Readonly<Partial<Record<ImageFormat, (file: FileBytes) => Promise<ImageFacts>>>> = {
  png: pngFacts,
  jpeg: jpegFacts,
  webp: webpFacts,
  gif: gifFacts,
  bmp: bmpFacts,
  avif: isoFacts,
  heic: isoFacts,
  tiff: tiffFacts,
}

/**
 * Reads what limits, exactness and colour depend on, so that a file over a limit is refused before it is decoded.
 * @returns null where the format is unknown
 */
export async function readImageFacts(
  file: FileBytes,
): Promise<{ format: ImageFormat; facts: ImageFacts } | null> {
  const format = imageFormat(await file.bytes(0, 1024))
  return format && { format, facts: (await READERS[format]?.(file)) ?? NO_FACTS }
}
