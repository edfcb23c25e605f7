import * as v from 'valibot'
import type { StoreApi } from 'zustand/vanilla'
import { backendDescriptor, BACKENDS } from '../../backends/backendRegistry'
import type { ProbeResult } from '../../backends/probe'
import type { CreateRoute } from '../../backends/replicate/createRoute'
import { absoluteBase, normalizeBaseUrl, originOf } from '../../backends/wire/baseUrl'
import { type AppErrorData, errorData } from '../../core/errors'
import type { BackendDescriptor, BackendRef } from '../../core/prediction/backend'
import { parseHeaders } from '../../core/prediction/headers'
import type { Ports } from '../ports'
import { createPersisted } from '../shell/persisted'
import type { Settings, SettingsRoom } from '../shell/settings'
import { type FormContext, selectBackend, selectModel } from './formSelectors'
import type { ModelLoader } from './modelLoader'

/** A backend saved under a name; the vault holds its token, by origin. */
export interface SavedBackend {
  readonly name: string
  readonly backendId: string
  readonly url: string
  /** Where it takes a create, once that is known. */
  readonly route?: CreateRoute | undefined
}

export interface BackendState {
  readonly saved: readonly SavedBackend[]
}

/** What answers at an address. */
export type FoundBackend = ProbeResult

export type ConnectionResult =
  | { readonly kind: 'works'; readonly found: FoundBackend }
  | { readonly kind: 'fails'; readonly error: AppErrorData }

const MAX_NAME = 60
/** A server that does not describe its model within this keeps the one that is chosen, ms. */
const OWN_MODEL_MS = 20_000

const savedSchema = v.object({
  name: v.string(),
  backendId: v.string(),
  url: v.string(),
  route: v.optional(v.picklist(['predictions', 'models'])),
})

/** A list of which only what fits is taken. */
const savedList = v.pipe(
  v.array(v.unknown()),
  v.transform((items) => items.filter((item): item is SavedBackend => v.is(savedSchema, item))),
)

export interface Backends {
  readonly store: StoreApi<BackendState>
  /** Saves the chosen backend under a name; one of that name, or at that address, is replaced. */
  save(name: string): void
  choose(saved: Pick<SavedBackend, 'backendId' | 'url'>): void
  /** Takes a saved backend out of the list; its key goes with it unless that origin is still in use. */
  drop(saved: SavedBackend): void
  /** Finds out what answers at an address; the settings take that backend if they still name the address. */
  check(url: string, signal: AbortSignal): Promise<ConnectionResult>
  /** The origin that a key for this address belongs to; null where it is no address. */
  originOf(url: string): string | null
  /** The name of an address that the user has not named: its host. */
  hostOf(url: string): string
  /** What may be shown of a stored token: its last characters. */
  tokenHint(origin: string | null): { readonly end: string; readonly kept: boolean } | null
  /** True where the token or headers of this origin are saved on this device. */
  isRemembered(origin: string | null): boolean
  /** @param keep on this device, beyond this tab */
  saveToken(origin: string, token: string, keep: boolean): void
  /** The names of the extra headers that go to an origin. */
  headerNames(origin: string | null): string[]
  /**
   * Takes extra headers as they were written; blank removes them.
   * @returns the first line that is none or may not be set; null where all were taken
   */
  saveHeaders(origin: string, text: string, keep: boolean): string | null
  forgetCredentials(origin: string): void
  /** Moves what is stored for an origin between this tab and this device. */
  keepCredentials(origin: string, keep: boolean): void
}

interface BackendRooms {
  readonly ports: Ports
  readonly settings: SettingsRoom
  readonly loader: ModelLoader
  readonly onWriteError: (cause: unknown) => void
  /** The addresses at which runs are followed. */
  readonly urlsInUse: () => readonly string[]
}

