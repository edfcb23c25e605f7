import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeLink, encodeLink } from '../../core/document/codec/linkCodec'
import { readHandWrittenLink } from '../../core/document/codec/handWrittenLink'
import { fromBase64Url, toBase64Url } from '../../core/base64'
import { patchList } from '../../core/document/document.testkit'
import { printable } from '../../core/url/imageUrl'
import { REFUSED } from '../../backends/wire/refusedUrls.testkit'
import { SAMPLES } from '../session/samples'
import { selectMaskUrl } from '../session/sessionSelectors'
import { patchesOf } from '../session/source'
import { FakeBrowser, fakeImage } from '../fakePorts.testkit'
import { selectValues } from '../model/formSelectors'
import {
  inFakeTime,
  keep,
  masked,
  messageCodes,
  openPhoto,
  type OpenTab,
  openTab,
  paint,
  pass,
  readyTab,
} from '../tab.testkit'

inFakeTime()

const PICTURE = 'https://pictures.example/a.png'

async function withUrlPicture(browser = new FakeBrowser()): Promise<OpenTab> {
  const tab = await openTab(browser)
  tab.app.settings.set({ backendId: 'replicate', backendUrl: 'https://api.example/v1' })
  tab.web.set(PICTURE, fakeImage(64, 48))
  void tab.app.opener.openUrl(PICTURE)
  await pass(50)
  paint(tab)
  return tab
}

/** Opens a link in a fresh browser. */
async function opened(url: string): Promise<OpenTab> {
  const tab = await openTab(new FakeBrowser(), {
    address: url,
    prepare: ({ web }) => web.set(PICTURE, fakeImage(64, 48)),
  })
  await pass(50)
  return tab
}

const valuesOf = ({ app }: OpenTab) => selectValues(app.forms.context())

