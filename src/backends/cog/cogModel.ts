import type { Credentials, FoundModel } from '../../core/prediction/backend'
import { documentOf, getJson } from '../wire/modelWire'

/**
 * The model of a Cog server, from its `openapi.json`.
 * @param base absolute, without a trailing slash
 * @throws AppError `backend/...`, `model/no-inputs`
 */
export async function loadCogModel(
  base: string,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<FoundModel> {
  const { host } = new URL(base)
  const document = documentOf(await getJson(`${base}/openapi.json`, credentials, signal))
  return { id: `cog/${host}`, name: host, version: '', document }
}