export function createBackends({ ports, settings, loader, onWriteError, urlsInUse }: BackendRooms): Backends {
  const { vault, page } = ports
  const store = createPersisted<BackendState>({
    storage: ports.storage,
    name: 'pentimento.backends',
    version: 1,
    initial: { saved: [] },
    entries: { saved: savedList },
    onWriteError,
    onStorage: page.onStorage,
  })

  const { routes } = ports.backends
  const baseOf = (url: string): string | null => {
    try {
      return absoluteBase(url, page.base)
    } catch {
      return null
    }
  }
  for (const { url, route } of store.getState().saved) {
    const base = baseOf(url)
    if (base !== null && route) routes.learn(base, route)
  }
  routes.onLearned((base, route) => {
    if (!store.getState().saved.some(({ url }) => baseOf(url) === base)) return
    store.setState(({ saved }) => ({
      saved: saved.map((one) => (baseOf(one.url) === base ? { ...one, route } : one)),
    }))
  })

  const backends: Backends = {
    store,
    save(name) {
      const { backendId, backendUrl: url } = settings.store.getState()
      const route = routes.of(baseOf(url) ?? '')
      const saved: SavedBackend = {
        name: name.trim().slice(0, MAX_NAME) || backends.hostOf(url),
        backendId,
        url,
        ...(route ? { route } : {}),
      }
      store.setState((state) => ({
        saved: [...state.saved.filter((other) => other.url !== url && other.name !== saved.name), saved],
      }))
    },
    choose({ backendId, url }) {
      settings.set({ backendId, backendUrl: url, modelVersion: '' })
      // A backend that serves one model: the form becomes that model's.
      if (servesOwnModel(backendId)) {
        void loader.load('', AbortSignal.timeout(OWN_MODEL_MS)).catch(() => {})
      }
    },
    drop(dropped) {
      store.setState(({ saved }) => ({ saved: saved.filter((other) => other !== dropped) }))
      const origin = backends.originOf(dropped.url)
      const { backendUrl } = settings.store.getState()
      const inUse = [backendUrl, ...store.getState().saved.map(({ url }) => url), ...urlsInUse()]
      if (origin !== null && !inUse.some((url) => backends.originOf(url) === origin)) {
        vault.dropCredentials(origin)
      }
    },
    async check(url, signal) {
      try {
        const base = absoluteBase(url, page.base)
        const credentials = vault.credentialsFor(new URL(base).origin)
        const found = await ports.backends.probe(base, page.base, credentials, signal)
        if (found.route) routes.learn(base, found.route)
        if (settings.store.getState().backendUrl === url) {
          // What is not recognised stays what the user says it is.
          if (found.kind !== 'unknown') settings.set({ backendId: found.backendId })
          if (servesOwnModel(found.backendId)) await loader.load('', signal).catch(() => {})
        }
        return { kind: 'works', found }
      } catch (error) {
        return { kind: 'fails', error: errorData(error) }
      }
    },
    originOf(url) {
      try {
        return originOf(normalizeBaseUrl(url, page.base), page.base)
      } catch {
        return null
      }
    },
    hostOf(url) {
      const origin = backends.originOf(url)
      return origin === null ? url : new URL(origin).host
    },
    tokenHint(origin) {
      const token = origin === null ? null : vault.tokenFor(origin)
      return token === null || origin === null ? null : { end: token.slice(-4), kept: vault.isKept(origin) }
    },
    isRemembered: (origin) => origin !== null && vault.isKept(origin),
    saveToken: (origin, token, keep) => vault.saveToken(origin, token, keep),
    headerNames: (origin) => (origin === null ? [] : Object.keys(vault.credentialsFor(origin).headers)),
    saveHeaders(origin, text, keep) {
      const { refused } = parseHeaders(text)
      if (refused === null) vault.saveHeaders(origin, text, keep)
      return refused
    },
    forgetCredentials: (origin) => vault.forgetCredentials(origin),
    keepCredentials(origin, keep) {
      const token = vault.tokenFor(origin)
      if (token !== null) vault.saveToken(origin, token, keep)
      const headers = vault.headersFor(origin)
      if (headers !== null) vault.saveHeaders(origin, headers, keep)
    },
  }
  return backends
}

/** True for a backend that serves one model, which the form takes over. */
function servesOwnModel(backendId: string): boolean {
  return backendDescriptor(backendId).models === 'own'
}

/** @returns the saved backend that the settings name; null where they name none */
export function selectSaved({ saved }: BackendState, settings: Settings): SavedBackend | null {
  if (!selectBackend(settings).needsUrl) return null
  const { backendUrl, backendId } = settings
  return saved.find((one) => one.url === backendUrl && one.backendId === backendId) ?? null
}

/**
 * The backend that the settings name.
 * @param pageUrl what a path is an address on
 * @throws AppError `backend/no-url`, `backend/url-invalid`
 */
export function selectBackendRef(context: FormContext, pageUrl: string): BackendRef {
  const { backendId, backendUrl, modelVersion, deviceModel } = context.settings
  const { needsUrl, needsFile = false } = backendDescriptor(backendId)
  return {
    id: backendId,
    url: needsUrl ? normalizeBaseUrl(backendUrl, pageUrl) : null,
    version: needsUrl ? modelVersion.trim() || selectModel(context).version : needsFile ? deviceModel : null,
  }
}

/** The backends, in menu order. */
export const BACKEND_MENU: readonly BackendDescriptor[] = BACKENDS
