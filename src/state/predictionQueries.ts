import { QueryClient, queryOptions } from '@tanstack/react-query'
import { AppError, type ErrorCode } from '../core/errors'
import { clamp } from '../core/geometry'
import type { Backend } from '../core/prediction/backend'
import { isTerminal } from '../core/prediction/prediction'

/** Errors after which asking again is of no use. */
const FATAL: ReadonlySet<ErrorCode> = new Set([
  'backend/unauthorized',
  'backend/payment',
  'backend/forbidden',
  'backend/method-not-allowed',
  'run/interrupted',
])

/** A prediction may be unknown for a moment after it was made. */
const NOT_FOUND_TRIES = 5

export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: false, networkMode: 'always', structuralSharing: false, gcTime: 0 } },
})

/**
 * True where an error ends the looking: the run itself may still be going on.
 * @param notFound how often in a row the run was not known
 */
export function endsPolling(error: unknown, notFound: number): boolean {
  if (!(error instanceof AppError)) return true
  return FATAL.has(error.code) || notFound >= NOT_FOUND_TRIES
}

/**
 * One prediction, asked again until it is over: soon at first, then less often, as late as the backend asks for.
 * Keys hold the run's id, never an address or a token.
 */
export function predictionQuery(backend: Backend, runId: string, predictionId: string) {
  const [shortest, longest] = backend.capabilities.pollMs
  return queryOptions({
    queryKey: ['prediction', runId, predictionId],
    queryFn: ({ signal }) => backend.get(predictionId, signal),
    staleTime: 0,
    refetchIntervalInBackground: true,
    refetchOnWindowFocus: 'always',
    refetchOnReconnect: 'always',
    refetchInterval: ({ state }) => {
      if (state.data && isTerminal(state.data.status)) return false
      if (state.error && endsPolling(state.error, state.fetchFailureCount + state.errorUpdateCount))
        return false
      const looks = state.dataUpdateCount + state.errorUpdateCount
      const gap = clamp(shortest * 1.3 ** Math.max(0, looks - 1), shortest, longest)
      const asked =
        state.error instanceof AppError ? Number(state.error.data.params['seconds'] ?? 0) * 1000 : 0
      return Math.max(gap, asked)
    },
  })
}
