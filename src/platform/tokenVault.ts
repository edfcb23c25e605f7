/**
 * API tokens by origin: in this tab's session storage, or in local storage where the user asked to keep one. A token
 * is only ever handed out for exactly the origin it was entered for.
 */
const KEY = 'pentimento.tokens'

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

export function isKept(origin: string): boolean {
  return Object.hasOwn(read('local'), origin)
}

/** @param keep on this device, beyond this tab */
export function saveToken(origin: string, token: string, keep: boolean): void {
  forgetToken(origin)
  const store = keep ? 'local' : 'session'
  write(store, { ...read(store), [origin]: token })
}

export function forgetToken(origin: string): void {
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
