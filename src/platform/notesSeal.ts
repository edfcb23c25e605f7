let isSealed = false

/** From now on this page notes nothing for the next one: what it held was deleted. */
export function sealNotes(): void {
  isSealed = true
}

export function areNotesSealed(): boolean {
  return isSealed
}