describe('a link', () => {
  it('brings picture, mask, form, model, roles and polarity to another browser', async () => {
    const tab = await withUrlPicture()
    tab.app.chooseModel('black-forest-labs/flux-fill-dev')
    tab.app.forms.setFields({ prompt: 'a blue door', seed: 12 })
    tab.app.models.setPolarity('black-forest-labs/flux-fill-dev', 'black')
    tab.app.models.setRole('black-forest-labs/flux-fill-dev', 'guidance', null)
    tab.app.models.setPrefill('black-forest-labs/flux-fill-dev', 'noise')
    const { url, masked: hasMask, needsFile } = await tab.app.links.make()
    expect({ hasMask, needsFile }).toEqual({ hasMask: true, needsFile: false })
    const other = await opened(url)
    expect(other.app.state.read().links.question?.backendUrl).toBe('https://api.example/v1')
    void other.app.links.take(other.app.state.read().links.question!.link, false)
    await pass(50)
    expect(masked(other)).toBe(20 * 16)
    expect(other.app.settings.store.getState().modelId).toBe('black-forest-labs/flux-fill-dev')
    expect(valuesOf(other)).toMatchObject({ prompt: 'a blue door', seed: 12 })
    expect(other.app.models.store.getState()).toMatchObject({
      polarity: { 'black-forest-labs/flux-fill-dev': 'black' },
      prefill: { 'black-forest-labs/flux-fill-dev': 'noise' },
      roles: { 'black-forest-labs/flux-fill-dev': { guidance: null } },
    })
  })

  it('makes the same link again at the other end, for any prompt, seed and mask', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ maxLength: 60, unit: 'grapheme' }),
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        fc.array(fc.tuple(fc.nat(60), fc.nat(40), fc.integer({ min: 1, max: 20 })), { maxLength: 4 }),
        async (prompt, seed, shapes) => {
          const tab = await withUrlPicture()
          tab.app.forms.setFields({ prompt, seed })
          for (const [x, y, size] of shapes) paint(tab, x, y, size, size)
          tab.app.settings.set({ backendId: 'embedded' })
          const { url } = await tab.app.links.make()
          const other = await opened(url)
          expect((await other.app.links.make()).url).toBe(url)
        },
      ),
      { numRuns: 20 },
    )
  })

  it('never carries a token', async () => {
    const tab = await withUrlPicture()
    tab.app.backends.saveToken('https://api.example', 'r8_very_secret', false)
    const { url } = await tab.app.links.make()
    const bytes = fromBase64Url(url.slice(url.indexOf('#p1=') + 4))!
    expect(Buffer.from(bytes).includes('r8_very_secret')).toBe(false)
    expect(decodeLink(bytes).setup.backend).toEqual({ id: 'replicate', url: 'https://api.example/v1' })
  })

  it('is taken out of the address bar and runs nothing', async () => {
    const tab = await withUrlPicture()
    tab.app.settings.set({ backendId: 'embedded' })
    const { url } = await tab.app.links.make()
    const other = await opened(url)
    await pass(5000)
    expect(other.clearedAddresses.count).toBe(1)
    expect(other.backend.calls.create).toBe(0)
    expect(other.app.runs.store.getState().runs).toEqual([])
  })

  it('asks before it replaces strokes, and cancel keeps all', async () => {
    const tab = await withUrlPicture()
    tab.app.settings.set({ backendId: 'embedded' })
    const { url } = await tab.app.links.make()
    const busy = await readyTab(new FakeBrowser(), 'mine.png')
    await busy.app.links.open(new URL(url))
    expect(busy.app.state.read().links.question?.replaces).toBe(true)
    busy.app.links.dismiss()
    await pass(100)
    expect(busy.app.session.store.getState().source?.name).toBe('mine.png')
    expect(masked(busy)).toBe(20 * 16)
  })

  it('to a file waits for it, and its mask lies on the file of that size', async () => {
    const tab = await readyTab(new FakeBrowser(), 'cat.png')
    tab.app.settings.set({ backendId: 'embedded' })
    const { url, needsFile } = await tab.app.links.make()
    expect(needsFile).toBe(true)
    const other = await opened(url)
    expect(messageCodes(other)).toContain('link-needs-file')
    await pass(60_000)
    expect(messageCodes(other)).toContain('link-needs-file')
    await openPhoto(other, 'cat.png')
    expect(messageCodes(other)).not.toContain('link-needs-file')
    expect(masked(other)).toBe(20 * 16)
    const third = await opened(url)
    await openPhoto(third, 'dog.png', 10, 10)
    expect(messageCodes(third)).toContain('other-file')
    expect(masked(third)).toBe(0)
  })

  it('to a file brings its frame, sampling area and guide lines', async () => {
    const tab = await readyTab(new FakeBrowser(), 'cat.png')
    tab.app.settings.set({ backendId: 'embedded' })
    const frame = { x: -8, y: 4, width: 80, height: 40 }
    const { source, editor } = tab.app.session.store.getState()
    const sampling = [
      { kind: 'rectangle', mode: 'paint', rect: { x: 1, y: 5, width: 9, height: 8 } },
    ] as const
    const points = [1, 70].map((x) => ({ x, y: 20, pressure: 255 }))
    const guides = [{ kind: 'stroke', mode: 'paint', size: 1, hardness: 100, opacity: 100, points }] as const
    tab.app.session.open({ source: source!, frame, commands: editor!.commands, sampling, guides })
    const { url } = await tab.app.links.make()
    const other = await opened(url)
    await openPhoto(other, 'cat.png')
    expect(other.app.session.store.getState().frame).toEqual(frame)
    expect(other.app.session.store.getState().editor!.commands).toEqual(editor!.commands)
    expect(other.app.session.store.getState().editor!.commandsOf('sampling')).toEqual(sampling)
    expect(other.app.session.store.getState().editor!.commandsOf('guides')).toEqual(guides)
    expect((await other.app.links.make()).url).toBe(url)
  })

  it('to a file waits until a picture is open, whichever it is', async () => {
    const tab = await readyTab(new FakeBrowser(), 'cat.png')
    tab.app.settings.set({ backendId: 'embedded' })
    const { url } = await tab.app.links.make()
    const ways: readonly ((other: OpenTab) => unknown)[] = [
      ({ app }) => app.opener.openUrl(PICTURE),
      ({ app }) => app.links.open(new URL(`http://page.example/?image=${encodeURIComponent(PICTURE)}`)),
      ({ app, web }) => {
        web.set(`http://page.example/samples/${SAMPLES[0].file}`, fakeImage(64, 48))
        return app.opener.openSample(SAMPLES[0])
      },
    ]
    for (const open of ways) {
      const other = await opened(url)
      expect(other.app.state.read().links.awaited).not.toBeNull()
      void open(other)
      await pass(100)
      expect(other.app.session.store.getState().source).not.toBeNull()
      expect(other.app.state.read().links.awaited).toBeNull()
      await openPhoto(other, 'cat.png')
      expect(masked(other)).toBe(0)
    }
  })

  it('to a file waits on where the picture that was asked for before it comes late, or none comes', async () => {
    const tab = await readyTab(new FakeBrowser(), 'cat.png')
    tab.app.settings.set({ backendId: 'embedded' })
    const { url } = await tab.app.links.make()
    const other = await openTab(new FakeBrowser())
    other.web.set(PICTURE, fakeImage(64, 48))
    other.delays.decode = 500
    void other.app.opener.openUrl(PICTURE)
    await pass(10)
    await other.app.links.open(new URL(url))
    await pass(2000)
    void other.app.opener.openUrl('https://gone.example/a.png')
    await pass(2000)
    expect(other.app.session.store.getState()).toMatchObject({ source: null, opening: null })
    other.delays.decode = 1
    await openPhoto(other, 'cat.png')
    expect(masked(other)).toBe(20 * 16)
  })

  it('leaves kept results out, and says so', async () => {
    const browser = new FakeBrowser()
    const tab = await withUrlPicture(browser)
    tab.app.settings.set({ backendId: 'embedded' })
    const { url, patched } = await tab.app.links.make()
    expect(patched).toBe(true)
    void tab.app.links.copy()
    await pass(10)
    expect(messageCodes(tab)).toEqual(['link-copied'])
    const [patches] = fc.sample(
      patchList({ x: 0, y: 0, width: 64, height: 48 }).filter((list) => list.length > 0),
      1,
    )
    await keep(tab, browser, patches)
    expect(await tab.app.links.make()).toMatchObject({ url, patched: false, masked: true })
    void tab.app.links.copy()
    await pass(10)
    expect(messageCodes(tab)).toEqual(['link-copied', 'link-without-results'])
    const other = await opened(url)
    const { source } = other.app.session.store.getState()
    expect([source!.link, patchesOf(source!)]).toEqual([{ kind: 'url', url: PICTURE }, []])
  })

  it('too large for its mask goes without it', async () => {
    const tab = await withUrlPicture()
    const runs = new Uint8Array(70_000)
    for (let i = 0; i < runs.length; i += 2) runs.set([i & 255, 1], i)
    const rect = { x: 0, y: 0, width: 35_000, height: 1 }
    tab.app.session.store.getState().editor!.apply({ kind: 'raster', mode: 'paint', rect, runs })
    const { url, masked: hasMask } = await tab.app.links.make()
    expect(hasMask).toBe(false)
    expect(url.length).toBeLessThan(64 * 1024)
  })

  it('without a picture carries the form', async () => {
    const tab = await openTab(new FakeBrowser())
    tab.app.forms.setFields({ prompt: 'only words' })
    const { url } = await tab.app.links.make()
    const other = await opened(url)
    expect(valuesOf(other)).toMatchObject({ prompt: 'only words' })
    expect(other.app.session.store.getState().source).toBeNull()
  })
})

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
    const bytes = encodeLink({
      base,
      size: null,
      frame: null,
      mask: [],
      sampling: [],
      guides: [],
      sent: null,
      complete: true,
      setup: { backend },
    })
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
