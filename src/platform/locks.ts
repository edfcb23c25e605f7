/**
 * Runs `work` while no other tab holds the lock `name`. @returns false where another one does
 */
export async function ifAlone(name: string, work: () => Promise<void>): Promise<boolean> {
  if (!(navigator.locks as LockManager | undefined)) {
    await work()
    return true
  }
  return navigator.locks.request(`pentimento.${name}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return false
    await work()
    return true
  })
}

/** Runs `work` as soon as no other tab holds the lock: at once, or when that tab is done with it or closed. */
export async function whenAlone(name: string, work: () => Promise<void>): Promise<void> {
  if (navigator.locks as LockManager | undefined) await navigator.locks.request(`pentimento.${name}`, work)
  else await work()
}
