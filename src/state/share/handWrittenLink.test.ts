import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeLink } from '../../core/document/codec/linkCodec'
import { readHandWrittenLink } from '../../core/document/codec/handWrittenLink'
import { toBase64Url } from '../../core/base64'
import { setupOnly } from '../../core/document/partialDocument'
import { printable } from '../../core/url/imageUrl'
import { REFUSED } from '../../backends/wire/refusedUrls.testkit'
import { selectMaskUrl } from '../session/sessionSelectors'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeImage } from '../fakePictures.testkit'
import {
  inFakeTime,
  masked,
  messageCodes,
  openPhoto,
  type OpenTab,
  openTab,
  paint,
  pass,
} from '../tab.testkit'
import { opened, PICTURE, valuesOf } from './link.testkit'

inFakeTime()

describe('a link written by hand', () => {
  const by = (query: string) => opened(`http://page.example/?${query}`)

  it('fills what it names and keeps the rest', async () => {
    const tab = await by(`image=${encodeURIComponent(PICTURE)}&prompt=a+red+door&steps=25&scheduler=DDIM`)
    expect(tab.app.session.store.getState().source?.link).toEqual({ kind: 'url', url: PICTURE })
    expect(valuesOf(tab)).toMatchObject({ prompt: 'a red door', num_inference_steps: 25, scheduler: 'DDIM' })
    expect(valuesOf(tab)).toHaveProperty('guidance_scale')
  })

  it('says which settings it could not use', async () => {
    const tab = await by('prompt=x&steps=many&no_such_field=1')
    expect(valuesOf(tab)).toMatchObject({ prompt: 'x' })
    const [message] = tab.app.messages.store.getState().messages
    expect(message).toMatchObject({ code: 'settings-dropped', params: { names: 'steps, no_such_field' } })
  })

  it('suggests a backend and waits for a yes', async () => {
    const tab = await by('prompt=x&backend=https://evil.example/v1')
    expect(tab.app.state.read().links.question?.backendUrl).toBe('https://evil.example/v1')
    expect(tab.app.settings.store.getState().backendUrl).toBe('')
  })

  it.each(REFUSED)('refuses the backend %j by name, and opens the rest', async (url) => {
    const tab = await by(`prompt=x&backend=${encodeURIComponent(url)}`)
    expect(tab.app.state.read().links.question).toBeNull()
    expect(valuesOf(tab)).toMatchObject({ prompt: 'x' })
    expect(tab.app.settings.store.getState().backendUrl).toBe('')
    const [message] = tab.app.messages.store.getState().messages
    expect(message).toMatchObject({ kind: 'error', error: { code: 'share/bad-backend' } })
    expect(message?.kind === 'error' && message.error.params['url']).toBe(printable(url))
  })

  it.each([
    [{ id: 'replicate', url: 'https://user:word@api.example' }, 'https://user:word@api.example'],
    [{ id: 'of-another-page', url: 'https://api.example/v1' }, 'of-another-page'],
  ])('and one that a page has made refuses %j', async (backend, named) => {
    const base = { kind: 'url' as const, url: PICTURE }
    const bytes = encodeLink({ ...setupOnly({ backend }), base })
    // The fake deflate packs nothing.
    const tab = await opened(`http://page.example/#p1=${toBase64Url(bytes)}`)
    await pass(50)
    expect(tab.app.state.read().links.question).toBeNull()
    expect(tab.app.session.store.getState().source?.link).toEqual(base)
    const [message] = tab.app.messages.store.getState().messages
    expect(message).toMatchObject({ error: { code: 'share/bad-backend', params: { url: named } } })
  })

  const MASK = 'https://pictures.example/m.png'
  const withMask = async (
    query: string,
    tones: readonly number[],
    width = 64,
    height = 48,
    browser = new FakeBrowser(),
  ) => {
    const picture = fakeImage(width, height)
    for (let p = 0; p < width * height; p++) {
      picture.data.fill(tones[p % width < width / 2 ? 0 : 1], p * 4, p * 4 + 3)
    }
    const tab = await openTab(browser, {
      address: `http://page.example/?image=${encodeURIComponent(PICTURE)}&mask=${encodeURIComponent(MASK)}&${query}`,
      prepare: ({ web }) => {
        web.set(PICTURE, fakeImage(64, 48))
        web.set(MASK, picture)
      },
    })
    await pass(100)
    return tab
  }
  const maskUrl = ({ app }: OpenTab) => selectMaskUrl(app.session.store.getState())

  it('opens picture and mask by their addresses, and remembers the mask’s', async () => {
    const tab = await withMask('prompt=a+door', [255, 0])
    expect(masked(tab)).toBe(32 * 48)
    expect(maskUrl(tab)).toBe(MASK)
    paint(tab)
    expect(maskUrl(tab)).toBeNull()
    tab.app.session.undo()
    expect(maskUrl(tab)).toBe(MASK)
    tab.app.session.undo()
    expect([maskUrl(tab), masked(tab)]).toEqual([null, 0])
    tab.app.session.redo()
    expect(maskUrl(tab)).toBe(MASK)
    await openPhoto(tab, 'other.png')
    expect(maskUrl(tab)).toBeNull()
  })

  it('has its mask’s address after a reload exactly where it had it before', async () => {
    const step = fc.constantFrom('paint', 'undo', 'redo', 'link', 'reload', 'picture')
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
        const browser = new FakeBrowser()
        let tab = await withMask('', [255, 0], 64, 48, browser)
        const OTHER = 'https://pictures.example/other.png'
        const reload = async () => {
          await pass(300)
          browser.close(tab.tab)
          tab = await openTab(browser, { name: tab.tab })
        }
        for (const one of steps) {
          if (one === 'paint') paint(tab)
          else if (one === 'link') {
            tab.web.set(OTHER, fakeImage(64, 48, 3))
            const link = readHandWrittenLink(`mask=${encodeURIComponent(OTHER)}`)!
            void tab.app.links.take(link, false)
            await pass(50)
          } else if (one === 'picture') await openPhoto(tab)
          else if (one === 'reload') await reload()
          else tab.app.session[one]()
        }
        const before = [maskUrl(tab), masked(tab)]
        await reload()
        expect([maskUrl(tab), masked(tab)]).toEqual(before)
      }),
      { numRuns: 40 },
    )
  })

  it('sends the mask’s address after a reload as before it', async () => {
    const browser = new FakeBrowser()
    const tab = await withMask('', [255, 0], 64, 48, browser)
    await pass(300)
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    again.app.settings.set({ backendId: 'replicate', backendUrl: 'https://api.example/v1' })
    again.app.forms.setFields({ prompt: 'a test' })
    void again.app.runner.start()
    await pass(5000)
    expect(again.backend.inputs.map(({ maskUrl: url }) => url)).toEqual([MASK])
  })

  it('scales the mask, and repaints its dark part for a model that repaints black', async () => {
    const model = 'ideogram-ai/ideogram-v2'
    const tab = await withMask('', [255, 0], 128, 96)
    expect(masked(tab)).toBe(32 * 48)
    tab.app.chooseModel(model)
    await tab.app.links.open(new URL(`http://page.example/?mask=${encodeURIComponent(MASK)}`))
    expect(tab.app.state.read().links.question?.replaces).toBe(true)
    tab.web.set(
      MASK,
      Object.assign(fakeImage(64, 48), { data: new Uint8ClampedArray(64 * 48 * 4).fill(255) }),
    )
    void tab.app.links.take(tab.app.state.read().links.question!.link, false)
    await pass(100)
    expect(masked(tab)).toBe(0)
  })

  it('remembers no address that other servers would read another mask from', async () => {
    expect(maskUrl(await withMask('', [255, 0], 128, 96))).toBe(MASK)
    expect(maskUrl(await withMask('', [255, 0], 48, 64))).toBeNull()
  })

  it('says so where the mask cannot be had, and keeps the picture', async () => {
    const tab = await by(`image=${encodeURIComponent(PICTURE)}&mask=https://gone.example/m.png`)
    await pass(100)
    expect(messageCodes(tab)).toEqual(['image/url-failed'])
    expect(tab.app.session.store.getState().source?.link).toEqual({ kind: 'url', url: PICTURE })
    expect(messageCodes(await by('mask=https://gone.example/m.png'))).toEqual(['settings-dropped'])
  })

  it('any text is a link, a message or nothing, never an exception', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 80 }), fc.boolean(), async (text, inHash) => {
        const tab = await openTab(new FakeBrowser())
        const url = new URL('http://page.example/')
        if (inHash) url.hash = text
        else url.search = text
        await tab.app.links.open(url)
        expect(tab.backend.calls.create).toBe(0)
      }),
      { numRuns: 60 },
    )
  })

  it('damaged or of a newer version says so', async () => {
    expect(messageCodes(await opened('http://page.example/#p1=AAAA'))).toEqual(['share/unreadable'])
    expect(messageCodes(await opened('http://page.example/#p9=AAAA'))).toEqual(['share/newer-version'])
  })
})
