import { deflateRawSync, inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toBase64Url } from '../../core/base64'
import { encodeLink, MAX_LINK_CHARS } from '../../core/document/codec/linkCodec'
import { linkedSource, setup } from '../../core/document/document.testkit'
import { readMask } from '../../core/mask/mask'
import { commandList } from '../../core/mask/command/maskCommand.testkit'
import type { StrokeCommand } from '../../core/mask/command/maskCommand'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeFile } from '../fakePictures.testkit'
import { inFakeTime, messageCodes, openPhoto, type OpenTab, openTab, pass } from '../tab.testkit'

inFakeTime()

/** Packs as the browser does; the fake of the other tests only copies. */
function withDeflate(tab: OpenTab): OpenTab {
  const deflate = {
    pack: (bytes: Uint8Array) => Promise.resolve(new Uint8Array(deflateRawSync(bytes, { level: 6 }))),
    unpack: (bytes: Uint8Array) => Promise.resolve(new Uint8Array(inflateRawSync(bytes))),
  }
  Object.assign(tab.ports.deflate, deflate)
  return tab
}

/** A stroke as a hand draws it: a sample every few px, with pressure. */
function softStroke(seed: number): StrokeCommand {
  const points = Array.from({ length: 60 }, (_, i) => {
    const angle = seed + i / 9
    const x = Math.round(2 * (100 + seed * 23 + i * 7 + 90 * Math.cos(angle))) / 2
    const y = Math.round(2 * (200 + seed * 19 + 60 * Math.sin(angle * 1.3))) / 2
    return { x, y, pressure: 255 }
  })
  return { kind: 'stroke', mode: 'paint', size: 120, hardness: 30, opacity: 80, points }
}

it('fifty soft strokes are under 8 KB, and the same mask at the other end', async () => {
  const tab = withDeflate(await openTab(new FakeBrowser()))
  await openPhoto(tab, 'photo.png', 2000, 1500)
  for (let seed = 0; seed < 50; seed++) tab.app.session.editor()!.apply(softStroke(seed))
  const { url, masked: isMasked } = await tab.app.links.make()
  expect(isMasked).toBe(true)
  expect(url.length).toBeLessThan(8 * 1024)
  const browser = new FakeBrowser()
  const other = withDeflate(await openTab(browser))
  browser.sources.set('digest-photo.png', fakeFile('photo.png', 2000, 1500))
  void other.app.links.open(new URL(url))
  await pass(500)
  const frame = { x: 0, y: 0, width: 2000, height: 1500 }
  const bytes = ({ app }: OpenTab) => Buffer.from(readMask(app.session.editor()!.mask, frame).data)
  expect(bytes(other).equals(bytes(tab))).toBe(true)
})

const addressText = fc.oneof(
  fc.webUrl(),
  fc.constantFrom(
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///a',
    'https://user:pw@a.example/x.png',
    '//a',
    '',
  ),
  fc.string({ maxLength: 40 }),
)
const query = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.constantFrom(
          'image',
          'mask',
          'sample',
          'backend',
          'version',
          'model',
          'input',
          'prompt',
          'steps',
          'seed',
        ),
        fc.constantFrom('__proto__', 'constructor', 'toString', 'width', 'run', 'submit', 'token'),
        fc.string({ maxLength: 12 }),
      ),
      fc.oneof(addressText, fc.json({ maxDepth: 3 }), fc.string({ maxLength: 60, unit: 'grapheme' })),
    ),
    { maxLength: 8 },
  )
  .map((pairs) => new URLSearchParams(pairs).toString())
const packed = fc
  .record({
    complete: fc.constant(true),
    base: fc.option(linkedSource),
    size: fc.option(
      fc.record({ width: fc.integer({ min: 1, max: 9000 }), height: fc.integer({ min: 1, max: 9000 }) }),
    ),
    frame: fc.constant(null),
    mask: commandList({ x: 0, y: 0, width: 700, height: 500 }, 4),
    sampling: fc.constant([]),
    guides: fc.constant([]),
    sent: fc.constant(null),
    setup,
  })
  .map((link) => `#p1=${toBase64Url(encodeLink(link))}`)
const generated = fc.oneof(
  query.map((text) => `?${text}`),
  query.map((text) => `#${text}`),
  packed,
  fc.tuple(packed, fc.nat(), fc.string({ maxLength: 3 })).map(([text, at, put]) => {
    const place = at % text.length
    return text.slice(0, place) + put + text.slice(place + put.length)
  }),
  fc.base64String({ maxLength: 200 }).map((text) => `#p1=${text}`),
  fc.nat(9).map((version) => `#p${version}=abc`),
  fc.constant(`#${'a'.repeat(MAX_LINK_CHARS + 1)}`),
  query.map((text) => `https://replicate.com/playground?model=a/b&inputs=${text}`),
)

it('2,000 generated links: no exception, no submit, no request but for the picture that one names', async () => {
  const browser = new FakeBrowser()
  const tab = await openTab(browser)
  const asked: string[] = []
  const { network } = tab.ports
  const { fetchImage } = network
  Object.assign(network, {
    fetchImage: (url: string, signal: AbortSignal) => {
      asked.push(url)
      return fetchImage(url, signal)
    },
    isAnswering: () => Promise.reject(new Error('asked a backend')),
    obstacleTo: () => Promise.reject(new Error('asked a backend')),
  })
  Object.assign(tab.ports.backends, { create: () => Promise.reject(new Error('made a backend')) })
  let count = 0
  await fc.assert(
    fc.asyncProperty(generated, async (text) => {
      asked.length = 0
      const isPasted = text.startsWith('https:')
      const opening = isPasted
        ? tab.app.links.openText(text)
        : tab.app.links.open(new URL(text, 'http://page.example/'))
      await pass(20)
      await opening
      tab.app.links.dismiss()
      count += 1
      // The picture, and the mask on it.
      expect(asked.length).toBeLessThanOrEqual(2)
      expect(messageCodes(tab)).not.toContain('unexpected')
    }),
    { numRuns: 2000 },
  )
  expect(count).toBeGreaterThanOrEqual(2000)
  expect(tab.app.runs.store.getState().runs).toEqual([])
  expect(browser.runs.size).toBe(0)
  expect(tab.backend.calls).toMatchObject({ create: 0, get: 0, find: 0 })
  expect(tab.app.settings.store.getState().backendId).toBe('embedded')
}, 120_000)
