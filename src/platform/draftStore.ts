import { AppError } from '../core/errors'
import { decodeCommands, encodeCommands } from '../core/mask/command/maskCodec'
import type { MaskCommand } from '../core/mask/command/maskCommand'
import { database, type DraftHead } from './database'
import { ifAlone } from './locks'

const TAB_KEY = 'pentimento.tab'

let tab = 'no-storage'

/**
 * Gives this tab its name: the same after a reload, another in every other tab. A duplicated tab starts with a copy
 * of the name; the lock on it tells that it is taken.
 */
export async function claimTab(): Promise<void> {
  try {
    const known = sessionStorage.getItem(TAB_KEY)
    tab = known !== null && (await holdName(known)) ? known : crypto.randomUUID()
    if (tab !== known) await holdName(tab)
    sessionStorage.setItem(TAB_KEY, tab)
  } catch {
    // Without storage nothing is kept, under whatever name.
  }
}

/** Holds the name as long as the page lives. @returns false where another tab holds it */
function holdName(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    void ifAlone(`tab.${name}`, () => {
      resolve(true)
      return new Promise(() => {})
    }).then((free) => {
      if (!free) resolve(false)
      return free
    })
  })
}

export function tabId(): string {
  return tab
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
export async function loadDraft(): Promise<{ head: DraftHead; commands: MaskCommand[] } | null> {
  const db = await database()
  const head = await db.get('drafts', tab)
  if (!head) return null
  const entries = await db.getAll(
    'journal',
    IDBKeyRange.bound([tab, head.generation], [tab, head.generation, []]),
  )
  const commands: MaskCommand[] = []
  for (const entry of entries) {
    try {
      commands.push(...decodeCommands(entry.command))
    } catch (error) {
      // A damaged entry is passed over: the strokes after it are not lost with it.
      if (!(error instanceof AppError)) throw error
    }
  }
  return { head, commands }
}
