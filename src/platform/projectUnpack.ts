import {
  decodeProject,
  MANIFEST_NAME,
  MAX_MANIFEST_BYTES,
  type ProjectPart,
  type ReadProject,
  renamedKeys,
} from '../core/document/codec/projectCodec'
import { SHA256 } from '../core/document/codec/projectDocument'
import { AppError } from '../core/errors'
import { MAX_FILE_BYTES } from '../core/image/limits'
import {
  type ByteSource,
  damaged,
  entryStart,
  readZipDirectory,
  type ZipEntry,
} from '../core/zip/zipDirectory'
import { firstText, laterEntries } from '../core/zip/zipRecovery'
import { inflateRaw } from './deflate'
import { sha256 } from './digest'
import type { OfRun, UnpackedProject } from './projectApi'

/** A picture without a file of its own is stored as a PNG of its pixels. */
const MAX_PART_BYTES = 4 * MAX_FILE_BYTES

function sourceOf(file: Blob): ByteSource {
  return {
    size: file.size,
    read: async (start, end) => new Uint8Array(await file.slice(start, end).arrayBuffer()),
  }
}

/**
 * Reads a project as far as it goes. What was stored as it is stays where it lies: nothing is copied.
 * @throws AppError `project/unreadable`, `project/unsafe`, `project/too-large` or `project/newer-version`
 */
export async function unpackProject(file: Blob): Promise<UnpackedProject> {
  const source = sourceOf(file)
  const { read, entries } = await openManifest(file, source)
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  const pixels = new Map<string, Blob>()
  const ofRuns: OfRun[] = []
  const names = new Map<string, string>()
  let missing = 0
  for (const { name, bytes, holds } of read.parts) {
    const blob = await partOf(file, source, byName.get(name), bytes)
    if (!blob) missing += 1
    else if (holds.kind !== 'pixels') ofRuns.push({ holds, blob })
    else {
      const key = (await sha256(blob)) ?? crypto.randomUUID()
      // Not as it was written; a picture may be opened in part all the same.
      if (SHA256.test(holds.key) && SHA256.test(key) && key !== holds.key) missing += 1
      names.set(holds.key, key)
      pixels.set(key, blob)
    }
  }
  return { project: renamedKeys(read, names), pixels, ofRuns, missing }
}

async function openManifest(
  file: Blob,
  source: ByteSource,
): Promise<{ read: ReadProject; entries: readonly ZipEntry[] }> {
  const directory = await readZipDirectory(source)
  if (!directory) {
    const text = await firstText(source, MANIFEST_NAME, MAX_MANIFEST_BYTES)
    if (text === null) throw damaged()
    const read = decodeProject(text)
    return { read, entries: await laterEntries(source, { name: MANIFEST_NAME, text }, read.parts) }
  }
  const entry = directory.find(({ name }) => name === MANIFEST_NAME)
  if (!entry) throw damaged()
  if (entry.unpackedBytes > MAX_MANIFEST_BYTES) throw new AppError('project/too-large')
  const manifest = await contentsOf(file, source, entry)
  return { read: decodeProject(await manifest.text()), entries: directory }
}

/** @returns null where it is not there, or has not the size that the manifest tells */
async function partOf(
  file: Blob,
  source: ByteSource,
  entry: ZipEntry | undefined,
  bytes: ProjectPart['bytes'],
): Promise<Blob | null> {
  if (entry?.unpackedBytes !== bytes || bytes > MAX_PART_BYTES) return null
  try {
    const blob = await contentsOf(file, source, entry)
    return blob.size === bytes ? blob : null
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

async function contentsOf(file: Blob, source: ByteSource, entry: ZipEntry): Promise<Blob> {
  const start = await entryStart(source, entry)
  const stored = file.slice(start, start + entry.bytes, 'application/octet-stream')
  if (!entry.deflated) return stored
  const packed = new Uint8Array(await stored.arrayBuffer())
  try {
    return new Blob([await inflateRaw(packed, entry.unpackedBytes)])
  } catch {
    throw damaged()
  }
}
