/** Every error a user can meet. The catalogues have one message for each; codes never change once released. */
export const ERROR_CODES = [
  'image/not-an-image',
  'image/svg',
  'image/heic',
  'image/tiff',
  'image/nothing-dropped',
  'image/folder',
  'image/damaged',
  'image/empty',
  'image/file-too-large',
  'image/too-large',
  'image/decode-timeout',
  'image/unreadable',
  'image/url-invalid',
  'image/url-failed',
  'image/url-redirected',
  'image/url-status',
  'image/clipboard-empty',
  'image/clipboard-denied',
  'image/frame',
  'engine/no-source',
  'engine/no-sampling',
  'engine/crashed',
  'backend/no-url',
  'backend/url-invalid',
  'backend/unreachable',
  'backend/cors',
  'backend/mixed-content',
  'backend/policy',
  'backend/local-network',
  'backend/offline',
  'backend/timeout',
  'backend/unauthorized',
  'backend/payment',
  'backend/forbidden',
  'backend/not-found',
  'backend/method-not-allowed',
  'backend/busy',
  'backend/input-too-large',
  'backend/invalid-input',
  'backend/rate-limited',
  'backend/server-error',
  'backend/rejected',
  'backend/not-json',
  'backend/no-id',
  'backend/answer-too-large',
  'backend/cannot-follow',
  'backend/run-failed',
  'backend/run-aborted',
  'backend/data-removed',
  'backend/no-output',
  'backend/unsafe-output',
  'backend/output-unreadable',
  'onnx/not-a-model',
  'onnx/cut-off',
  'onnx/too-large',
  'onnx/outside-weights',
  'onnx/no-picture',
  'onnx/unknown-graph',
  'onnx/operator',
  'onnx/no-memory',
  'onnx/senseless',
  'onnx/failed',
  'onnx/missing',
  'onnx/url-invalid',
  'onnx/url-failed',
  'onnx/url-status',
  'page/part-missing',
  'model/no-inputs',
  'model/reference',
  'run/interrupted',
  'run/output-missing',
  'run/not-sent',
  'run/not-reached',
  'share/unreadable',
  'share/too-large',
  'share/newer-version',
  'share/bad-backend',
  'share/no-secure-copy',
  'project/unreadable',
  'project/newer-version',
  'project/too-large',
  'project/unsafe',
  'project/no-picture',
  'project/not-saved',
  'storage/unavailable',
  'storage/full',
  'storage/newer',
  'storage/blocked',
  'unexpected',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

/** Name of the parameter that marks a failed request as unclear: it may have arrived, and may be billed. */
export const UNCLEAR = 'unclear'

/** Marks an error about an answer that came to its end: it was no picture, and was not cut off on the way. */
export const WHOLE = 'whole'

/** Marks an error of a request that no server has surely taken. */
export const NOT_SENT = 'notSent'

/** True where the failed request may have arrived and started a run. */
export function isUnclear(error: unknown): error is AppError {
  return error instanceof AppError && UNCLEAR in error.data.params && !(NOT_SENT in error.data.params)
}

/** Plain data of an error: stored with a run, shown by its code's message. */
export interface AppErrorData {
  readonly code: ErrorCode
  /** Values for the message's placeholders: numbers, names, origins. Never a token. */
  readonly params: Readonly<Record<string, string | number>>
  /** The other side's own words, cut at MAX_DETAIL_CHARS; shown as text after the message. */
  readonly detail: string | null
  /** Complaints about single fields, by the field's schema name. */
  readonly fields: Readonly<Record<string, string>>
}

const MAX_DETAIL_CHARS = 4000

interface AppErrorOptions {
  params?: Readonly<Record<string, string | number>>
  detail?: string | null
  fields?: Readonly<Record<string, string>>
  cause?: unknown
}

/** An error for the user: thrown where it is found, caught in a controller, shown as the message of its code. */
export class AppError extends Error {
  readonly data: AppErrorData

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.detail ? `${code}: ${options.detail.slice(0, 200)}` : code, { cause: options.cause })
    this.name = 'AppError'
    this.data = {
      code,
      params: options.params ?? {},
      detail: options.detail ? options.detail.slice(0, MAX_DETAIL_CHARS) : null,
      fields: options.fields ?? {},
    }
  }

  get code(): ErrorCode {
    return this.data.code
  }
}

/** True for the error of an aborted request, which is not reported. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}

/** How browsers word an `import()` whose file did not come. */
const MISSING_MODULE = /dynamically imported module|importing a module script failed/i

/**
 * Any thrown value as data. Of other errors than AppError, a script that did not come is `page/part-missing`; the rest
 * become `unexpected` with their text.
 */
export function errorData(error: unknown): AppErrorData {
  if (error instanceof AppError) return error.data
  const detail = error instanceof Error ? error.message : String(error)
  const code = error instanceof TypeError && MISSING_MODULE.test(detail) ? 'page/part-missing' : 'unexpected'
  return new AppError(code, { detail, cause: error }).data
}
