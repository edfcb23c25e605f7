import { AppError } from '../../core/errors'
import { ownProperty } from '../../core/json'
import { parseModelReference } from '../../core/models/schemaDocument'
import type { Credentials, FoundModel } from '../../core/prediction/backend'
import { documentOf, getJson } from '../wire/modelWire'

/**
 * A model of a predictions API: the version of the reference, else its newest.
 * @param base absolute, without a trailing slash
 * @param reference `owner/name[:version]`
 * @throws AppError `model/reference`, `model/no-inputs`, `backend/...`
 */
export async function loadHostedModel(
  base: string,
  reference: string,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<FoundModel> {
  const parsed = parseModelReference(reference)
  if (!parsed) throw new AppError('model/reference')
  const { owner, name, version } = parsed
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
