import { jsonText, ownProperty } from '../../core/json'
import type { LostCreate } from '../../core/prediction/backend'
import type { Prediction } from '../../core/prediction/prediction'
import { readPrediction } from '../wire/predictionWire'

/** How far the server's clock may be from this one, ms. */
const MAX_CLOCK_SKEW_MS = 5 * 60_000

/** Inputs that are sent but not recorded: pictures and files, which a server lists by its own address, and secrets. */
const UNRECORDED = /^((data|https?):|\[?redacted\]?$|\*+$)/i

/**
 * Finds the prediction that a create whose answer was lost has made, in an answer of `GET /predictions`: created within
 * MAX_CLOCK_SKEW_MS of the send, with the same version, the same recorded inputs and no others, and of no other run
 * here. One that was created after the send goes before those that were not.
 * @param version `owner/name:version`, a version alone, or empty
 * @returns null where none fits, or more than one does
 */
export function findLost(
  body: unknown,
  { params, sentAt, known }: LostCreate,
  version: string,
): Prediction | null {
  const results = ownProperty(body, 'results')
  if (!Array.isArray(results)) return null
  const createdAt = (item: unknown) => Date.parse(String(ownProperty(item, 'created_at')))
  const fitting = results.filter((item: unknown) => {
    const id = ownProperty(item, 'id')
    const input = ownProperty(item, 'input')
    return (
      typeof id === 'string' &&
      !known.has(id) &&
      Math.abs(createdAt(item) - sentAt) <= MAX_CLOCK_SKEW_MS &&
      isSameVersion(ownProperty(item, 'version'), version) &&
      isSameInput(input, params)
    )
  })
  const later = fitting.filter((item) => createdAt(item) >= sentAt)
  const candidates = later.length > 0 ? later : fitting
  return candidates.length === 1 ? readPrediction(candidates[0], null) : null
}

function isSameInput(input: unknown, params: LostCreate['params']): boolean {
  if (typeof input !== 'object' || input === null) return false
  const same = Object.entries(params).every(
    ([name, value]) => jsonText(ownProperty(input, name)) === jsonText(value),
  )
  const others = Object.entries(input).filter(([name]) => !Object.hasOwn(params, name))
  return same && others.every(([, value]) => typeof value === 'string' && UNRECORDED.test(value))
}

/** True where one of them names no version: a server may list a model's name, or nothing. */
function isSameVersion(listed: unknown, sent: string): boolean {
  const hash = /(?:^|:)([\da-f]{64})$/.exec(sent)?.[1]
  return hash === undefined || typeof listed !== 'string' || !/^[\da-f]{64}$/.test(listed) || listed === hash
}
