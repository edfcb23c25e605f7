import { FIELDS, ON_NODE } from '../backendContract.testkit'
import { CreateRoutes } from './createRoute'
import type { Mounted } from './fakeMount.testkit'
import { ReplicateBackend } from './replicateBackend'

/** @param asked for a model; one without a path of its own if it names none */
export function backendFor(
  api: Mounted,
  token: string | null = null,
  asked: { readonly version?: string; readonly model?: string; readonly routes?: CreateRoutes } = {},
): ReplicateBackend {
  const { version = 'v123', model = null, routes = new CreateRoutes() } = asked
  return new ReplicateBackend({
    ...ON_NODE,
    base: api.base,
    version,
    fields: { ...FIELDS, model },
    routes,
    credentials: () => ({ token, headers: {} }),
    waitSeconds: null,
  })
}

/** A model that has a path of its own, and one that has none. */
export const OFFICIAL = {
  version: 'black-forest-labs/flux-fill-pro',
  model: 'black-forest-labs/flux-fill-pro',
}
export const COMMUNITY = { version: 'f'.repeat(64), model: 'some/filler' }
