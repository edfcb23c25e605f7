import type { Credentials } from '../core/prediction/backend'
import { parseHeaders } from '../core/prediction/headers'

const KEY = 'pentimento.tokens'

export const NO_CREDENTIALS: Credentials = { token: null, headers: {} }

/**
 * API tokens and extra headers by origin: in this tab's storage, or in the device's where the user asked for it. They
 * are handed out for exactly the origin they were entered for.
 */
export interface TokenVault {
  /** @returns null where there is none */
  tokenFor(origin: string): string | null
  credentialsFor(origin: string): Credentials
  /** The headers as they were written; null where there are none. */
  headersFor(origin: string): string | null
  /** @returns true where a token or headers of this origin are stored on this device, beyond this tab */
  isKept(origin: string): boolean
  /** @param keep on this device, beyond this tab */
  saveToken(origin: string, token: string, keep: boolean): void
  /**
   * @param text `Name: value`, one a line; blank removes them
   * @param keep on this device, beyond this tab
   */
  saveHeaders(origin: string, text: string, keep: boolean): void
  /** Removes the token and the headers of an origin from this tab and from the device. */
  dropCredentials(origin: string): void
  /** The same in every open tab. */
  forgetCredentials(origin: string): void
  /** Removes the tokens and headers of all origins, in every open tab. */
  forgetAll(): void
}

/** Carries an origin, never a token, between the tabs of this page; null stands for all of them. */
export interface ForgetChannel {
  tell(origin: string | null): void
  onForget(callback: (origin: string | null) => void): void
}

type Tokens = Readonly<Record<string, string>>

/**
 * One store. What it cannot write (it is full, refused or missing) stays in memory and is read from there, until the
 * page is closed.
 */
class TokenStore {
  private readonly storage: Storage | null
  /** By origin what is not written yet; null for a token that is removed. */
  private readonly unwritten = new Map<string, string | null>()

  constructor(storage: Storage | null) {
    this.storage = storage
  }

  stored(): Tokens {
    try {
      const parsed: unknown = JSON.parse(this.storage?.getItem(KEY) ?? 'null')
      if (typeof parsed !== 'object' || parsed === null) return {}
      return Object.fromEntries(Object.entries(parsed).filter(([, value]) => typeof value === 'string'))
    } catch {
      return {}
    }
  }

  get(origin: string): string | null {
    const unwritten = this.unwritten.get(origin)
    if (unwritten !== undefined) return unwritten
    const stored = this.stored()
    return Object.hasOwn(stored, origin) ? stored[origin] : null
  }

  clear(): void {
    for (const origin of [...Object.keys(this.stored()), ...this.unwritten.keys()]) this.set(origin, null)
  }

  /** @param token null removes it */
  set(origin: string, token: string | null): void {
    if (token === this.get(origin)) return
    this.unwritten.set(origin, token)
    const all = new Map<string, string | null>([...Object.entries(this.stored()), ...this.unwritten])
    const tokens = Object.fromEntries([...all].filter(([, value]) => value !== null))
    try {
      if (!this.storage) return
      if (Object.keys(tokens).length > 0) this.storage.setItem(KEY, JSON.stringify(tokens))
      else this.storage.removeItem(KEY)
      this.unwritten.clear()
    } catch {
      // It stays in memory.
    }
  }
}

/**
 * @param stores this tab's and this device's storage; null where the browser refuses it
 * @param channel to the other tabs, whose session storage only they can reach; null where there is none
 */
export function createTokenVault(
  stores: { readonly session: Storage | null; readonly local: Storage | null },
  channel: ForgetChannel | null = null,
): TokenVault {
  const session = new TokenStore(stores.session)
  const local = new TokenStore(stores.local)

  const get = (key: string) => session.get(key) ?? local.get(key)
  const save = (key: string, text: string | null, keep: boolean) => {
    // The other one first: a full storage has room for the text again.
    const [to, from] = keep ? [local, session] : [session, local]
    from.set(key, null)
    to.set(key, text)
  }

  const drop = (origin: string) => {
    for (const key of [origin, headersKey(origin)]) save(key, null, false)
  }
  const dropAll = () => {
    session.clear()
    local.clear()
  }
  channel?.onForget((origin) => (origin === null ? dropAll() : drop(origin)))

  return {
    tokenFor: get,
    headersFor: (origin) => get(headersKey(origin)),
    credentialsFor: (origin) => ({
      token: get(origin),
      headers: parseHeaders(get(headersKey(origin)) ?? '').headers,
    }),
    isKept(origin) {
      const kept = local.stored()
      return Object.hasOwn(kept, origin) || Object.hasOwn(kept, headersKey(origin))
    },
    saveToken: save,
    saveHeaders: (origin, text, keep) => save(headersKey(origin), text.trim() === '' ? null : text, keep),
    dropCredentials: drop,
    forgetCredentials(origin) {
      drop(origin)
      channel?.tell(origin)
    },
    forgetAll() {
      dropAll()
      channel?.tell(null)
    },
  }
}

/** No origin contains a space. */
function headersKey(origin: string): string {
  return `${origin} headers`
}

let pageVault: TokenVault | null = null

/** The vault of this page's own storage. */
export function tokenVault(): TokenVault {
  pageVault ??= createTokenVault(
    { session: allowed(() => sessionStorage), local: allowed(() => localStorage) },
    forgetChannel(),
  )
  return pageVault
}

function forgetChannel(): ForgetChannel | null {
  if (typeof BroadcastChannel === 'undefined') return null
  const channel = new BroadcastChannel('pentimento.tokens')
  return {
    tell: (origin) => channel.postMessage({ forget: origin }),
    onForget(callback) {
      channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        const origin = typeof data === 'object' && data !== null && 'forget' in data ? data.forget : undefined
        if (typeof origin === 'string' || origin === null) callback(origin)
      })
    },
  }
}

/** Reading the global throws where the browser refuses storage. */
function allowed(storage: () => Storage): Storage | null {
  try {
    return storage()
  } catch {
    return null
  }
}
