import { AppError } from '../core/errors'
import { ownProperty } from '../core/json'
import { type ModelReference, schemaDocument } from '../core/models/schemaDocument'
import type { Credentials } from '../core/prediction/backend'
import { request, textOf } from '../platform/http'
import { readHttpError } from './wire/httpErrorWire'
import { parseJson } from './wire/predictionWire'

/** A model as a backend describes it. */
export interface FoundModel {
  readonly id: string
  readonly name: string
  readonly version: string
  readonly document: unknown
}

const LIMIT_BYTES = 16 * 2 ** 20
const TIMEOUT_MS = 15_000

/**
 * The model of a Cog server, from its `openapi.json`.
 * @param base absolute, without a trailing slash
 * @throws AppError `backend/...`, `model/no-inputs`
 */
export async function cogModel(
  base: string,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<FoundModel> {
  const { host } = new URL(base)
  const document = documentOf(await getJson(`${base}/openapi.json`, credentials, signal))
  return { id: `cog/${host}`, name: host, version: '', document }
}

/**
 * A model of a predictions API: the version that is named, else its newest.
 * @throws AppError `backend/...`, `model/no-inputs`
 */
export async function hostedModel(
  base: string,
  { owner, name, version }: ModelReference,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<FoundModel> {
  const path = `/models/${owner}/${name}${version ? `/versions/${version}` : ''}`
  const body = await getJson(base + path, credentials, signal)
  const newest = ownProperty(ownProperty(body, 'latest_version'), 'id')
  const id = `${owner}/${name}`
  return {
    id,
    name: id,
    version: version ?? (typeof newest === 'string' ? newest : id),
    document: documentOf(body),
  }
}

function documentOf(body: unknown): unknown {
  const document = schemaDocument(body)
  if (document === null) throw new AppError('model/no-inputs')
  return document
}

async function getJson(url: string, credentials: Credentials, signal: AbortSignal): Promise<unknown> {
  const answer = await request({
    method: 'GET',
    url,
    credentials,
    signal,
    limitBytes: LIMIT_BYTES,
    timeoutMs: TIMEOUT_MS,
  })
  if (answer.status >= 300) throw readHttpError(answer.status, answer.headers, textOf(answer))
  return parseJson(textOf(answer), answer.status)
}
