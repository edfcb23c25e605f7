import { ownProperty } from '../../core/json'
import type { LostCreate } from '../../core/prediction/backend'
import type { Prediction } from '../../core/prediction/prediction'
import { readPrediction } from '../wire/predictionWire'

/** The server's clock and this one may differ by so much. */
const CLOCK_SLACK_MS = 5 * 60_000

/**
 * Finds the prediction that a create whose answer was lost has made, in an answer of `GET /predictions`: made since,
 * of the same inputs but for the pictures, and no other run's.
 * @returns null where none fits, or more than one does
 */
export function findLost(body: unknown, { params, sentAt, known }: LostCreate): Prediction | null {
  const results = ownProperty(body, 'results')
  if (!Array.isArray(results)) return null
  const fitting = results.filter((item: unknown) => {
    const id = ownProperty(item, 'id')
    const createdAt = Date.parse(String(ownProperty(item, 'created_at')))
    const input = ownProperty(item, 'input')
    return (
      typeof id === 'string' &&
      !known.has(id) &&
      Math.abs(createdAt - sentAt) <= CLOCK_SLACK_MS &&
      Object.entries(params).every(
        ([name, value]) => JSON.stringify(ownProperty(input, name)) === JSON.stringify(value),
      )
    )
  })
  return fitting.length === 1 ? readPrediction(fitting[0], null) : null
}
