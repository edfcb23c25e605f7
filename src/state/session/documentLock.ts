import type { Ports } from '../ports'
import type { OpenDocument } from './openDocument'
import type { Prepared } from './replacePicture'

/** A page that is reloaded may still hold its document for a moment, ms. */
export const RELEASE_MS = 100
const MAX_RELEASES = 4

/** @returns lets go of the document; null where another tab has it */
export async function holdSoon({ documents }: Ports, id: string): Promise<(() => void) | null> {
  for (let turn = 0; ; turn++) {
    const release = await documents.holdDocument(id)
    if (release || turn === MAX_RELEASES) return release
    await new Promise((resolve) => setTimeout(resolve, RELEASE_MS))
  }
}

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
