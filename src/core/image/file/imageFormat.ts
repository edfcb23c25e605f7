import { asciiAt } from './fileBytes'

export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'bmp' | 'avif' | 'heic' | 'tiff' | 'svg'

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47]
/** Little and big endian. */
const TIFF_STARTS = new Set(['II*\0', 'MM\0*'])
const SVG = /^(<\?xml[^]*?>\s*)?(<!--[^]*?-->\s*|<!DOCTYPE svg[^]*?>\s*)*<svg[\s>]/i

/**
 * Tells the format by a file's first bytes, never by its name.
 * @param bytes 1 KB of them is enough
 * @returns null where the format is unknown
 */
export function imageFormat(bytes: Uint8Array): ImageFormat | null {
  if (PNG_SIGNATURE.every((byte, i) => bytes[i] === byte)) return 'png'
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'jpeg'
  if (asciiAt(bytes, 0, 4) === 'RIFF' && asciiAt(bytes, 8, 4) === 'WEBP') return 'webp'
  if (asciiAt(bytes, 0, 4) === 'GIF8') return 'gif'
  if (asciiAt(bytes, 0, 2) === 'BM' && bytes.length >= 26) return 'bmp'
  if (TIFF_STARTS.has(asciiAt(bytes, 0, 4))) return 'tiff'
  if (asciiAt(bytes, 4, 4) === 'ftyp') {
    const brands = asciiAt(bytes, 8, 32)
    if (/avi[fs]/.test(brands)) return 'avif'
    if (/hei[cx]|mif1/.test(brands)) return 'heic'
  }
  return SVG.test(new TextDecoder().decode(bytes.subarray(0, 1024)).trimStart()) ? 'svg' : null
}
