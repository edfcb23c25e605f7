import type { JsonValue } from '../../core/json'
import { parseModelReference } from '../../core/models/schemaDocument'

/** Where a predictions API takes a create: at one path for all by version, or at each model's own by its input alone. */
export type CreateRoute = 'predictions' | 'models'

/** Which route each server takes, as its answers told: official models have a route of their own, others may not. */
export class CreateRoutes {
  private readonly byBase = new Map<string, CreateRoute>()
  private readonly listeners = new Set<(base: string, route: CreateRoute) => void>()

  /** @param base absolute, without a trailing slash @returns null where nothing was learned */
  of(base: string): CreateRoute | null {
    return this.byBase.get(base) ?? null
  }

  learn(base: string, route: CreateRoute): void {
    if (this.byBase.get(base) === route) return
    this.byBase.set(base, route)
    for (const listener of this.listeners) listener(base, route)
  }

  /** Calls back with what is learned from now on. */
  onLearned(listener: (base: string, route: CreateRoute) => void): void {
    this.listeners.add(listener)
  }
}

/** What this page has learned. */
export const createRoutes = new CreateRoutes()

/** One way to ask for a run. */
export interface CreateAttempt {
  readonly route: CreateRoute
  readonly path: string
  readonly body: Readonly<Record<string, JsonValue>>
}

/**
 * The ways to ask for a run, in order: the next one is for a server that does not have the path of the one before.
 * @param version of the model, `owner/name:version`, `owner/name` for an official model, or empty
 * @param model `owner/name`; null where it has no such name
 * @param known the route that this server is known to take
 */
export function createAttempts(
  version: string,
  model: string | null,
  input: Readonly<Record<string, JsonValue>>,
  known: CreateRoute | null,
): CreateAttempt[] {
  const body: Record<string, JsonValue> = version === '' ? { input } : { version, input }
  const byVersion: CreateAttempt = { route: 'predictions', path: '/predictions', body }
  const named = parseModelReference(version) ?? (model === null ? null : parseModelReference(model))
  if (!named) return [byVersion]
  const path = `/models/${named.owner}/${named.name}/predictions`
  const byModel: CreateAttempt = { route: 'models', path, body: { input } }
  const isOfficial = version === `${named.owner}/${named.name}`
  return (known ?? (isOfficial ? 'models' : 'predictions')) === 'models'
    ? [byModel, byVersion]
    : [byVersion, byModel]
}
