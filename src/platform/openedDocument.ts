/** Where a tab notes which document it has open: a reload reads it. */
const OPEN_KEY = 'pentimento.document'
/** Before there were documents a tab noted its own name, under which its draft lay. */
const EARLIER_KEY = 'pentimento.tab'

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
  try {
    sessionStorage.setItem(OPEN_KEY, id)
    sessionStorage.removeItem(EARLIER_KEY)
  } catch {
    // A browser that refuses storage keeps no document either.
  }
}
