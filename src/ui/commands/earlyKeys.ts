/** Pressed before the commands are there to take them. */
const early: KeyboardEvent[] = []

const keep = (event: KeyboardEvent) => early.push(event)

/** Keeps the keys that are pressed while the commands are still being fetched. */
export function keepEarlyKeys(): void {
  addEventListener('keydown', keep)
}

/** @returns the keys that were kept, oldest first; none are kept from now on */
export function takeEarlyKeys(): readonly KeyboardEvent[] {
  removeEventListener('keydown', keep)
  return early.splice(0)
}
