import { BACKENDS } from '../../backends/backendRegistry'
import type { LocalizedText } from '../../core/localizedText'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { ownProperty } from '../../core/json'
import type { Ports } from '../ports'

/** A backend that the server of this page holds the key of, or passes requests on to. */
export interface Offer {
  readonly backendId: string
  /** A path of the page's origin. */
  readonly url: string
  readonly name: LocalizedText
  readonly description: LocalizedText
}

export interface OwnServerState {
  /** Empty on a host of static files. */
  readonly offers: readonly Offer[]
}

const OFFERED = BACKENDS.flatMap(({ id, ownServer }) => (ownServer ? [{ ...ownServer, backendId: id }] : []))

const MAX_HOST_CHARS = 100

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
      const answers = await Promise.all(OFFERED.map(({ path }) => ownServer(path)))
      const offers = OFFERED.flatMap(({ backendId, path, name, description }, at): Offer[] => {
        if (ownProperty(answers[at], 'ready') !== true) return []
        const said = ownProperty(answers[at], 'host')
        const host = typeof said === 'string' ? said.slice(0, MAX_HOST_CHARS) : ''
        const about = { name: withHost(name, host), description: withHost(description, host) }
        return [{ backendId, url: path, ...about }]
      })
      if (offers.length > 0) store.setState({ offers })
    },
  }
}

/** @param host of what is behind this server, as `host:port` */
function withHost(text: LocalizedText, host: string): LocalizedText {
  const named = Object.entries(text).map(([locale, words]) => [locale, words.replace('{host}', () => host)])
  return Object.fromEntries(named) as LocalizedText
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
