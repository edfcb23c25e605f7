import { AppError, type AppErrorData, type ErrorCode, NOT_SENT, UNCLEAR } from '../errors'

/** Nothing could be reached: the run waits until the user sends it. */
const READY: ReadonlySet<ErrorCode> = new Set(['run/not-sent', 'run/not-reached'])

/** True for the error of a run that nothing has gone out of, and that may be sent as it is. */
export function isReadyToSend({ code }: AppErrorData): boolean {
  return READY.has(code)
}

/** What never left this device starts no run, whatever a backend makes of it. */
export function notSent(error: AppErrorData): AppErrorData {
  if (!(NOT_SENT in error.params)) return error
  const { [UNCLEAR]: _unclear, [NOT_SENT]: _notSent, ...params } = error.params
  if (error.code === 'backend/offline') return new AppError('run/not-sent').data
  if (error.code === 'backend/unreachable') return new AppError('run/not-reached', { params }).data
  return { ...error, params }
}
