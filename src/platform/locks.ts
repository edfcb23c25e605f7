const PREFIX = 'pentimento.'

function lockManager(): LockManager | undefined {
  // Pages that are not a secure context have none.
  return 'locks' in navigator ? navigator.locks : undefined
}

/** Runs `work` while no other tab holds the lock `name`. @returns false where another one does */
export async function ifAlone(name: string, work: () => Promise<void>): Promise<boolean> {
  const locks = lockManager()
  if (!locks) {
    await work()
    return true
  }
  return locks.request(PREFIX + name, { ifAvailable: true }, async (lock) => {
    if (!lock) return false
    await work()
    return true
  })
}

/** Runs `work` as soon as no other tab holds the lock: at once, or when that tab is done with it or closed. */
export async function whenAlone(name: string, work: () => Promise<void>): Promise<void> {
  const locks = lockManager()
  if (locks) await locks.request(PREFIX + name, work)
  else await work()
}

/** @returns the names that any tab holds; null where the browser has no locks */
export async function heldLocks(): Promise<ReadonlySet<string> | null> {
  const state = await lockManager()?.query()
  if (!state) return null
  const names = (state.held ?? []).map(({ name }) => name ?? '')
  return new Set(names.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length)))
}
