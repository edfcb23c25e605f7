import { describe, expect, it } from 'vitest'
import { MAX_LINK_CHARS } from '../../core/document/codec/linkCodec'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeFile, fakeImage } from '../fakePictures.testkit'
import { selectValues } from '../model/formSelectors'
import { inFakeTime, masked, messageCodes, openPhoto, openTab, pass, readyTab } from '../tab.testkit'
import { PICTURE } from './link.testkit'

inFakeTime()

/** The link to a file that is open with a mask. */
async function linkOfFile(): Promise<string> {
  const tab = await readyTab(new FakeBrowser())
  tab.app.settings.set({ backendId: 'embedded' })
  return (await tab.app.links.make()).url
}

describe('a link to a file', () => {
  it('opens by itself where this device has kept the file', async () => {
    const url = await linkOfFile()
    const browser = new FakeBrowser()
    browser.sources.set('digest-photo.png', fakeFile('photo.png'))
    const tab = await openTab(browser, { address: url })
    await pass(100)
    expect(tab.app.session.store.getState().source?.name).toBe('photo.png')
    expect(masked(tab)).toBe(20 * 16)
    expect(messageCodes(tab)).not.toContain('link-needs-file')
  })

  it('recognises its file, and says where another one of its size was opened', async () => {
    const url = await linkOfFile()
    for (const [name, isOther] of [
      ['photo.png', false],
      ['other.png', true],
    ] as const) {
      const tab = await openTab(new FakeBrowser(), { address: url })
      await pass(50)
      expect(messageCodes(tab)).toContain('link-needs-file')
      await openPhoto(tab, name)
      expect(masked(tab)).toBe(20 * 16)
      expect(messageCodes(tab).includes('similar-file')).toBe(isOther)
    }
  })

  it('carries the picture where its maker wants that: nobody is asked for a file', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.app.settings.set({ backendId: 'embedded' })
    const picture = await tab.app.links.smallPicture()
    const { url, needsFile } = await tab.app.links.make(picture)
    expect([needsFile, picture]).toEqual([false, Uint8Array.of(64, 48)])
    const other = await openTab(new FakeBrowser(), { address: url })
    await pass(100)
    expect(messageCodes(other)).not.toContain('link-needs-file')
    expect(masked(other)).toBe(20 * 16)
  })
})

it.each([
  ['#p1=AAAAhello', 'share/unreadable'],
  ['#p1=%%%', 'share/unreadable'],
  ['#p9=abc', 'share/newer-version'],
  [`#p1=${'A'.repeat(MAX_LINK_CHARS + 1)}`, 'share/too-large'],
])('a link that cannot be read is said to be one, and opens nothing: %.40s', async (link, code) => {
  const tab = await openTab(new FakeBrowser(), { address: `http://page.example/${link}` })
  await pass(100)
  expect(messageCodes(tab)).toEqual([code])
  expect(tab.app.session.store.getState().source).toBeNull()
})

describe('a pasted text', () => {
  it('that is a link opens as one, and asks before it replaces work', async () => {
    const url = await linkOfFile()
    const tab = await readyTab(new FakeBrowser(), 'mine.png')
    expect(
      await tab.app.links.openText(url.replace('http://page.example', 'https://elsewhere.example')),
    ).toBe(true)
    expect(tab.app.state.read().links.question).toMatchObject({ replaces: true, backendUrl: null })
    expect(tab.clearedAddresses.count).toBe(0)
  })

  it('of Replicate’s playground fills model, form and picture', async () => {
    const tab = await openTab(new FakeBrowser())
    tab.web.set(PICTURE, fakeImage(64, 48))
    const inputs = encodeURIComponent(JSON.stringify({ image: PICTURE, prompt: 'a fox', seed: 4, bogus: 1 }))
    const model = 'black-forest-labs/flux-fill-dev'
    void tab.app.openAddress(`https://replicate.com/playground?model=${model}&inputs=${inputs}`)
    await pass(100)
    expect(tab.app.settings.store.getState()).toMatchObject({ modelId: model, backendId: 'embedded' })
    expect(selectValues(tab.app.forms.context())).toMatchObject({ prompt: 'a fox', seed: 4 })
    expect(tab.app.session.store.getState().source?.link).toEqual({ kind: 'url', url: PICTURE })
    expect(messageCodes(tab)).toContain('settings-dropped')
  })

  it('that names a model which is not here says so, and leaves the form', async () => {
    const tab = await openTab(new FakeBrowser())
    const before = tab.app.settings.store.getState().modelId
    await tab.app.links.openText('https://replicate.com/some/other-model')
    expect(messageCodes(tab)).toContain('link-model')
    expect(tab.app.settings.store.getState().modelId).toBe(before)
  })

  it('that is an address of a picture opens that', async () => {
    const tab = await openTab(new FakeBrowser())
    tab.web.set(PICTURE, fakeImage(64, 48))
    void tab.app.openAddress(PICTURE)
    await pass(100)
    expect(tab.app.session.store.getState().source?.link).toEqual({ kind: 'url', url: PICTURE })
    expect(await tab.app.links.openText('a cat')).toBe(false)
  })
})
