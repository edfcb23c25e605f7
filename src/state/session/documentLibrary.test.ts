import { describe, expect, it } from 'vitest'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, messageCodes, openPhoto, type OpenTab, openTab, pass } from '../tab.testkit'
import type { PicturePage } from './documentLibrary'

inFakeTime()

/** A browser in which pictures were opened one after the other, each in a tab that is closed again. */
async function browserWith(...names: readonly string[]): Promise<FakeBrowser> {
  const browser = new FakeBrowser()
  for (const name of names) {
    const tab = await openTab(browser)
    await openPhoto(tab, name)
    await pass(500)
    browser.close(tab.tab)
    await pass(1000)
  }
  return browser
}

async function done<T>(work: Promise<T>): Promise<T> {
  await pass(50)
  return work
}

const namesOf = ({ pictures }: PicturePage) => pictures.map(({ base }) => base?.name)

async function idsOf({ app }: OpenTab): Promise<Record<string, string>> {
  const { pictures } = await app.documents.list(99, null)
  return Object.fromEntries(pictures.map(({ id, base }) => [base?.name, id]))
}

describe('stored pictures', () => {
  it('are listed by pages, last changed first, each once, though the last of a page is deleted', async () => {
    const browser = await browserWith('a', 'b', 'c', 'd', 'e')
    const { app } = await openTab(browser)
    const first = await app.documents.list(2, null)
    expect(namesOf(first)).toEqual(['e', 'd'])
    expect(first.pictures[0].bytes).toBeGreaterThan(0)
    await done(app.documents.remove(first.pictures.map(({ id }) => id)))
    const second = await app.documents.list(2, first.next)
    expect(namesOf(second)).toEqual(['c', 'b'])
    const third = await app.documents.list(2, second.next)
    expect(namesOf(third)).toEqual(['a'])
    expect(third.next).toBeNull()
  })

  it('go with their steps, thumbnails and files once they are deleted; the others stay', async () => {
    const browser = await browserWith('a', 'b')
    const tab = await openTab(browser)
    const { a, b } = await idsOf(tab)
    const files = browser.sources.size
    expect(await done(tab.app.documents.remove([a]))).toEqual([a])
    expect(messageCodes(tab)).toContain('pictures-removed')
    // As long as it can be brought back, all of it is there.
    expect(browser.sources.size).toBe(files)
    await pass(11_000)
    const { summaries, contents, steps, thumbnails } = browser.documents
    for (const store of [summaries, contents, steps, thumbnails]) expect([...store.keys()]).toEqual([b])
    expect(browser.sources.size).toBe(files - 1)
  })

  it('that are deleted come back with one click, as they were', async () => {
    const browser = await browserWith('a', 'b', 'c')
    const tab = await openTab(browser)
    const { a, b, c } = await idsOf(tab)
    const before = (await tab.app.documents.list(9, null)).pictures
    await done(tab.app.documents.remove([a, b]))
    expect(Object.keys(await idsOf(tab))).toEqual(['c'])
    await done(tab.app.documents.undoRemove())
    expect((await tab.app.documents.list(9, null)).pictures).toEqual(before)
    expect(tab.app.state.read().documents.restored).toBe(1)
    // A second deletion leaves the first one for good.
    await done(tab.app.documents.remove([a]))
    await done(tab.app.documents.remove([b]))
    await done(tab.app.documents.undoRemove())
    await pass(11_000)
    expect(Object.keys(await idsOf(tab)).toSorted()).toEqual(['b', 'c'])
    expect([...browser.documents.summaries.keys()].toSorted()).toEqual([b, c].toSorted())
  })

  it('that another tab opens meanwhile are not deleted', async () => {
    const browser = await browserWith('a', 'b')
    const tab = await openTab(browser)
    const { a, b } = await idsOf(tab)
    const other = await openTab(browser)
    await done(tab.app.documents.remove([a, b]))
    expect(await done(other.app.documents.open(a))).toBe(true)
    await pass(11_000)
    expect(Object.keys(await idsOf(tab))).toEqual(['a'])
    expect([...browser.documents.summaries.keys()]).toEqual([a])
  })

  it('that are open here, in another tab, or within reach of Undo are kept', async () => {
    const browser = await browserWith('closed')
    const other = await openTab(browser)
    await openPhoto(other, 'other')
    const tab = await openTab(browser)
    await openPhoto(tab, 'before')
    await openPhoto(tab, 'here')
    await pass(500)
    const { pictures } = await tab.app.documents.list(9, null)
    expect(pictures.filter(({ isOpen }) => !isOpen).map(({ base }) => base?.name)).toEqual(['closed'])
    const { closed } = await idsOf(tab)
    expect(await done(tab.app.documents.remove(pictures.map(({ id }) => id)))).toEqual([closed])
    expect(Object.keys(await idsOf(tab)).toSorted()).toEqual(['before', 'here', 'other'])
    expect(messageCodes(tab)).toContain('pictures-open-kept')
  })

  it('that are open here are kept where the browser has no locks, too', async () => {
    const browser = await browserWith('closed')
    const tab = await openTab(browser, {
      prepare: ({ ports: { documents } }) => {
        documents.heldDocuments = () => Promise.resolve(null)
        documents.holdDocument = () => Promise.resolve(() => {})
      },
    })
    await openPhoto(tab, 'here')
    await pass(500)
    const { here, closed } = await idsOf(tab)
    expect(await done(tab.app.documents.remove([here, closed]))).toEqual([closed])
  })

  it('stay, and can be opened, where the disk refuses to delete them', async () => {
    const browser = await browserWith('a')
    const tab = await openTab(browser)
    const { a } = await idsOf(tab)
    browser.isFull = true
    expect(await done(tab.app.documents.remove([a]))).toEqual([])
    expect(messageCodes(tab)).toContain('storage/full')
    browser.isFull = false
    expect(await done(tab.app.documents.open(a))).toBe(true)
    expect(tab.app.session.store.getState().source?.name).toBe('a')
  })
})
