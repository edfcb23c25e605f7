import type { StoreApi } from 'zustand/vanilla'

export interface MaskWorkState {
  /** The mask is being computed for so long that it is said. */
  readonly isSlow: boolean
}

const SLOW_MS = 150

/** @returns watches work that changes the mask, and gives it back */
export function createMaskWork(store: StoreApi<MaskWorkState>): <T>(work: Promise<T>) => Promise<T> {
  let count = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const end = () => {
    if (--count > 0) return
    clearTimeout(timer)
    if (store.getState().isSlow) store.setState({ isSlow: false })
  }
  return (work) => {
    if (count++ === 0) timer = setTimeout(() => store.setState({ isSlow: true }), SLOW_MS)
    void work.then(end, end)
    return work
  }
}
