import { encodeDraft, readDraft } from '../core/document/codec/draftCodec'
import type { PixelKey } from '../core/document/document'
import { encodeEntry, type Journal, readJournal } from '../core/document/codec/journalCodec'
import type { Draft, DraftStep, MaskUrls } from '../core/document/draft'
import { database } from './database'
import { heldLocks, ifAlone } from './locks'

const TAB_KEY = 'pentimento.tab'
/** Drafts of closed tabs that are kept, newest first. */
const MAX_CLOSED_DRAFTS = 10

/**
 * Gives this tab its name: the same after a reload, another in every other tab. A duplicated tab starts with a copy
 * of the name; the lock on it shows that it is taken.
 * @returns the name; a fixed one where the browser refuses storage, as nothing is kept then
 */
export async function claimTab(): Promise<string> {
  try {
    const known = sessionStorage.getItem(TAB_KEY)
    const tab = known !== null && (await holdName(known)) ? known : crypto.randomUUID()
    if (tab !== known) await holdName(tab)
    sessionStorage.setItem(TAB_KEY, tab)
    return tab
  } catch {
    return 'no-storage'
  }
}

const lockOf = (tab: string) => `tab.${tab}`

/** Holds the name as long as the page lives. @returns false where another tab holds it */
function holdName(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    void ifAlone(lockOf(name), () => {
      resolve(true)
      return new Promise(() => {})
    }).then((free) => {
      if (!free) resolve(false)
      return free
    })
  })
}

/** The whole of a draft: its picture's file, and what was done to it. */
interface OpenedDraft extends Omit<Journal, 'files'> {
  readonly file: Blob
  /** Pixels of kept results that are not stored yet. */
  readonly pixels: ReadonlyMap<PixelKey, Blob>
}

/**
 * Makes `draft` the tab's draft, all at once: until it is written the earlier one is whole.
 * @param opened where the draft is a new one of this tab; the journals of earlier ones go
 */
export async function saveDraft(draft: Draft, opened?: OpenedDraft): Promise<void> {
  const db = await database()
  const transaction = db.transaction(['drafts', 'journal', 'sources'], 'readwrite')
  const { tabId, generation, base } = draft
  const work: Promise<unknown>[] = [transaction.objectStore('drafts').put(encodeDraft(draft))]
  if (opened) {
    const journal = transaction.objectStore('journal')
    const sources = transaction.objectStore('sources')
    if (base && (await sources.getKey(base.key)) === undefined) work.push(sources.put(opened.file, base.key))
    for (const [key, file] of opened.pixels) work.push(sources.put(file, key))
    work.push(journal.delete(IDBKeyRange.bound([tabId], [tabId, []])))
    opened.steps.forEach((step, place) =>
      work.push(journal.put(encodeEntry(step, opened.maskUrls), [tabId, generation, place])),
    )
  }
  await Promise.all([...work, transaction.done])
}

/**
 * Appends one step at `place`, and drops what was undone behind it.
 * @param step null only drops
 * @param maskUrls the command's own is written with it
 * @param pixels of kept results that the step names and that are not stored yet
 */
export async function writeJournal(
  { tabId, generation }: Pick<Draft, 'tabId' | 'generation'>,
  place: number,
  step: DraftStep | null,
  maskUrls: MaskUrls,
  pixels: ReadonlyMap<PixelKey, Blob> = new Map(),
): Promise<void> {
  const db = await database()
  const transaction = db.transaction(['journal', 'sources'], 'readwrite')
  const store = transaction.objectStore('journal')
  const behind = IDBKeyRange.bound([tabId, generation, place], [tabId, generation, []])
  const work: Promise<unknown>[] = [store.delete(behind)]
  if (step) work.push(store.put(encodeEntry(step, maskUrls), [tabId, generation, place]))
  for (const [key, file] of pixels) work.push(transaction.objectStore('sources').put(file, key))
  await Promise.all([...work, transaction.done])
}

/** @returns the draft that this tab left, with its steps as far as they can be read; null where there is none */
export async function loadDraft(tabId: string): Promise<(Journal & { readonly head: Draft }) | null> {
  const db = await database()
  const head = readDraft(await db.get('drafts', tabId))
  if (!head) return null
  const range = IDBKeyRange.bound([tabId, head.generation], [tabId, head.generation, []])
  return { head, ...readJournal(await db.getAll('journal', range)) }
}

/** Deletes the oldest drafts of closed tabs, with their journals. Drafts of open tabs are left alone. */
export async function sweepDrafts(): Promise<void> {
  const held = await heldLocks()
  // Without locks nobody knows which tabs are open.
  if (!held) return
  const db = await database()
  const transaction = db.transaction(['drafts', 'journal'], 'readwrite')
  const drafts = (await transaction.objectStore('drafts').getAll()).flatMap(
    (stored) => readDraft(stored) ?? [],
  )
  const closed = drafts
    .filter(({ tabId }) => !held.has(lockOf(tabId)))
    .toSorted(
      (a, b) =>
        // A form without a picture is the first to go.
        Number(b.base !== null) - Number(a.base !== null) ||
        (b.updatedAt ?? '').localeCompare(a.updatedAt ?? ''),
    )
  const work = closed
    .slice(MAX_CLOSED_DRAFTS)
    .flatMap(({ tabId }) => [
      transaction.objectStore('drafts').delete(tabId),
      transaction.objectStore('journal').delete(IDBKeyRange.bound([tabId], [tabId, []])),
    ])
  await Promise.all([...work, transaction.done])
}
