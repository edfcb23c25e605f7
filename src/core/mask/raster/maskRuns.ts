import { ByteReader, ByteWriter } from '../../bytes'
import { AppError } from '../../errors'
import { createGray, type GrayImage } from '../../image/raster'

/** Run lengths of a grey raster, row after row: each a value and how often it repeats (a varint). */
export function encodeRuns({ data }: GrayImage): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter()
  for (let i = 0; i < data.length;) {
    const value = data[i]
    let end = i + 1
    while (end < data.length && data[end] === value) end++
    out.byte(value)
    out.varint(end - i)
    i = end
  }
  return out.finish()
}

/** The inverse of `encodeRuns`. @throws AppError `share/unreadable` where the runs do not fill the raster exactly */
export function decodeRuns(runs: Uint8Array, width: number, height: number): GrayImage {
  const image = createGray(width, height)
  const reader = new ByteReader(runs)
  let at = 0
  while (!reader.done) {
    const value = reader.byte()
    const count = reader.varint(image.data.length - at)
    image.data.fill(value, at, at + count)
    at += count
  }
  if (at !== image.data.length) throw new AppError('share/unreadable', { detail: 'damaged' })
  return image
}
