import { type TransferHandler, transferHandlers } from 'comlink'
import { AppError, type AppErrorData, errorData } from '../core/errors'

/** What comlink wraps a thrown value in. */
interface Thrown {
  readonly value: unknown
}

/**
 * Errors cross between page and worker as AppErrorData and are thrown again as AppError, with code, parameters and
 * detail. Both ends call this before their first message.
 */
export function shareErrors(): void {
  const own = transferHandlers.get('throw')!
  const handler: TransferHandler<Thrown, AppErrorData> = {
    canHandle: (value): value is Thrown => own.canHandle(value),
    serialize: ({ value }) => [errorData(value), []],
    deserialize(data) {
      throw new AppError(data.code, data)
    },
  }
  transferHandlers.set('throw', handler)
}
