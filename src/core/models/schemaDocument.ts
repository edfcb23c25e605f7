import { isObject, ownProperty } from '../json'

/**
 * Finds the OpenAPI document in what users paste and servers answer: the document itself, a model or a model version
 * that holds one, or a bare schema of the inputs.
 * @returns null where there is none
 */
export function schemaDocument(value: unknown, depth = 0): unknown {
  if (!isObject(value) || depth > 3) return null
  if (isObject(ownProperty(ownProperty(value, 'components'), 'schemas'))) return value
  for (const key of ['openapi_schema', 'latest_version']) {
    const inner = schemaDocument(ownProperty(value, key), depth + 1)
    if (inner !== null) return inner
  }
  if (isObject(ownProperty(value, 'properties'))) return { components: { schemas: { Input: value } } }
  return isObject(ownProperty(value, 'Input')) ? { components: { schemas: value } } : null
}

/** A model as its host's addresses name it. */
export interface ModelReference {
  readonly owner: string
  readonly name: string
  /** null asks for the newest. */
  readonly version: string | null
}

/** Reads `owner/name`, `owner/name:version` or the address of a model's page. @returns null where it is none of these */
export function parseModelReference(text: string): ModelReference | null {
  const path = text.trim().replace(/^https?:\/\/(www\.)?replicate\.com\//i, '')
  const match = /^(\w[\w.-]*)\/(\w[\w.-]*)(?::([\w-]+)|\/versions\/([\w-]+))?(?:[/?#].*)?$/.exec(path)
  return match ? { owner: match[1], name: match[2], version: match[3] ?? match[4] ?? null } : null
}
