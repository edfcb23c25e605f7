import { describe, expect, it } from 'vitest'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, masked, newestRun, openTab, paint, pass, readyTab } from '../tab.testkit'
import { processing } from '../fakeBackend.testkit'

inFakeTime()

describe('several tabs', () => {
  it('list each other’s runs; one polls', async () => {
    const browser = new FakeBrowser()
    const one = await readyTab(browser)
    const two = await openTab(browser)
    one.backend.gets.push(...processing(5))
    void one.app.runner.start()
    await pass(1000)
    expect(newestRun(two)).toMatchObject({ stage: 'elsewhere' })
    await pass(30_000)
    expect(two.backend.calls.get).toBe(0)
    expect(newestRun(two).record.status).toBe('succeeded')
    expect(browser.runs.size).toBe(1)
  })

  it('take over the run of a closed tab within 5 s', async () => {
    const browser = new FakeBrowser()
    const one = await readyTab(browser)
    const two = await openTab(browser)
    one.backend.gets.push(...processing(50))
    void one.app.runner.start()
    await pass(3000)
    browser.close(one.tab)
    await pass(5000)
    expect(two.backend.calls.get).toBeGreaterThan(0)
    expect(two.backend.calls.create).toBe(0)
    expect(newestRun(two).record.status).toBe('succeeded')
  })

  it('five of them follow one run once', async () => {
    const browser = new FakeBrowser()
    const tabs = [await readyTab(browser)]
    for (let i = 0; i < 4; i++) tabs.push(await openTab(browser))
    tabs[0].backend.gets.push(...processing(50))
    void tabs[0].app.runner.start()
    await pass(3000)
    browser.close(tabs[0].tab)
    await pass(20_000)
    const polling = tabs.slice(1).filter(({ backend }) => backend.calls.get > 0)
    expect(polling).toHaveLength(1)
    for (const tab of tabs.slice(1)) expect(newestRun(tab).record.status).toBe('succeeded')
  })

  it('have a form and a mask each, after a reload too', async () => {
    const browser = new FakeBrowser()
    const one = await readyTab(browser)
    const two = await readyTab(browser, 'other.png')
    one.app.forms.setFields({ prompt: 'of one' })
    two.app.forms.setFields({ prompt: 'of two' })
    paint(two, 0, 0, 4, 4)
    await pass(1000)
    browser.close(one.tab)
    browser.close(two.tab)
    const again = await openTab(browser, { name: one.tab })
    expect(again.app.session.store.getState().source?.name).toBe('photo.png')
    expect(Object.values(again.app.forms.store.getState().values)[0]).toMatchObject({ prompt: 'of one' })
    expect(masked(again)).toBe(20 * 16)
  })

  it('a new one starts with the last used backend and model, and an empty form', async () => {
    const browser = new FakeBrowser()
    const one = await readyTab(browser)
    one.app.chooseModel('black-forest-labs/flux-fill-dev')
    one.app.forms.setFields({ prompt: 'private' })
    await pass(1000)
    const two = await openTab(browser)
    expect(two.app.settings.store.getState()).toMatchObject({
      backendId: 'replicate',
      backendUrl: 'https://api.example/v1',
      modelId: 'black-forest-labs/flux-fill-dev',
    })
    expect(two.app.forms.store.getState().values).toEqual({})
  })
})
