import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

describe('what a tab notes for the page after a reload', () => {
  const stored = new Map<string, string>()
  const shown: { readonly type: string; readonly listener: () => void }[] = []

  beforeEach(() => {
    stored.clear()
    vi.resetModules()
    vi.stubGlobal('addEventListener', (type: string, listener: () => void) => shown.push({ type, listener }))
    shown.length = 0
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
      removeItem: (key: string) => void stored.delete(key),
      clear: () => stored.clear(),
    })
  })
  afterEach(() => vi.unstubAllGlobals())

  it('is read once', async () => {
    const { noteLeft, noteOpened, openedHere, takeLeft } = await import('./openedDocument')
    noteOpened('one')
    noteLeft('form')
    expect([openedHere(), takeLeft(), takeLeft()]).toEqual(['one', 'form', null])
  })

  it('is nothing where the page comes back as it was', async () => {
    const { noteLeft, takeLeft } = await import('./openedDocument')
    noteLeft('form')
    expect(shown.map(({ type }) => type)).toEqual(['pageshow'])
    for (const { listener } of shown) listener()
    expect(takeLeft()).toBeNull()
  })

  it('is nothing once all was deleted: the page is left right after', async () => {
    vi.stubGlobal('removeEventListener', () => {})
    const { noteLeft, noteOpened } = await import('./openedDocument')
    const { stopWriting } = await import('./wipe')
    noteOpened('one')
    stopWriting()
    noteOpened('one')
    noteLeft('form')
    expect([...stored.values()]).toEqual([])
  })
})
