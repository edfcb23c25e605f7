import { createStore, type StoreApi } from 'zustand/vanilla'
import { type Exchange, withoutSecrets } from '../../core/prediction/exchange'
import type { FieldSpec } from '../../core/prediction/inputSchema'

/** Runs whose exchanges stay in memory; they hold the pictures that were sent. */
const MAX_RUNS = 4
/** Exchanges kept of a long run: its first and its last. */
const MAX_FIRST = 5
const MAX_LAST = 25

export interface ExchangeState {
  readonly byRun: Readonly<Record<string, readonly Exchange[]>>
}

/** What went over the wire, by run, for this visit. */
export interface Exchanges {
  readonly store: StoreApi<ExchangeState>
  /** @returns takes the exchanges of one run, without the values of secret fields */
  recorder(runId: string, fields: readonly FieldSpec[]): (exchange: Exchange) => void
}

export function createExchanges(): Exchanges {
  const store = createStore<ExchangeState>()(() => ({ byRun: {} }))
  return {
    store,
    recorder(runId, fields) {
      const secrets = fields.filter(({ kind }) => kind === 'secret').map(({ name }) => name)
      return (exchange) => {
        store.setState(({ byRun }) => {
          const all = [...(byRun[runId] ?? []), withoutSecrets(exchange, secrets)]
          const kept =
            all.length > MAX_FIRST + MAX_LAST ? [...all.slice(0, MAX_FIRST), ...all.slice(-MAX_LAST)] : all
          const others = Object.entries(byRun).filter(([id]) => id !== runId)
          return { byRun: Object.fromEntries([...others.slice(-(MAX_RUNS - 1)), [runId, kept]]) }
        })
      }
    },
  }
}
