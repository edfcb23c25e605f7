import { type ExtraHeaders, parseHeaders } from '../core/prediction/headers'

/**
 * API tokens and extra headers by origin: in this tab's session storage, or in local storage where the user asked to
 * keep them. They are only ever handed out for exactly the origin they were entered for.
 */
const KEY = 'pentimento.tokens'

/** What requests to one origin carry. */
export interface Credentials {
  readonly token: string | null
  readonly headers: ExtraHeaders
}

export const NO_CREDENTIALS: Credentials = { token: null, headers: {} }

type Tokens = Record<string, string>
type StoreName = 'session' | 'local'

const STORES: readonly StoreName[] = ['session', 'local']

/** What is kept in memory where the browser refuses storage. */
const memory = new Map<string, Tokens>()

export function tokenFor(origin: string): string | null {
  for (const store of STORES) {
    const tokens = read(store)
    if (Object.hasOwn(tokens, origin)) return tokens[origin]
  }
  return null
}

export function credentialsFor(origin: string): Credentials {
  return { token: tokenFor(origin), headers: parseHeaders(headersFor(origin) ?? '').headers }
}

/** The headers as they were written; null where there are none. */
export function headersFor(origin: string): string | null {
  return tokenFor(headersKey(origin))
}

/** @param text `Name: value`, one a line; nothing takes them away */
export function saveHeaders(origin: string, text: string, keep: boolean): void {
  if (text.trim() === '') forgetToken(headersKey(origin))
  else saveToken(headersKey(origin), text, keep)
}

/** No origin has a space. */
function headersKey(origin: string): string {
  return `${origin} headers`
}

export function isKept(origin: string): boolean {
  const kept = read('local')
  return Object.hasOwn(kept, origin) || Object.hasOwn(kept, headersKey(origin))
}

/** Takes the token and the headers of an origin out of every store. */
export function forgetCredentials(origin: string): void {
  forgetToken(origin)
  forgetToken(headersKey(origin))
}

/** @param keep on this device, beyond this tab */
export function saveToken(origin: string, token: string, keep: boolean): void {
  forgetToken(origin)
  const store = keep ? 'local' : 'session'
  write(store, { ...read(store), [origin]: token })
}

function forgetToken(origin: string): void {
  for (const store of STORES) {
    const tokens = read(store)
    if (!Object.hasOwn(tokens, origin)) continue
    const rest = Object.fromEntries(Object.entries(tokens).filter(([key]) => key !== origin))
    write(store, rest)
  }
}

function storage(name: StoreName): Storage {
  return name === 'session' ? sessionStorage : localStorage
}

function read(name: StoreName): Tokens {
  try {
    const parsed: unknown = JSON.parse(storage(name).getItem(KEY) ?? 'null')
    if (typeof parsed !== 'object' || parsed === null) return {}
    return Object.fromEntries(Object.entries(parsed).filter(([, value]) => typeof value === 'string'))
  } catch {
    return memory.get(name) ?? {}
  }
}

function write(name: StoreName, tokens: Tokens): void {
  try {
    if (Object.keys(tokens).length > 0) storage(name).setItem(KEY, JSON.stringify(tokens))
    else storage(name).removeItem(KEY)
  } catch {
    // Storage is full or refused: the token stays in memory until the page is closed.
    memory.set(name, tokens)
  }
}
