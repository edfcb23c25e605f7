import { describe, expect, it } from 'vitest'
import { BACKENDS } from '../../backends/backendRegistry'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, openTab } from '../tab.testkit'

inFakeTime()

describe('backends', () => {
  it('are saved by name and chosen again', async () => {
    const browser = new FakeBrowser()
    const { app } = await openTab(browser)
    app.settings.set({ backendId: 'replicate', backendUrl: 'https://one.example/v1' })
    app.backends.save('One')
    app.settings.set({ backendUrl: 'https://two.example/v1' })
    app.backends.save('')
    expect(app.backends.store.getState().saved.map(({ name }) => name)).toEqual(['One', 'two.example'])
    app.backends.choose(app.backends.store.getState().saved[0])
    expect(app.settings.store.getState().backendUrl).toBe('https://one.example/v1')
    const again = await openTab(browser)
    expect(again.app.backends.store.getState().saved).toHaveLength(2)
  })

  it('dropped, take their key with them unless the origin is in use', async () => {
    const { app, ports } = await openTab(new FakeBrowser())
    app.settings.set({ backendId: 'replicate', backendUrl: 'https://one.example/v1' })
    app.backends.save('One')
    app.backends.saveToken('https://one.example', 'key', false)
    app.backends.drop(app.backends.store.getState().saved[0])
    expect(ports.vault.tokenFor('https://one.example')).toBe('key')
    app.backends.save('One')
    app.settings.set({ backendUrl: 'https://two.example' })
    app.backends.drop(app.backends.store.getState().saved[0])
    expect(ports.vault.tokenFor('https://one.example')).toBeNull()
  })

  it('show a token’s end only', async () => {
    const { app } = await openTab(new FakeBrowser())
    app.backends.saveToken('https://one.example', 'r8_abcdef', false)
    expect(app.backends.tokenHint('https://one.example')).toEqual({ end: 'cdef', kept: false })
    expect(app.backends.tokenHint('https://other.example')).toBeNull()
  })

  it('saved, remember where they take a create, also when that is learned later', async () => {
    const browser = new FakeBrowser()
    const { app, ports } = await openTab(browser)
    const { routes } = ports.backends
    const save = (url: string) => {
      app.settings.set({ backendId: 'replicate', backendUrl: url })
      app.backends.save('')
    }
    routes.learn('https://early.example/v1', 'models')
    routes.learn('https://unsaved.example/v1', 'models')
    save('https://early.example/v1/')
    save('https://late.example/v1')
    routes.learn('https://late.example/v1', 'predictions')
    expect(app.backends.store.getState().saved.map(({ route }) => route)).toEqual(['models', 'predictions'])
    const again = await openTab(browser)
    const known = ['early', 'late', 'unsaved'].map((name) =>
      again.ports.backends.routes.of(`https://${name}.example/v1`),
    )
    expect(known).toEqual(['models', 'predictions', null])
  })

  it('a failed check says why and changes nothing', async () => {
    const { app } = await openTab(new FakeBrowser())
    app.settings.set({ backendUrl: 'https://down.example' })
    const result = await app.backends.check('https://down.example', AbortSignal.timeout(1000))
    expect(result).toMatchObject({ kind: 'fails', error: { code: 'backend/unreachable' } })
    expect(app.settings.store.getState().backendId).toBe('embedded')
  })

  it('each has an id of its own and a name in both languages', () => {
    expect(new Set(BACKENDS.map(({ id }) => id)).size).toBe(BACKENDS.length)
    for (const { name } of BACKENDS) expect(Object.values(name).every((text) => text.length > 0)).toBe(true)
  })
})
