import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeLink } from '../../core/document/codec/linkCodec'
import { fromBase64Url } from '../../core/base64'
import { patchList } from '../../core/document/document.testkit'
import { SAMPLES } from '../session/samples'
import { patchesOf } from '../session/source'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeImage } from '../fakePictures.testkit'
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
import { opened, PICTURE, valuesOf } from './link.testkit'

inFakeTime()

async function withUrlPicture(browser = new FakeBrowser()): Promise<OpenTab> {
  const tab = await openTab(browser)
  tab.app.settings.set({ backendId: 'replicate', backendUrl: 'https://api.example/v1' })
  tab.web.set(PICTURE, fakeImage(64, 48))
  void tab.app.opener.openUrl(PICTURE)
  await pass(50)
  paint(tab)
  return tab
}

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
