import { AppError } from '../errors'

/** A file that is read in places: it may be larger than memory. */
export interface ByteSource {
  readonly size: number
  /** @returns the bytes from `start` up to, not including, `end` */
  readonly read: (start: number, end: number) => Promise<Uint8Array>
}

/** An entry of a zip, as its directory names it. */
export interface ZipEntry {
  readonly name: string
  readonly deflated: boolean
  /** Where its own header begins. */
  readonly offset: number
  /** As it lies in the zip. */
  readonly bytes: number
  readonly unpackedBytes: number
}

/** Max entries of a zip that is opened here. */
export const MAX_ZIP_ENTRIES = 5000
/** Max bytes of all entries, unpacked. */
export const MAX_ZIP_BYTES = 2 * 2 ** 30
/** Max unpacked bytes for each packed byte of an entry: JSON comes near it, pictures and commands do not. */
const MAX_RATIO = 200
const MAX_NAME_BYTES = 200
/** A comment may follow the end record. */
const MAX_END_BYTES = 22 + 65_535
const END = 0x06054b50
const CENTRAL = 0x02014b50
export const LOCAL = 0x04034b50
export const LOCAL_BYTES = 30
const CENTRAL_BYTES = 46
/** What stands in place of a number that needs the 64-bit format. */
const IN_ZIP64 = 0xffffffff
/** Plain parts with slashes between: nothing that is a path elsewhere, a drive or markup. */
const PLAIN_NAME = /^[\w.-]+(?:\/[\w.-]+)*\/?$/

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/**
 * Reads the directory at the end of a zip; nothing is unpacked.
 * @returns null where it has none, as one that was cut off
 * @throws AppError `project/unreadable`, `project/unsafe` or `project/too-large`
 */
export async function readZipDirectory(source: ByteSource): Promise<readonly ZipEntry[] | null> {
  const end = await readEnd(source)
  if (!end) return null
  const { count, start, bytes } = end
  if (count > MAX_ZIP_ENTRIES) throw new AppError('project/too-large')
  if (start + bytes > source.size || bytes > count * (CENTRAL_BYTES + 3 * 65_535)) throw damaged()
  const entries = readCentral(await source.read(start, start + bytes), count)
  check(entries, start)
  return entries
}

async function readEnd({ size, read }: ByteSource) {
  const from = Math.max(0, size - MAX_END_BYTES)
  const tail = await read(from, size)
  const view = viewOf(tail)
  for (let at = tail.length - 22; at >= 0; at--) {
    // With its comment it reaches to the end; the same bytes inside a picture do not.
    if (view.getUint32(at, true) !== END || at + 22 + view.getUint16(at + 20, true) !== tail.length) continue
    const [disk, startDisk] = [view.getUint16(at + 4, true), view.getUint16(at + 6, true)]
    const count = view.getUint16(at + 10, true)
    const bytes = view.getUint32(at + 12, true)
    const start = view.getUint32(at + 16, true)
    if (start === IN_ZIP64 || bytes === IN_ZIP64) throw new AppError('project/too-large')
    if (disk !== 0 || startDisk !== 0 || view.getUint16(at + 8, true) !== count) throw damaged()
    return { count, start, bytes }
  }
  return null
}

function readCentral(central: Uint8Array, count: number): ZipEntry[] {
  const view = viewOf(central)
  const entries: ZipEntry[] = []
  let at = 0
  while (entries.length < count) {
    if (at + CENTRAL_BYTES > central.length || view.getUint32(at, true) !== CENTRAL) throw damaged()
    const flags = view.getUint16(at + 8, true)
    const method = view.getUint16(at + 10, true)
    const nameBytes = view.getUint16(at + 28, true)
    const next =
      at + CENTRAL_BYTES + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    // Encrypted, or packed in a way that no page unpacks.
    if (flags & 1 || (method !== 0 && method !== 8) || next > central.length) throw damaged()
    if (nameBytes > MAX_NAME_BYTES) throw new AppError('project/unsafe')
    const name = new TextDecoder().decode(
      central.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameBytes),
    )
    entries.push({
      name,
      deflated: method === 8,
      bytes: view.getUint32(at + 20, true),
      unpackedBytes: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    })
    at = next
  }
  return entries
}

/** @param start of the directory: all entries lie before it */
function check(entries: readonly ZipEntry[], start: number): void {
  const names = new Set<string>()
  let total = 0
  for (const { name, deflated, bytes, unpackedBytes } of entries) {
    const isPlain = PLAIN_NAME.test(name) && !name.split('/').some((part) => /^\.+$/.test(part))
    if (!isPlain || names.has(name.toLowerCase())) throw new AppError('project/unsafe')
    names.add(name.toLowerCase())
    if (!deflated && bytes !== unpackedBytes) throw damaged()
    if (unpackedBytes > MAX_RATIO * Math.max(bytes, 1)) throw new AppError('project/too-large')
    total += unpackedBytes
  }
  if (total > MAX_ZIP_BYTES) throw new AppError('project/too-large')
  // Entries that share their bytes unpack to far more than the file has.
  let free = 0
  for (const { offset, bytes } of entries.toSorted((a, b) => a.offset - b.offset)) {
    if (offset < free || offset + LOCAL_BYTES + bytes > start) throw new AppError('project/unsafe')
    free = offset + LOCAL_BYTES + bytes
  }
}

/**
 * Where an entry's bytes begin.
 * @throws AppError `project/unreadable` where it has no header of its own there
 */
export async function entryStart({ read, size }: ByteSource, { offset, bytes }: ZipEntry): Promise<number> {
  const header = await read(offset, offset + LOCAL_BYTES)
  if (header.length < LOCAL_BYTES) throw damaged()
  const view = viewOf(header)
  if (view.getUint32(0, true) !== LOCAL) throw damaged()
  const start = offset + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true)
  if (start + bytes > size) throw damaged()
  return start
}

export function damaged(): AppError {
  return new AppError('project/unreadable')
}
