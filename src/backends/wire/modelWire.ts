import { AppError } from '../../core/errors'
import { schemaDocument } from '../../core/models/schemaDocument'
import type { Credentials } from '../../core/prediction/backend'
import { request, textOf } from '../../platform/http'
import { readHttpError } from './httpErrorWire'
import { parseJson } from './predictionWire'

const MAX_ANSWER_BYTES = 16 * 2 ** 20
const TIMEOUT_MS = 15_000

/** @returns the OpenAPI document in an answer. @throws AppError `model/no-inputs` where it has none */
export function documentOf(body: unknown): unknown {
  const document = schemaDocument(body)
  if (document === null) throw new AppError('model/no-inputs')
  return document
}

/** Fetches JSON. @param url absolute @throws AppError `backend/...` */
export async function getJson(url: string, credentials: Credentials, signal: AbortSignal): Promise<unknown> {
  const answer = await request({
    method: 'GET',
    url,
    credentials,
    signal,
    limitBytes: MAX_ANSWER_BYTES,
    timeoutMs: TIMEOUT_MS,
  })
  if (answer.status >= 300) throw readHttpError(answer.status, answer.headers, textOf(answer))
  return parseJson(textOf(answer), answer.status)
}
