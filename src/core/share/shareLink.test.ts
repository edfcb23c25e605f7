import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64Url, toBase64Url } from '../base64'
import { AppError } from '../errors'
import { commandList } from '../mask/command/maskCommand.testkit'
import { parseImageUrl } from '../url/imageUrl'
import { packShareLink, readHandWrittenLink, type ShareLink, unpackShareLink } from './shareLink'

const FRAME = { x: 0, y: 0, width: 700, height: 500 }

const link: fc.Arbitrary<ShareLink> = fc.record({
  version: fc.constant(1 as const),
  complete: fc.constant(true),
  source: fc.option(
    fc.oneof(
      fc.record({ kind: fc.constant('url' as const), url: fc.webUrl() }),
      fc.record({ kind: fc.constant('sample' as const), id: fc.constantFrom('coffee', 'rocket') }),
      fc.record({
        kind: fc.constant('file' as const),
        name: fc.string({ maxLength: 40 }),
        sha256: fc.constant(null),
      }),
    ),
  ),
  size: fc.option(
    fc.record({ width: fc.integer({ min: 1, max: 9000 }), height: fc.integer({ min: 1, max: 9000 }) }),
  ),
  commands: commandList(FRAME, 5),
  backend: fc.option(fc.record({ id: fc.constant('replicate'), url: fc.option(fc.webUrl()) })),
  modelVersion: fc.option(fc.string({ maxLength: 64 })),
  params: fc.dictionary(
    fc.constantFrom('prompt', 'steps', 'seed', 'scheduler', 'x'),
    fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer(), fc.boolean()),
    { noNullPrototype: true },
  ),
})

describe('share links', () => {
  it('unpack(pack(link)) = link', () => {
    fc.assert(
      fc.property(link, (original) => {
        expect(unpackShareLink(packShareLink(original))).toEqual(original)
      }),
    )
  })

  it('survive base64url', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = toBase64Url(bytes)
        expect(text).toMatch(/^[\w-]*$/)
        expect(Buffer.compare(fromBase64Url(text)!, bytes)).toBe(0)
      }),
    )
  })

  it('damaged in any way, are a named error or another valid link: never another exception', () => {
    fc.assert(
      fc.property(
        link,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        fc.nat(),
        (original, flips, cut) => {
          const bytes = packShareLink(original)
          for (const [at, value] of flips) bytes[at % bytes.length] = value
          try {
            unpackShareLink(cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes)
          } catch (error) {
            expect(error).toBeInstanceOf(AppError)
          }
        },
      ),
    )
  })

  it('never carry what was not put in: hostile keys are own data or nothing', () => {
    const json = new TextEncoder().encode(
      '{"v":1,"s":null,"d":null,"b":null,"m":null,"p":[["__proto__","x"],["constructor","y"],["prompt","z"]]}',
    )
    const read = unpackShareLink(Uint8Array.of(json.length, ...json))
    expect(Object.getPrototypeOf(read.params)).toBe(Object.prototype)
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
    expect(read.params).toMatchObject({ prompt: 'z' })
  })

  it('a newer version says so', () => {
    const json = new TextEncoder().encode('{"v":2}')
    expect(() => unpackShareLink(Uint8Array.of(json.length, ...json))).toThrow(/newer-version/)
  })
})

describe('hand-written links', () => {
  it('are read by name', () => {
    const read = readHandWrittenLink(
      'image=https%3A%2F%2Fa.example%2Fx.png&prompt=a+cat&steps=12&scheduler=DDIM',
    )!
    expect(read.source).toEqual({ kind: 'url', url: 'https://a.example/x.png' })
    expect(read.params).toEqual({ prompt: 'a cat', steps: '12', scheduler: 'DDIM' })
    expect(read.size).toBeNull()
  })

  it('that name nothing are none', () => {
    expect(readHandWrittenLink('')).toBeNull()
    expect(readHandWrittenLink('image=')).toBeNull()
  })

  it('any text in gives a link or nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        readHandWrittenLink(text)
      }),
    )
  })
})

describe('picture addresses', () => {
  it.each(['https://a.example/x.png', 'http://a.example/x', '/samples/x.jpg'])('%s is taken', (url) => {
    expect(parseImageUrl(url, 'https://page.example/').protocol).toMatch(/^https?:$/)
  })

  it.each([
    '',
    'javascript:alert(1)',
    'data:image/png;base64,AA',
    'file:///etc/passwd',
    'blob:https://a/x',
    'https://u:p@a.example/',
    'https://a.example\\x',
    'https://a\u202E.example/',
  ])('%j is refused', (url) => {
    expect(() => parseImageUrl(url, 'https://page.example/')).toThrow(/url-invalid/)
  })
})
