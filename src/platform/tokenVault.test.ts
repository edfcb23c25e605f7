import { describe, expect, it } from 'vitest'
import { createTokenVault, type ForgetChannel } from './tokenVault'

const ORIGIN = 'https://api.example.org'
const OTHER = 'https://other.example.org'

/** A Storage of Node; `fails` is asked before each access. */
class FakeStorage implements Storage {
  readonly items = new Map<string, string>()
  fails: (method: 'getItem' | 'setItem' | 'removeItem') => boolean = () => false

  get length(): number {
    return this.items.size
  }
  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null
  }
  clear(): void {
    this.items.clear()
  }
  getItem(key: string): string | null {
    this.check('getItem')
    return this.items.get(key) ?? null
  }
  setItem(key: string, value: string): void {
    this.check('setItem')
    this.items.set(key, value)
  }
  removeItem(key: string): void {
    this.check('removeItem')
    this.items.delete(key)
  }
  private check(method: 'getItem' | 'setItem' | 'removeItem'): void {
    if (this.fails(method)) throw new DOMException('full', 'QuotaExceededError')
  }
}

function createVault() {
  const [session, local] = [new FakeStorage(), new FakeStorage()]
  return { session, local, vault: createTokenVault({ session, local }) }
}

it('hands a token out for its origin only, from the store that was asked for', () => {
  const { vault, session, local } = createVault()
  vault.saveToken(ORIGIN, 'one', false)
  vault.saveToken(OTHER, 'two', true)
  expect(vault.tokenFor(ORIGIN)).toBe('one')
  expect(vault.tokenFor(`${ORIGIN}.evil`)).toBeNull()
  expect([vault.isKept(ORIGIN), vault.isKept(OTHER)]).toEqual([false, true])
  expect([session.items.size, local.items.size]).toEqual([1, 1])
})

it('moves a token between the stores, and leaves nothing behind when it is forgotten', () => {
  const { vault, session, local } = createVault()
  vault.saveToken(ORIGIN, 'one', true)
  vault.saveHeaders(ORIGIN, 'x-team: blue', true)
  vault.saveToken(ORIGIN, 'one', false)
  vault.saveHeaders(ORIGIN, 'x-team: blue', false)
  expect(local.items.size).toBe(0)
  expect(vault.credentialsFor(ORIGIN)).toEqual({ token: 'one', headers: { 'x-team': 'blue' } })
  vault.forgetCredentials(ORIGIN)
  expect(session.items.size).toBe(0)
  expect(vault.credentialsFor(ORIGIN)).toEqual({ token: null, headers: {} })
})

it('removes headers that are saved blank', () => {
  const { vault } = createVault()
  vault.saveHeaders(ORIGIN, 'x-team: blue', false)
  vault.saveHeaders(ORIGIN, ' \n', false)
  expect(vault.headersFor(ORIGIN)).toBeNull()
})

describe.each([true, false])('a full storage (keep: %s)', (keep) => {
  it('keeps a new token in memory, beside those that were written', () => {
    const { vault, session, local } = createVault()
    vault.saveToken(OTHER, 'old', keep)
    for (const storage of [session, local]) storage.fails = (method) => method === 'setItem'
    vault.saveToken(ORIGIN, 'new', keep)
    expect(vault.tokenFor(ORIGIN)).toBe('new')
    expect(vault.tokenFor(OTHER)).toBe('old')
    expect(vault.isKept(ORIGIN)).toBe(false)
  })

  it('replaces a token that was written, and writes it once there is room', () => {
    const { vault, session, local } = createVault()
    vault.saveToken(ORIGIN, 'old', keep)
    for (const storage of [session, local]) storage.fails = (method) => method === 'setItem'
    vault.saveToken(ORIGIN, 'new', keep)
    expect(vault.tokenFor(ORIGIN)).toBe('new')
    for (const storage of [session, local]) storage.fails = () => false
    vault.saveToken(OTHER, 'two', keep)
    expect(createTokenVault({ session, local }).tokenFor(ORIGIN)).toBe('new')
  })

  it('forgets a token that was never written', () => {
    const { vault, session, local } = createVault()
    for (const storage of [session, local]) storage.fails = (method) => method === 'setItem'
    vault.saveToken(ORIGIN, 'new', keep)
    vault.forgetCredentials(ORIGIN)
    expect(vault.tokenFor(ORIGIN)).toBeNull()
  })
})

