import { createStore, type StoreApi } from 'zustand/vanilla'
import { ownProperty } from '../../core/json'
import type { Ports } from '../ports'

/** A backend that the server of this page holds the key of, or passes requests on to. */
export interface Offer {
  readonly backendId: 'replicate' | 'cog'
  /** A path of the page's origin. */
  readonly url: string
  /** What is behind it, as `host:port`. */
  readonly host: string
}

export interface OwnServerState {
  /** Empty on a host of static files. */
  readonly offers: readonly Offer[]
}

const PATHS = [
  { backendId: 'replicate', url: '/replicate/v1' },
  { backendId: 'cog', url: '/cog' },
] as const

export interface OwnServer {
  readonly store: StoreApi<OwnServerState>
  /** Asks once a visit what this server offers. */
  ask(): Promise<void>
}

export function createOwnServer({ ownServer }: Pick<Ports, 'ownServer'>): OwnServer {
  const store = createStore<OwnServerState>()(() => ({ offers: [] }))
  return {
    store,
    async ask() {
      const answers = await Promise.all(PATHS.map(({ url }) => ownServer(url)))
      const offers = PATHS.flatMap((path, at): Offer[] => {
        const host = ownProperty(answers[at], 'host')
        const isReady = ownProperty(answers[at], 'ready') === true
        return isReady ? [{ ...path, host: typeof host === 'string' ? host.slice(0, 100) : '' }] : []
      })
      if (offers.length > 0) store.setState({ offers })
    },
  }
}

/** The offer that the settings name; null where they name none. */
export function selectOffer(
  { offers }: OwnServerState,
  settings: { readonly backendId: string; readonly backendUrl: string },
): Offer | null {
  return (
    offers.find(({ backendId, url }) => backendId === settings.backendId && url === settings.backendUrl) ??
    null
  )
}
