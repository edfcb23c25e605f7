/** What the browser says of the page's storage. */
export interface StorageSpace {
  /** Bytes in use; null where the browser does not tell. */
  readonly usage: number | null
  /** Bytes that may be used in all; null where the browser does not tell. */
  readonly quota: number | null
  /** True where the browser deletes nothing by itself; null where it does not tell. */
  readonly persisted: boolean | null
}

/** Asks the browser; never rejects. */
export async function storageSpace(): Promise<StorageSpace> {
  // Only a secure context has it.
  if (!('storage' in navigator)) return { usage: null, quota: null, persisted: null }
  const { usage = null, quota = null } = await navigator.storage.estimate().catch((): StorageEstimate => ({}))
  const persisted = await navigator.storage.persisted().catch(() => null)
  return { usage, quota, persisted }
}

/** Asks the browser to delete nothing by itself. @returns whether it agreed */
export function persistStorage(): Promise<boolean> {
  return 'storage' in navigator ? navigator.storage.persist().catch(() => false) : Promise.resolve(false)
}
