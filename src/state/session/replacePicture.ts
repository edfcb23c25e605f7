import { isAbort } from '../../core/errors'
import type { Messages } from '../shell/messages'
import type { Session } from './session'

/** A picture that is loaded, and not the open one yet. */
export interface Prepared {
  /** It is the open picture with one more step, computed from the steps before: none may come between. */
  readonly isEdit?: true
  /** Makes it the open one. */
  commit(): void
  /** Frees what was loaded: something else was asked for meanwhile. */
  discard(): void
}

/**
 * Replaces the open picture: the last request wins, and the open picture stays until the new one is complete. Errors are
 * shown here.
 * @param name shown while it loads; null for nothing
 * @param prepare loads; null for nothing to open
 * @returns false where it did not become the open one
 */
export type ReplacePicture = (
  name: string | null,
  prepare: (signal: AbortSignal) => Promise<Prepared | null>,
) => Promise<boolean>

/** Makes the only way to replace the open picture. */
export function createReplacePicture(
  session: Pick<Session, 'load' | 'setOpening' | 'settle'>,
  messages: Messages,
): ReplacePicture {
  let current = new AbortController()

  /** Loads the picture beside the mask editor, and what is seen of the one that is left becomes part of it. */
  const withEditor = async (preparing: Promise<Prepared | null>, signal: AbortSignal) => {
    try {
      const [prepared] = await Promise.all([preparing, session.load()])
      // A blend or a stroke that is no step yet belongs to the picture that is left.
      if (prepared && !prepared.isEdit && !signal.aborted) await session.settle()
      return prepared
    } catch (error) {
      // Without the editor it cannot be shown: it lets go of its bitmaps, and of the lock on its document.
      void preparing.then(
        (prepared) => prepared?.discard(),
        () => {},
      )
      throw error
    }
  }

  return async (name, prepare) => {
    current.abort()
    const mine = new AbortController()
    current = mine
    const { signal } = mine
    session.setOpening(name)
    try {
      const prepared = await withEditor(prepare(signal), signal)
      // What was asked for later is still being opened.
      if (signal.aborted) {
        prepared?.discard()
        return false
      }
      session.setOpening(null)
      if (!prepared) return false
      messages.clearErrors()
      prepared.commit()
      return true
    } catch (error) {
      if (signal.aborted) return false
      session.setOpening(null)
      if (!isAbort(error)) messages.report(error)
      return false
    }
  }
}
