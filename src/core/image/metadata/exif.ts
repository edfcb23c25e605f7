import type { Size } from '../../geometry'
import { asciiAt, joinBytes } from '../file/fileBytes'

/** What the EXIF of a picture tells of its camera. */
export interface CameraFacts {
  /** It names camera, lens, time or exposure. */
  readonly camera: boolean
  /** It says where it was taken. */
  readonly location: boolean
}

/** Bytes of one value, by TIFF type. */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]
const LONG = 4
const SHORT = 3

const ORIENTATION = 0x0112
const EXIF_IFD = 0x8769
const GPS_IFD = 0x8825
const MAKER_NOTE = 0x927c
const INTEROPERABILITY = 0xa005
const PIXEL_WIDTH = 0xa002
const PIXEL_HEIGHT = 0xa003

/** Of the first directory: description, make, model, resolution, software, time, artist, copyright. */
const KEPT = new Set([0x010e, 0x010f, 0x0110, 0x011a, 0x011b, 0x0128, 0x0131, 0x0132, 0x013b, 0x8298])
/** A maker's note may hold anything, a place too, and cannot be moved. */
const LEFT_OUT = new Set([MAKER_NOTE, INTEROPERABILITY, PIXEL_WIDTH, PIXEL_HEIGHT])

const MAX_ENTRIES = 200
/** Of one value; longer ones are left out. */
const MAX_VALUE_BYTES = 8 * 1024
/** Of the whole: it has to fit a JPEG's segment. */
const MAX_EXIF_BYTES = 60 * 1024

interface Entry {
  readonly tag: number
  readonly type: number
  readonly count: number
  readonly value: Uint8Array
}

interface Directories {
  readonly little: boolean
  readonly main: readonly Entry[]
  readonly exif: readonly Entry[]
  readonly gps: readonly Entry[]
}

/** @param tiff a TIFF structure, without the mark in front of it in a JPEG */
export function cameraFacts(tiff: Uint8Array): CameraFacts {
  const read = readDirectories(tiff)
  if (!read) return { camera: false, location: false }
  return { camera: read.main.length + read.exif.length > 0, location: read.gps.length > 0 }
}

/**
 * EXIF for a picture that was made of another: upright, of its own size, without the thumbnail, the maker's note and
 * what is damaged.
 * @param tiff a TIFF structure; untrusted
 * @param size of the picture that it is for, px
 * @param location whether the place goes along
 * @returns null where nothing is left
 */
export function cleanExif(tiff: Uint8Array, size: Size, location: boolean): Uint8Array<ArrayBuffer> | null {
  const read = readDirectories(tiff)
  if (!read || read.main.length + read.exif.length + (location ? read.gps.length : 0) === 0) return null
  const { little } = read
  const number = (tag: number, type: number, value: number) => numberEntry(tag, type, value, little)
  const gps = location ? read.gps : []
  const exif = [...read.exif, number(PIXEL_WIDTH, LONG, size.width), number(PIXEL_HEIGHT, LONG, size.height)]
  const main = [...read.main, number(ORIENTATION, SHORT, 1), number(EXIF_IFD, LONG, 0)]
  if (gps.length > 0) main.push(number(GPS_IFD, LONG, 0))
  const exifAt = 8 + directoryBytes(main)
  const gpsAt = exifAt + directoryBytes(exif)
  const pointed = main.map((entry) => {
    if (entry.tag === EXIF_IFD) return number(EXIF_IFD, LONG, exifAt)
    return entry.tag === GPS_IFD ? number(GPS_IFD, LONG, gpsAt) : entry
  })
  const head = Uint8Array.from(little ? [0x49, 0x49, 42, 0, 8, 0, 0, 0] : [0x4d, 0x4d, 0, 42, 0, 0, 0, 8])
  const out = joinBytes([
    head,
    directory(pointed, 8, little),
    directory(exif, exifAt, little),
    ...(gps.length > 0 ? [directory(gps, gpsAt, little)] : []),
  ])
  return out.length <= MAX_EXIF_BYTES ? out : null
}

function readDirectories(tiff: Uint8Array): Directories | null {
  const order = asciiAt(tiff, 0, 2)
  if (tiff.length < 8 || (order !== 'II' && order !== 'MM')) return null
  const little = order === 'II'
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  if (view.getUint16(2, little) !== 42) return null
  const all = readEntries(view, view.getUint32(4, little), little)
  const below = (tag: number) => {
    const pointer = all.find((entry) => entry.tag === tag && entry.type === LONG)?.value
    if (!pointer) return []
    return readEntries(view, new DataView(pointer.buffer, pointer.byteOffset).getUint32(0, little), little)
  }
  return {
    little,
    main: all.filter(({ tag }) => KEPT.has(tag)),
    exif: below(EXIF_IFD).filter(({ tag }) => !LEFT_OUT.has(tag)),
    gps: below(GPS_IFD),
  }
}

/** The entries of a directory whose values lie in the file, each tag once. */
function readEntries(view: DataView, at: number, little: boolean): Entry[] {
  if (at + 2 > view.byteLength) return []
  const count = Math.min(MAX_ENTRIES, view.getUint16(at, little))
  const entries = new Map<number, Entry>()
  for (let i = 0; i < count; i++) {
    const from = at + 2 + i * 12
    if (from + 12 > view.byteLength) break
    const tag = view.getUint16(from, little)
    const type = view.getUint16(from + 2, little)
    const values = view.getUint32(from + 4, little)
    const bytes = (TYPE_BYTES[type] ?? 0) * values
    if (bytes === 0 || bytes > MAX_VALUE_BYTES || entries.has(tag)) continue
    const start = bytes <= 4 ? from + 8 : view.getUint32(from + 8, little)
    if (start + bytes > view.byteLength) continue
    const value = new Uint8Array(view.buffer, view.byteOffset + start, bytes).slice()
    entries.set(tag, { tag, type, count: values, value })
  }
  return [...entries.values()]
}

function numberEntry(tag: number, type: number, value: number, little: boolean): Entry {
  const bytes = new Uint8Array(TYPE_BYTES[type])
  const view = new DataView(bytes.buffer)
  if (type === SHORT) view.setUint16(0, value, little)
  else view.setUint32(0, value, little)
  return { tag, type, count: 1, value: bytes }
}

/** Values of up to four bytes stand in the entry, others behind the directory, each on an even offset. */
function outsideBytes({ value }: Entry): number {
  return value.length <= 4 ? 0 : value.length + (value.length & 1)
}

function directoryBytes(entries: readonly Entry[]): number {
  return entries.reduce((sum, entry) => sum + 12 + outsideBytes(entry), 2 + 4)
}

function directory(entries: readonly Entry[], at: number, little: boolean): Uint8Array {
  const out = new Uint8Array(directoryBytes(entries))
  const view = new DataView(out.buffer)
  view.setUint16(0, entries.length, little)
  let behind = 2 + entries.length * 12 + 4
  for (const [i, entry] of entries.toSorted((a, b) => a.tag - b.tag).entries()) {
    const from = 2 + i * 12
    view.setUint16(from, entry.tag, little)
    view.setUint16(from + 2, entry.type, little)
    view.setUint32(from + 4, entry.count, little)
    if (entry.value.length <= 4) out.set(entry.value, from + 8)
    else {
      view.setUint32(from + 8, at + behind, little)
      out.set(entry.value, behind)
      behind += outsideBytes(entry)
    }
  }
  return out
}
