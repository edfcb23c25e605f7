import type { QueryClient } from '@tanstack/react-query'
import { AppError, type ErrorCode, WHOLE } from '../../core/errors'
import type { RgbaImage } from '../../core/image/raster'
import type { Ports } from '../ports'
import type { PasteTarget } from './runs'
import type { InTurn } from './turns'

/** A paid output is worth another try: a host may be slow to have it, or cut it off. */
const MAX_RETRIES = 2
const RETRY_GAP_MS = 800
const MAX_WAIT_MS = 30_000
/** A first whole answer that is no picture may be a proxy's page; a second one is the host's. */
const MAX_NO_PICTURES = 2

const NO_PICTURE: ReadonlySet<ErrorCode> = new Set(['image/damaged', 'image/not-an-image'])

/**
 * Fetches an output and decodes it, in up to three tries. Several are fetched at once, and decoded one after the other.
 * @param use takes its pixels, in its own size, and its file; the next is decoded when it has ended
 * @returns what `use` returns
 * @throws AppError of the last try: `isPassing` tells whether one more may help; AbortError
 */
export type Download = <T>(
  url: string,
  place: number,
  target: Pick<PasteTarget, 'runId' | 'backendOrigin'>,
  signal: AbortSignal,
  use: (pixels: RgbaImage, file: Blob) => Promise<T>,
) => Promise<T>

export function createDownload({ network, codec }: Ports, queries: QueryClient, inTurn: InTurn): Download {
  return async <T>(
    url: string,
    place: number,
    { runId, backendOrigin }: Pick<PasteTarget, 'runId' | 'backendOrigin'>,
    signal: AbortSignal,
    use: (pixels: RgbaImage, file: Blob) => Promise<T>,
  ): Promise<T> => {
    // What came inside the answer itself is the same at every try.
    let noPictures = url.startsWith('data:') ? 1 : 0
    const attempt = async (): Promise<T> => {
      try {
        const blob = await network.fetchOutput(url, backendOrigin, signal)
        return await inTurn(async () => {
          signal.throwIfAborted()
          return use(await decoded(blob), blob)
        })
      } catch (error) {
        if (!isNoPicture(error)) throw error
        noPictures++
        throw noPictures < MAX_NO_PICTURES ? passing(error) : error
      }
    }
    const decoded = async (blob: Blob) => {
      try {
        return await codec.pixels(blob, 'output')
      } catch (cause) {
        // Cut off by a server that says it is all: the bytes came whole, the picture did not.
        if (!(cause instanceof AppError) || !NO_PICTURE.has(cause.code)) throw cause
        throw new AppError(cause.code, { ...cause.data, params: { ...cause.data.params, [WHOLE]: 1 }, cause })
      }
    }
    const queryKey = ['output', runId, place, url]
    try {
      return await queries.fetchQuery({
        queryKey,
        queryFn: attempt,
        staleTime: 0,
        retry: (failures, error) => failures < MAX_RETRIES && !signal.aborted && isPassing(error),
        retryDelay: (failures, error) => Math.max(RETRY_GAP_MS * (failures + 1), waitOf(error)),
      })
    } finally {
      queries.removeQueries({ queryKey })
    }
  }
}

/** True where the output may be whole at another try. */
export function isPassing(error: unknown): boolean {
  return error instanceof AppError && error.code === 'backend/output-unreadable'
}

function isNoPicture(error: unknown): error is AppError {
  return error instanceof AppError && WHOLE in error.data.params
}

/** The same error as one that may pass: the button fetches it again. */
function passing(error: AppError): AppError {
  return new AppError('backend/output-unreadable', {
    params: { origin: '', ...error.data.params, reason: error.code },
    cause: error,
  })
}

/** @returns how long the host asks to wait, ms */
function waitOf(error: unknown): number {
  const seconds = error instanceof AppError ? error.data.params['seconds'] : null
  return typeof seconds === 'number' ? Math.min(seconds * 1000, MAX_WAIT_MS) : 0
}
