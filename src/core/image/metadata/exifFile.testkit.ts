/** One tag of a directory; `value` in the file's byte order. */
export interface ExifTag {
  readonly tag: number
  readonly type: number
  readonly count: number
  readonly value: Uint8Array
}

const ASCII = 2

export function asciiTag(tag: number, text: string): ExifTag {
  const value = new TextEncoder().encode(`${text}\0`)
  return { tag, type: ASCII, count: value.length, value }
}

/** A little-endian TIFF structure as a camera writes it: three directories and a thumbnail's. */
export function exifFile(parts: {
  readonly main?: readonly ExifTag[]
  readonly exif?: readonly ExifTag[]
  readonly gps?: readonly ExifTag[]
  readonly orientation?: number
}): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(16_384)
  const view = new DataView(out.buffer)
  let end = 8
  out.set([0x49, 0x49, 42, 0, 8, 0, 0, 0])
  const write = (tags: readonly ExifTag[], next: number) => {
    const at = end
    end += 2 + tags.length * 12 + 4
    view.setUint16(at, tags.length, true)
    for (const [i, { tag, type, count, value }] of tags.entries()) {
      const from = at + 2 + i * 12
      view.setUint16(from, tag, true)
      view.setUint16(from + 2, type, true)
      view.setUint32(from + 4, count, true)
      if (value.length <= 4) out.set(value, from + 8)
      else {
        view.setUint32(from + 8, end, true)
        out.set(value, end)
        end += value.length
      }
    }
    view.setUint32(at + 2 + tags.length * 12, next, true)
    return at
  }
  const long = (tag: number): ExifTag => ({ tag, type: 4, count: 1, value: new Uint8Array(4) })
  const main = [
    ...(parts.main ?? []),
    { tag: 0x0112, type: 3, count: 1, value: Uint8Array.of(parts.orientation ?? 6, 0) },
    long(0x8769),
    long(0x8825),
  ]
  const start = write(main, 0)
  const point = (tag: number, at: number) => {
    const place = main.findIndex((one) => one.tag === tag)
    view.setUint32(start + 2 + place * 12 + 8, at, true)
  }
  point(0x8769, write(parts.exif ?? [], 0))
  point(0x8825, write(parts.gps ?? [], 0))
  const thumbnail = write([asciiTag(0x010e, 'THUMBNAIL')], 0)
  view.setUint32(start + 2 + main.length * 12, thumbnail, true)
  return out.slice(0, end)
}

/** An independent reader: the tags of a directory by number, with their bytes. */
export function readTags(tiff: Uint8Array, at: number): Map<number, Uint8Array> {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  const sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]
  const tags = new Map<number, Uint8Array>()
  for (let i = 0; i < view.getUint16(at, true); i++) {
    const from = at + 2 + i * 12
    const bytes = sizes[view.getUint16(from + 2, true)] * view.getUint32(from + 4, true)
    const start = bytes <= 4 ? from + 8 : view.getUint32(from + 8, true)
    tags.set(view.getUint16(from, true), tiff.slice(start, start + bytes))
  }
  return tags
}