describe('works in memory', () => {
  it('where every access throws', () => {
    const { vault, session, local } = createVault()
    for (const storage of [session, local]) storage.fails = () => true
    vault.saveToken(ORIGIN, 'one', true)
    vault.saveToken(ORIGIN, 'two', false)
    expect(vault.tokenFor(ORIGIN)).toBe('two')
    vault.forgetCredentials(ORIGIN)
    expect(vault.tokenFor(ORIGIN)).toBeNull()
  })

  it('where there is no storage', () => {
    const vault = createTokenVault({ session: null, local: null })
    vault.saveToken(ORIGIN, 'one', true)
    expect(vault.tokenFor(ORIGIN)).toBe('one')
    expect(vault.isKept(ORIGIN)).toBe(false)
  })
})

it('reads nothing from what is damaged', () => {
  const { vault, session } = createVault()
  for (const text of ['{', 'null', '3', '{"https://api.example.org":7}']) {
    session.items.set('pentimento.tokens', text)
    expect(vault.tokenFor(ORIGIN)).toBeNull()
  }
})

describe('tabs of one browser', () => {
  /** Each with its own session storage, on one device. */
  function openTabs(count: number) {
    const local = new FakeStorage()
    const listeners: ((origin: string | null) => void)[] = []
    const told: (string | null)[] = []
    return {
      told,
      tabs: Array.from({ length: count }, (_, tab) => {
        const channel: ForgetChannel = {
          tell: (origin) => {
            told.push(origin)
            listeners.forEach((listener, other) => other !== tab && listener(origin))
          },
          onForget: (callback) => void (listeners[tab] = callback),
        }
        const session = new FakeStorage()
        return { session, vault: createTokenVault({ session, local }, channel) }
      }),
    }
  }

  it('forget a token and headers together, those that could not be written too', () => {
    const { tabs, told } = openTabs(3)
    for (const [place, { vault, session }] of tabs.entries()) {
      if (place === 2) session.fails = (method) => method === 'setItem'
      vault.saveToken(ORIGIN, `token ${place}`, false)
      vault.saveHeaders(ORIGIN, 'x-team: blue', place === 1)
      vault.saveToken(OTHER, 'other', false)
    }
    tabs[0].vault.forgetCredentials(ORIGIN)
    for (const { vault } of tabs) {
      expect(vault.credentialsFor(ORIGIN)).toEqual({ token: null, headers: {} })
      expect(vault.tokenFor(OTHER)).toBe('other')
    }
    expect(told).toEqual([ORIGIN])
  })

  it('forget all tokens and headers, those that could not be written too', () => {
    const { tabs, told } = openTabs(3)
    for (const [place, { vault, session }] of tabs.entries()) {
      if (place === 2) session.fails = (method) => method === 'setItem'
      vault.saveToken(ORIGIN, `token ${place}`, place === 1)
      vault.saveHeaders(OTHER, 'x-team: blue', false)
    }
    tabs[0].vault.forgetAll()
    for (const { vault, session } of tabs) {
      expect([vault.tokenFor(ORIGIN), vault.headersFor(OTHER), vault.isKept(ORIGIN)]).toEqual([
        null,
        null,
        false,
      ])
      expect([...session.items.keys()]).toEqual([])
    }
    expect(told).toEqual([null])
  })

  it('keep theirs where one tab only takes a backend out of its list', () => {
    const { tabs } = openTabs(2)
    for (const { vault } of tabs) vault.saveToken(ORIGIN, 'mine', false)
    tabs[0].vault.dropCredentials(ORIGIN)
    expect(tabs.map(({ vault }) => vault.tokenFor(ORIGIN))).toEqual([null, 'mine'])
  })
})
