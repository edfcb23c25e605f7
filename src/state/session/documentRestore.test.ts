import { describe, expect, it } from 'vitest'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeFile } from '../fakePictures.testkit'
import { inFakeTime, masked, messageCodes, openTab, pass, readyTab } from '../tab.testkit'
import { promptIn, summaryIn } from './documents.testkit'

inFakeTime()

describe('a document', () => {
  it('is not written before the earlier one is loaded', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await pass(500)
    browser.close(tab.tab)
    const before = structuredClone(browser.documents)
    const again = await openTab(browser, {
      name: tab.tab,
      prepare: (page) => Object.assign(page.delays, { decode: 5000 }),
    })
    again.app.forms.setFields({ prompt: 'early' })
    await pass(1000)
    expect({ ...summaryIn(browser, tab.tab), writer: '' }).toEqual({
      ...before.summaries.get(browser.openedIn.get(tab.tab)!),
      writer: '',
    })
    expect(browser.documents.contents).toEqual(before.contents)
  })

  it('brings the form back where no picture was open', async () => {
    const browser = new FakeBrowser()
    const tab = await openTab(browser)
    tab.app.settings.set({ backendId: 'replicate', backendUrl: 'https://api.example/v1' })
    tab.app.forms.setFields({ prompt: 'a gate' })
    await pass(300)
    expect(summaryIn(browser, tab.tab).base).toBeNull()
    browser.close(tab.tab)
    browser.settings.clear()
    const again = await openTab(browser, { name: tab.tab })
    expect(again.app.settings.store.getState().backendUrl).toBe('https://api.example/v1')
    expect(Object.values(again.app.forms.store.getState().values)[0]).toMatchObject({ prompt: 'a gate' })
    expect(again.app.session.store.getState().source).toBeNull()
    expect(messageCodes(again)).toEqual([])
  })

  it('of a form alone is what was last entered, however soon after the page is left', async () => {
    for (const wait of [0, 100, 240, 260, 500]) {
      const browser = new FakeBrowser()
      const tab = await openTab(browser)
      tab.app.settings.set({ backendId: 'replicate' })
      await pass(wait)
      tab.app.settings.set({ backendUrl: 'https://api.example/v1' })
      tab.app.forms.setFields({ prompt: 'a gate' })
      browser.leave(tab.tab)
      const again = await openTab(browser, { name: tab.tab })
      expect(again.app.settings.store.getState()).toMatchObject({
        backendId: 'replicate',
        backendUrl: 'https://api.example/v1',
      })
      expect(Object.values(again.app.forms.store.getState().values)[0]).toMatchObject({ prompt: 'a gate' })
      await pass(500)
      expect(promptIn(browser, tab.tab)).toBe('a gate')
    }
  })

  it('of a picture holds what was last entered as the page is left, but nothing older than the disk', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await pass(500)
    tab.app.forms.setFields({ prompt: 'last' })
    browser.leave(tab.tab)
    const left = browser.leftIn.get(tab.tab)!
    const again = await openTab(browser, { name: tab.tab })
    expect(Object.values(again.app.forms.store.getState().values)[0]).toMatchObject({ prompt: 'last' })
    again.app.forms.setFields({ prompt: 'newer' })
    await pass(500)
    browser.close(tab.tab)
    browser.leftIn.set(tab.tab, left)
    const third = await openTab(browser, { name: tab.tab })
    expect(Object.values(third.app.forms.store.getState().values)[0]).toMatchObject({ prompt: 'newer' })
  })

  it('keeps what is typed while its picture is decoded', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    tab.app.forms.setFields({ prompt: 'before' })
    await pass(500)
    browser.close(tab.tab)
    const again = await openTab(browser, {
      name: tab.tab,
      prepare: (page) => Object.assign(page.delays, { decode: 3000 }),
    })
    again.app.forms.setFields({ prompt: 'after' })
    await pass(5000)
    expect(again.app.session.store.getState().source?.name).toBe('photo.png')
    expect(Object.values(again.app.forms.store.getState().values)[0]).toMatchObject({ prompt: 'after' })
    expect(promptIn(browser, tab.tab)).toBe('after')
  })

  it('keeps what is entered before its form is read', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    tab.app.forms.setFields({ prompt: 'before', negative_prompt: 'fog' })
    await pass(500)
    browser.close(tab.tab)
    const again = await openTab(browser, {
      name: tab.tab,
      prepare({ ports: { documents } }) {
        const { readDocument } = documents
        const slow: typeof readDocument = async (...asked) => {
          await new Promise((resolve) => setTimeout(resolve, 3000))
          return readDocument(...asked)
        }
        Object.assign(documents, { readDocument: slow })
      },
    })
    again.app.forms.setFields({ prompt: 'after' })
    await pass(5000)
    expect(again.app.session.store.getState().source?.name).toBe('photo.png')
    expect(Object.values(again.app.forms.store.getState().values)[0]).toMatchObject({
      prompt: 'after',
      negative_prompt: 'fog',
    })
    await pass(500)
    expect(promptIn(browser, tab.tab)).toBe('after')
  })

  it('whose picture cannot be opened goes on naming it', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await pass(500)
    browser.close(tab.tab)
    const key = summaryIn(browser, tab.tab).base!.key
    const file = browser.sources.get(key)!
    browser.sources.set(key, new Blob(['damaged']))
    const again = await openTab(browser, { name: tab.tab })
    expect(messageCodes(again)).toEqual(['image/damaged'])
    again.app.forms.setFields({ prompt: 'still here' })
    await pass(500)
    browser.close(tab.tab)
    browser.sources.set(key, file)
    const third = await openTab(browser, { name: tab.tab })
    expect(masked(third)).toBe(20 * 16)
    expect(Object.values(third.app.forms.store.getState().values)[0]).toMatchObject({ prompt: 'still here' })
  })

  it('is loaded after a file that is opened at once: the file stays', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await pass(500)
    browser.close(tab.tab)
    const again = await openTab(browser, {
      name: tab.tab,
      prepare({ ports }) {
        const { readDocument } = ports.documents
        Object.assign(ports.documents, {
          readDocument: async (...args: Parameters<typeof readDocument>) => {
            await new Promise((resolve) => setTimeout(resolve, 500))
            return readDocument(...args)
          },
        })
      },
    })
    void again.app.opener.openFile(fakeFile('mine.png'))
    await pass(2000)
    expect(again.app.session.store.getState().source?.name).toBe('mine.png')
    expect(summaryIn(browser, tab.tab).base?.name).toBe('mine.png')
  })

  it('gives way to a file that is opened while it is restored', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await pass(500)
    browser.close(tab.tab)
    const again = await openTab(browser, {
      name: tab.tab,
      prepare: (page) => Object.assign(page.delays, { decode: 300 }),
    })
    again.delays.decode = 1
    void again.app.opener.openFile(fakeFile('mine.png'))
    await pass(2000)
    expect(again.app.session.store.getState().source?.name).toBe('mine.png')
    expect(messageCodes(again)).toEqual([])
  })
})
