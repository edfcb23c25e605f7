import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64Url, toBase64Url } from '../../base64'
import { AppError } from '../../errors'
import { encodeRuns } from '../../mask/raster/maskRuns'
import { commandList } from '../../mask/command/maskCommand.testkit'
import { frame, linkedSource, pictureDocument, regionList, sentArea, setup, side } from '../document.testkit'
import { type PartialDocument, partialOf, setupOnly } from '../partialDocument'
import { decodeLink, encodeLink, MAX_LINK_PICTURE_BYTES } from './linkCodec'
import { VERSION_1_LINKS } from './linkVersion1.testkit'
import { VERSION_2_LINKS, VERSION_3_LINKS } from './storedVersions.testkit'

const link: fc.Arbitrary<PartialDocument> = fc.record({
  complete: fc.constant(true),
  base: fc.option(linkedSource),
  size: fc.option(fc.record({ width: side, height: side })),
  frame: fc.option(frame),
  mask: commandList({ x: 0, y: 0, width: 700, height: 500 }, 5),
  sampling: commandList({ x: 0, y: 0, width: 700, height: 500 }, 3),
  guides: commandList({ x: 0, y: 0, width: 700, height: 500 }, 2),
  sent: fc.option(sentArea),
  setup: fc.oneof(
    setup,
    setup.map(({ params, version }) => ({ params, version })),
    fc.constant({}),
  ),
})

function withJson(payload: string): Uint8Array {
  const json = new TextEncoder().encode(payload)
  const length = json.length
  return Uint8Array.of((length & 127) | 128, ((length >> 7) & 127) | 128, length >> 14, ...json)
}

/** Regions as a link holds them. */
const withRegions = fc
  .tuple(link, regionList)
  .map(([one, regions]): PartialDocument => (regions.length > 0 ? Object.assign(one, { regions }) : one))

