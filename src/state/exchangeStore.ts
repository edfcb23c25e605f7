import { create } from 'zustand'
import type { Exchange } from '../core/prediction/exchange'

/** Runs whose requests are kept, in memory: they hold the pictures that were sent. */
const KEPT_RUNS = 4
/** Of many looks the first and the last are kept. */
const FIRST = 5
const LAST = 25

/** What went over the wire, by run, for this visit. */
export const useExchanges = create<{ readonly byRun: Readonly<Record<string, readonly Exchange[]>> }>()(
  () => ({
    byRun: {},
  }),
)

export function keepExchange(runId: string, exchange: Exchange): void {
  useExchanges.setState(({ byRun }) => {
    const all = [...(byRun[runId] ?? []), exchange]
    const kept = all.length > FIRST + LAST ? [...all.slice(0, FIRST), ...all.slice(-LAST)] : all
    const others = Object.entries(byRun).filter(([id]) => id !== runId)
    return { byRun: Object.fromEntries([...others.slice(-(KEPT_RUNS - 1)), [runId, kept]]) }
  })
}
