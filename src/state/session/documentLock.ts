import type { OpenDocument } from './openDocument'
import type { Prepared } from './opener'

/** Has the lock on a document. */
export type LockHolder = Pick<OpenDocument, 'release'>

/** @param to shows only, where there is no lock to take over */
export function handOver(from: LockHolder, to: OpenDocument): void {
  to.release = from.release
  to.isElsewhere = from.release === null
  from.release = null
}

/** Prepares with a lock of its own: it is free again unless a document takes it over. */
export async function locked(
  release: (() => void) | null,
  work: (holder: LockHolder) => Promise<Prepared | null>,
): Promise<Prepared | null> {
  const holder: LockHolder = { release }
  const free = () => {
    holder.release?.()
    holder.release = null
  }
  try {
    const prepared = await work(holder)
    if (!prepared) free()
    return (
      prepared && {
        ...prepared,
        discard() {
          free()
          prepared.discard()
        },
      }
    )
  } catch (error) {
    free()
    throw error
  }
}
