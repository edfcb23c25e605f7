/** Starts each work when the one before it has ended, however it ended. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>

export function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const made = last.then(work)
    last = made.catch(() => {})
    return made
  }
}
