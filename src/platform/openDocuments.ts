import { heldLocks, ifAlone, whenAlone } from './locks'

const LOCK = 'document.'
const CHANNEL = 'pentimento.documents'
const ID = /^[\w-]{1,64}$/

/** Holds a document for this tab. @returns a function that lets go; null where another tab holds it */
export function holdDocument(id: string): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    const hold = async () => {
      const isFree = await ifAlone(LOCK + id, () => new Promise<void>((letGo) => resolve(letGo)))
      if (!isFree) resolve(null)
    }
    hold().catch((error: unknown) => reject(error as Error))
  })
}

/**
 * Holds a document as soon as no other tab does; never where the browser cannot tell.
 * @returns a function that lets go
 */
export async function holdWhenFree(id: string): Promise<() => void> {
  const canTell = (await heldLocks()) !== null
  return new Promise((resolve, reject) => {
    if (!canTell) return
    whenAlone(LOCK + id, () => new Promise<void>((letGo) => resolve(letGo))).catch((error: unknown) =>
      reject(error as Error),
    )
  })
}

/** @returns the documents that any tab holds; null where the browser cannot tell */
export async function heldDocuments(): Promise<ReadonlySet<string> | null> {
  const held = await heldLocks()
  if (!held) return null
  return new Set([...held].filter((name) => name.startsWith(LOCK)).map((name) => name.slice(LOCK.length)))
}

let opened: BroadcastChannel | null | undefined

function channel(): BroadcastChannel | null {
  if (opened === undefined)
    opened = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CHANNEL)
  return opened
}

/** Asks the tab that holds a document to write what is left to write, and to let go of it. */
export function askForDocument(id: string): void {
  channel()?.postMessage({ wanted: id })
}

/** Tells whoever asks for a document that this tab keeps it: what is left to write cannot be written. */
export function keepDocument(id: string): void {
  channel()?.postMessage({ kept: id })
}

/** @param callback gets the ids of documents that other tabs ask for */
export function onDocumentWanted(callback: (id: string) => void): void {
  listen('wanted', callback)
}

/**
 * @param callback gets the ids of documents that their tabs keep though they were asked for
 * @returns a function that stops it
 */
export function onDocumentKept(callback: (id: string) => void): Promise<() => void> {
  return Promise.resolve(listen('kept', callback))
}

/** A message without an id is dropped. */
function listen(name: 'wanted' | 'kept', callback: (id: string) => void): () => void {
  const hear = ({ data }: MessageEvent<unknown>) => {
    const id = typeof data === 'object' && data !== null && name in data ? Reflect.get(data, name) : null
    if (typeof id === 'string' && ID.test(id)) callback(id)
  }
  channel()?.addEventListener('message', hear)
  return () => channel()?.removeEventListener('message', hear)
}
