import { type ByteSource, LOCAL, LOCAL_BYTES, viewOf, type ZipEntry } from './zipDirectory'

/** Follows an entry whose size its header does not tell. */
const DESCRIPTOR = [0x50, 0x4b, 0x07, 0x08]
const DESCRIPTOR_BYTES = 16

/**
 * The first entry of a zip that was cut off, where it is text that was stored as it is.
 * @param name of it
 * @param limit bytes that are searched for its end
 * @returns null where it is another entry, or its end is missing
 */
export async function firstText(source: ByteSource, name: string, limit: number): Promise<string | null> {
  const start = LOCAL_BYTES + name.length
  if (!(await hasHeader(source, 0, name))) return null
  const bytes = await source.read(start, Math.min(source.size, start + limit))
  // Text has no such bytes: it ends at the first.
  for (let at = bytes.indexOf(DESCRIPTOR[0]); at >= 0; at = bytes.indexOf(DESCRIPTOR[0], at + 1)) {
    if (DESCRIPTOR.every((byte, i) => bytes[at + i] === byte))
      return new TextDecoder().decode(bytes.subarray(0, at))
  }
  return null
}

/**
 * The entries behind the first one, as far as they are there whole: they lie one behind the other.
 * @param first the first entry's text
 * @param parts the others in order, as the first one names them
 */
export async function laterEntries(
  source: ByteSource,
  first: { readonly name: string; readonly text: string },
  parts: readonly { readonly name: string; readonly bytes: number }[],
): Promise<ZipEntry[]> {
  const found: ZipEntry[] = []
  let at = LOCAL_BYTES + first.name.length + new TextEncoder().encode(first.text).length + DESCRIPTOR_BYTES
  for (const { name, bytes } of parts) {
    const end = at + LOCAL_BYTES + name.length + bytes
    if (end > source.size || !(await hasHeader(source, at, name))) break
    found.push({ name, deflated: false, offset: at, bytes, unpackedBytes: bytes })
    at = end + DESCRIPTOR_BYTES
  }
  return found
}

async function hasHeader({ read }: ByteSource, at: number, name: string): Promise<boolean> {
  const header = await read(at, at + LOCAL_BYTES + name.length)
  if (header.length < LOCAL_BYTES + name.length) return false
  const view = viewOf(header)
  return (
    view.getUint32(0, true) === LOCAL &&
    view.getUint16(8, true) === 0 &&
    view.getUint16(26, true) === name.length &&
    view.getUint16(28, true) === 0 &&
    new TextDecoder().decode(header.subarray(LOCAL_BYTES)) === name
  )
}
