import type { JsonValue } from '../core/json'
import { ifAlone, whenAlone } from './locks'

/** A file that this origin keeps under its hash, with what was noted of it. */
export interface StoredFile {
  readonly id: string
  readonly note: JsonValue
  readonly bytes: number
  /** False where it is kept until the page is closed. */
  readonly isKept: boolean
}

const FOLDER = 'models'
const [FILE, NOTE] = ['.onnx', '.json']
/** Held while files are written: until then a file has no note. */
const WRITING = 'models'
/** Bytes hashed at once. */
const PIECE_BYTES = 16 * 2 ** 20

/** What the browser keeps no files for: gone with the page. */
const inMemory = new Map<string, { readonly file: Blob; readonly note: JsonValue }>()

/** @returns null where the browser keeps no files: in a private window, without https, or where it is too old */
async function folder(): Promise<FileSystemDirectoryHandle | null> {
  try {
    if (!('createWritable' in FileSystemFileHandle.prototype)) return null
    const root = await navigator.storage.getDirectory()
    return await root.getDirectoryHandle(FOLDER, { create: true })
  } catch {
    return null
  }
}

/**
 * The name of a file by its content: SHA-256 of the SHA-256 of its pieces, so that no more than a piece is in memory.
 * Where the browser has none, a name of its own.
 */
export async function contentId(file: Blob, signal: AbortSignal): Promise<string> {
  const { subtle } = globalThis.crypto as { subtle?: SubtleCrypto }
  if (!subtle) return crypto.getRandomValues(new Uint8Array(16)).reduce(hex, '')
  const digests: Uint8Array[] = []
  for (let at = 0; at === 0 || at < file.size; at += PIECE_BYTES) {
    signal.throwIfAborted()
    const piece = await file.slice(at, at + PIECE_BYTES).arrayBuffer()
    digests.push(new Uint8Array(await subtle.digest('SHA-256', piece)))
  }
  const all = await new Blob(digests as BlobPart[]).arrayBuffer()
  return new Uint8Array(await subtle.digest('SHA-256', all)).reduce(hex, '')
}

const hex = (text: string, byte: number) => text + byte.toString(16).padStart(2, '0')

/** What is kept, the oldest first. A file without a note was not written to its end, and is removed. */
export async function listFiles(): Promise<StoredFile[]> {
  const kept = await folder()
  const found: (StoredFile & { readonly at: number })[] = []
  const ids: string[] = []
  for await (const name of kept?.keys() ?? []) if (name.endsWith(FILE)) ids.push(name.slice(0, -FILE.length))
  for (const id of ids) {
    try {
      const note = await (await kept!.getFileHandle(id + NOTE)).getFile()
      const file = await (await kept!.getFileHandle(id + FILE)).getFile()
      const text = JSON.parse(await note.text()) as JsonValue
      found.push({ id, note: text, bytes: file.size, isKept: true, at: note.lastModified })
    } catch {
      await ifAlone(WRITING, () => removeFile(id))
    }
  }
  found.sort((a, b) => a.at - b.at)
  const loose = [...inMemory].map(([id, { file, note }]) => ({ id, note, bytes: file.size, isKept: false }))
  return [...found, ...loose]
}

/** Keeps a file; in memory where the browser keeps none, or has no room. @returns whether it outlives the page */
export async function keepFile(
  id: string,
  file: Blob,
  note: JsonValue,
  signal: AbortSignal,
): Promise<boolean> {
  const kept = await folder()
  if (kept) {
    try {
      await whenAlone(WRITING, async () => {
        await file.stream().pipeTo(await writable(kept, id + FILE), { signal })
        await new Blob([JSON.stringify(note)]).stream().pipeTo(await writable(kept, id + NOTE))
      })
      return true
    } catch (error) {
      await removeFile(id)
      signal.throwIfAborted()
      if (!(error instanceof DOMException)) throw error
    }
  }
  inMemory.set(id, { file, note })
  return false
}

async function writable(kept: FileSystemDirectoryHandle, name: string) {
  return (await kept.getFileHandle(name, { create: true })).createWritable()
}

/** @returns null where it is not kept, or not any more */
export async function openFile(id: string): Promise<Blob | null> {
  try {
    const kept = await folder()
    return (await (await kept?.getFileHandle(id + FILE))?.getFile()) ?? inMemory.get(id)?.file ?? null
  } catch {
    return inMemory.get(id)?.file ?? null
  }
}

export async function removeFile(id: string): Promise<void> {
  inMemory.delete(id)
  const kept = await folder()
  // Either may not be there.
  for (const name of [id + NOTE, id + FILE]) await kept?.removeEntry(name).catch(() => {})
}
