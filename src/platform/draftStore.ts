import { AppError } from '../core/errors'
import { decodeCommands, encodeCommands } from '../core/mask/maskCodec'
import type { MaskCommand } from '../core/mask/maskCommand'
import { database, type DraftHead } from './database'

const TAB_KEY = 'pentimento.tab'

/** This tab's name: the same after a reload, another in every other tab. */
export function tabId(): string {
  try {
    const known = sessionStorage.getItem(TAB_KEY)
    if (known) return known
    const fresh = crypto.randomUUID()
    sessionStorage.setItem(TAB_KEY, fresh)
    return fresh
  } catch {
    return 'no-storage'
  }
}

/** Makes `head` the tab's draft; the journals of its earlier ones go. */
export async function saveDraftHead(head: DraftHead): Promise<void> {
  const db = await database()
  const transaction = db.transaction(['drafts', 'journal'], 'readwrite')
  const earlier = IDBKeyRange.bound([head.tabId], [head.tabId, head.generation], false, true)
  await Promise.all([
    transaction.objectStore('journal').delete(earlier),
    transaction.objectStore('drafts').put(head),
    transaction.done,
  ])
}

/** Appends one command at `place`, and drops what was undone behind it. */
export async function writeJournal(
  head: DraftHead,
  place: number,
  command: MaskCommand | null,
): Promise<void> {
  const db = await database()
  const { store, done } = db.transaction('journal', 'readwrite')
  const key = [head.tabId, head.generation]
  const work: Promise<unknown>[] = [store.delete(IDBKeyRange.bound([...key, place], [...key, []]))]
  if (command)
    work.push(store.put({ command: encodeCommands([command]) }, [head.tabId, head.generation, place]))
  await Promise.all([...work, done])
}

/** The draft this tab left, with its mask's commands as far as they can be read. */
export async function loadDraft(tab: string): Promise<{ head: DraftHead; commands: MaskCommand[] } | null> {
  const db = await database()
  const head = await db.get('drafts', tab)
  if (!head) return null
  const entries = await db.getAll(
    'journal',
    IDBKeyRange.bound([tab, head.generation], [tab, head.generation, []]),
  )
  const commands: MaskCommand[] = []
  try {
    for (const entry of entries) commands.push(...decodeCommands(entry.command))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
  return { head, commands }
}
