import { areNotesSealed } from './notesSeal'

/** Where a tab notes which document it has open: a reload reads it. */
const OPEN_KEY = 'pentimento.document'
/** Before there were documents a tab noted its own name, under which its draft lay. */
const EARLIER_KEY = 'pentimento.tab'
/** What the form held as the tab's page was left. */
const LEFT_KEY = 'pentimento.left'

/** @returns the document that this tab had open before it was reloaded, or that the tab it is a copy of has open */
export function openedHere(): string | null {
  try {
    return sessionStorage.getItem(OPEN_KEY) ?? sessionStorage.getItem(EARLIER_KEY)
  } catch {
    return null
  }
}

/** Notes the document that this tab has open. */
export function noteOpened(id: string): void {
  if (areNotesSealed()) return
  try {
    sessionStorage.setItem(OPEN_KEY, id)
    sessionStorage.removeItem(EARLIER_KEY)
  } catch {
    // A browser that refuses storage keeps no document either.
  }
}

/** Notes, for the page that a reload makes, what the form holds: a write to disk may not end any more. */
export function noteLeft(text: string): void {
  if (areNotesSealed()) return
  try {
    sessionStorage.setItem(LEFT_KEY, text)
    // Where this very page comes back, its form goes on from here.
    globalThis.addEventListener('pageshow', takeLeft, { once: true })
  } catch {
    // Full or refused: what was written to disk before comes back.
  }
}

/** @returns what the page before noted, once; null where it noted nothing */
export function takeLeft(): string | null {
  try {
    const text = sessionStorage.getItem(LEFT_KEY)
    sessionStorage.removeItem(LEFT_KEY)
    return text
  } catch {
    return null
  }
}