describe('links', () => {
  it('decode(encode(link)) = link', () => {
    fc.assert(
      fc.property(withRegions, (original) => {
        expect(decodeLink(encodeLink(original))).toEqual(original)
      }),
    )
  })

  it('hold a small picture as well: that is version 4, and every other link stays version 3', () => {
    fc.assert(
      fc.property(link, fc.uint8Array({ minLength: 1, maxLength: 300 }), (original, bytes) => {
        const picture = bytes.slice()
        expect(decodeLink(encodeLink({ ...original, picture }))).toEqual({ ...original, picture })
        expect(new TextDecoder().decode(encodeLink(original))).toContain('"v":3')
      }),
    )
    const [original] = fc.sample(link, 1)
    const picture = new Uint8Array(MAX_LINK_PICTURE_BYTES + 1)
    expect(() => decodeLink(encodeLink({ ...original, picture }))).toThrow(/too-large/)
  })

  it('hold regions, which earlier pages leave out; more masks than a link may hold are refused', () => {
    fc.assert(
      fc.property(
        link,
        regionList,
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        (one, regions, bytes) => {
          if (regions.length === 0) return
          const full = { ...one, regions, picture: bytes.slice() }
          expect(decodeLink(encodeLink(full))).toEqual(full)
          expect(new TextDecoder().decode(encodeLink(full))).toContain('"v":4')
        },
      ),
    )
    const [one] = fc.sample(link, 1)
    const maskFrame = { x: 0, y: 0, width: 4096, height: 32 }
    const data = Uint8Array.from({ length: 4096 * 32 }, (_, i) => i % 2)
    const runs = encodeRuns({ width: 4096, height: 32, data })
    const mask = [{ kind: 'raster' as const, mode: 'paint' as const, rect: maskFrame, runs }]
    const region = { id: 'a', name: 'b', prompt: 'c', mask, maskFrame }
    expect(() => decodeLink(encodeLink({ ...one, regions: [region] }))).toThrow(/too-large/)
  })

  it('hold a document: all but its patches', () => {
    fc.assert(
      fc.property(pictureDocument, (document) => {
        const said = decodeLink(encodeLink(partialOf(document, 'schema')))
        expect(said).toEqual(partialOf(document, 'schema'))
        expect(said.base).toEqual(document.base.link)
        expect(said.setup).toEqual({ ...document.setup, version: document.setup.version ?? 'schema' })
      }),
    )
  })

  it.each(VERSION_1_LINKS)('of version 1 open: $bytes', ({ bytes, says }) => {
    expect(decodeLink(fromBase64Url(bytes)!)).toEqual(says)
  })

  it.each(VERSION_2_LINKS)('of version 2 open: $bytes', ({ bytes, says }) => {
    expect(decodeLink(fromBase64Url(bytes)!)).toEqual(says)
  })

  it.each(VERSION_3_LINKS)('of version 3 open, and are made so: $bytes', ({ bytes, says }) => {
    expect(decodeLink(fromBase64Url(bytes)!)).toEqual(says)
    expect(toBase64Url(encodeLink(says))).toBe(bytes)
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
    const whole = fc.oneof(
      withRegions.map(encodeLink),
      fc.constantFrom(...VERSION_1_LINKS, ...VERSION_2_LINKS).map(({ bytes }) => fromBase64Url(bytes)!),
    )
    fc.assert(
      fc.property(
        whole,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        fc.nat(),
        (original, flips, cut) => {
          const bytes = original.slice()
          for (const [at, value] of flips) bytes[at % bytes.length] = value
          try {
            decodeLink(cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes)
          } catch (error) {
            expect(error).toBeInstanceOf(AppError)
          }
        },
      ),
    )
  })

  it.each([1, 2])(
    'of version %i never carry what was not put in: hostile keys are own data or nothing',
    (n) => {
      const { setup: read } = decodeLink(
        withJson(
          `{"v":${n},"s":null,"d":null,"b":${n === 1 ? null : '{"id":"a","url":null}'},"m":"m",` +
            '"p":[["__proto__","x"],["constructor","y"],["prompt","z"]]}',
        ),
      )
      expect(Object.getPrototypeOf(read.params)).toBe(Object.prototype)
      expect(({} as Record<string, unknown>)['x']).toBeUndefined()
      expect(read.params).toEqual({ constructor: 'y', prompt: 'z' })
    },
  )

  it.each([
    ['a prototype inside a value', '{"a":{"__proto__":{"b":1}}}'],
    ['a value too deep to walk', '['.repeat(50_000) + ']'.repeat(50_000)],
    ['a value too long', JSON.stringify('x'.repeat(20_001))],
  ])('with %s are unreadable', (_name, value) => {
    const bytes = withJson(`{"v":2,"s":null,"d":null,"p":[["x",${value}]]}`)
    expect(() => decodeLink(bytes)).toThrow(/share\/unreadable/)
  })

  it.each(['[0,0,16384,16384]', '[0,0,0,10]', '[0.5,0,10,10]', '[0,-40000,10,10]'])(
    'whose frame is %s are unreadable',
    (rect) => {
      expect(() => decodeLink(withJson(`{"v":2,"s":null,"d":null,"f":${rect}}`))).toThrow(/unreadable/)
    },
  )

  it.each(['101', '-1', '0.5', '[0,0,0,10]', '"all"'])(
    'that send a part which is none, %s, are unreadable',
    (part) => {
      expect(() => decodeLink(withJson(`{"v":3,"s":null,"d":null,"a":${part}}`))).toThrow(/unreadable/)
    },
  )

  it('never hold a file', () => {
    const params = { prompt: 'a', image: 'data:image/png;base64,AA', mask: 'DATA:,x' }
    const bytes = encodeLink(setupOnly({ params, options: params }))
    expect(decodeLink(bytes).setup).toEqual({ params: { prompt: 'a' }, options: { prompt: 'a' } })
  })

  it('whose guide lines are no bytes are unreadable', () => {
    expect(() => decodeLink(withJson('{"v":3,"s":null,"d":null,"g":"?"}'))).toThrow(/unreadable/)
    expect(() => decodeLink(withJson('{"v":3,"s":null,"d":null,"g":"/w=="}'))).toThrow(/unreadable/)
  })

  it('of a newer version say so', () => {
    expect(() => decodeLink(withJson('{"v":5}'))).toThrow(/newer-version/)
  })
})
