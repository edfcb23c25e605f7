import { ownProperty } from '../../core/json'

export const HEALTH = ['STARTING', 'READY', 'BUSY', 'SETUP_FAILED', 'DEFUNCT', 'UNHEALTHY'] as const

export interface CogHealth {
  readonly status: (typeof HEALTH)[number]
  /** What the setup printed; empty where the server does not send it. */
  readonly logs: string
}

const MAX_LOG_CHARS = 4000

/** Reads `GET /health-check`; anything unknown is unhealthy. */
export function readHealth(body: unknown): CogHealth {
  const word = ownProperty(body, 'status')
  const logs = ownProperty(ownProperty(body, 'setup'), 'logs')
  return {
    status: HEALTH.find((status) => status === word) ?? 'UNHEALTHY',
    logs: typeof logs === 'string' ? logs.slice(-MAX_LOG_CHARS) : '',
  }
}

/** @returns the version of a Cog server from its `GET /`; null where the answer is not Cog's */
export function cogVersion(body: unknown): string | null {
  const version = ownProperty(body, 'cog_version')
  return typeof version === 'string' && ownProperty(body, 'predictions_url') !== undefined
    ? version.slice(0, 40)
    : null
}

/** @returns true for a `GET /` that names a schema: an old Cog says no more of itself there */
export function namesSchema(body: unknown): boolean {
  return typeof ownProperty(body, 'openapi_url') === 'string'
}

/** @returns true for the `openapi.json` of a Cog server of any version */
export function isCogSchema(body: unknown): boolean {
  return ownProperty(ownProperty(body, 'info'), 'title') === 'Cog'
}
