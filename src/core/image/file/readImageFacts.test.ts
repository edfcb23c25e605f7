import { readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DISPLAY_P3 } from '../color/displayP3.testkit'
import { asciiAt, FileBytes, joinBytes } from './fileBytes'
import { fileOf, pngChunk, pngFile } from './pngFile.testkit'
import { readImageFacts } from './readImageFacts'
import { withProfile } from './withProfile'

const sample = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../../../public/samples/${name}`, import.meta.url)))
const ascii = (text: string) => new TextEncoder().encode(text)
const factsOf = async (bytes: Uint8Array) => (await readImageFacts(fileOf(bytes)))?.facts

/** A RIFF chunk. */
function riff(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(8)
  head.set(ascii(type))
  new DataView(head.buffer).setUint32(4, data.length, true)
  return joinBytes([head, data, new Uint8Array(data.length & 1)])
}

const webp = (...chunks: Uint8Array[]) => riff('RIFF', joinBytes([ascii('WEBP'), ...chunks]))

/** The start of a key frame. */
function vp8(width: number, height: number): Uint8Array {
  const data = new Uint8Array(20)
  new DataView(data.buffer).setUint16(6, width, true)
  new DataView(data.buffer).setUint16(8, height, true)
  return riff('VP8 ', data)
}

const PIXEL = { width: 1, height: 1, depth: 8, colorType: 2, interlaced: false, samples: [1, 2, 3] }

describe('a JPEG', () => {
  it.each([
    ['chelsea.jpg', 451, 300],
    ['coffee.jpg', 600, 400],
    ['rocket.jpg', 640, 427],
  ])('%s is one of %d x %d', async (name, width, height) => {
    expect(await readImageFacts(fileOf(sample(name)))).toMatchObject({
      format: 'jpeg',
      facts: { size: { width, height }, truncated: false, color: { kind: 'none' } },
    })
  })

  it('tells its size behind a megabyte of segments, and after stray bytes', async () => {
    const file = sample('coffee.jpg')
    const padding = joinBytes([Uint8Array.of(0xff, 0xef, 0xff, 0xff), new Uint8Array(65533)])
    const far = joinBytes([file.subarray(0, 2), ...Array(20).fill(padding), file.subarray(2)])
    expect(await factsOf(far)).toMatchObject({ size: { width: 600, height: 400 }, truncated: false })
    const stray = joinBytes([file.subarray(0, 2), Uint8Array.of(7, 0, 0xff), file.subarray(2)])
    expect(await factsOf(stray)).toMatchObject({ size: { width: 600, height: 400 }, truncated: false })
  })

  it('is known to lack its end, and without a scan to have no picture', async () => {
    const file = sample('coffee.jpg')
    expect(await factsOf(file.slice(0, -2))).toMatchObject({ size: { width: 600 }, truncated: true })
    expect(await factsOf(file.slice(0, file.length >> 1))).toMatchObject({ truncated: true })
    expect(await factsOf(file.slice(0, 200))).toMatchObject({ size: null })
    // What follows the end does not count.
    expect(await factsOf(joinBytes([file, new Uint8Array(999)]))).toMatchObject({ truncated: false })
  })
})

it('a WebP tells the largest of its canvas and frames, and a missing end', async () => {
  const lossless = new Uint8Array(16)
  new DataView(lossless.buffer).setUint32(1, 16382 | (16382 << 14), true)
  expect(await factsOf(webp(riff('VP8L', lossless)))).toMatchObject({
    size: { width: 16383, height: 16383 },
    alpha: false,
  })
  const canvas = Uint8Array.of(0x12, 0, 0, 0, 99, 0, 0, 49, 0, 0)
  const frame = riff('ANMF', joinBytes([new Uint8Array(16), vp8(9000, 20)]))
  const file = webp(riff('VP8X', canvas), frame)
  expect(await factsOf(file)).toMatchObject({
    size: { width: 9000, height: 50 },
    alpha: true,
    truncated: false,
  })
  expect(await factsOf(file.slice(0, -3))).toMatchObject({ truncated: true, length: file.length })
})

it('a GIF tells the largest of its screen and frames', async () => {
  const screen = joinBytes([ascii('GIF89a'), Uint8Array.of(10, 0, 10, 0, 0x80, 0, 0), new Uint8Array(6)])
  const control = Uint8Array.of(0x21, 0xf9, 4, 1, 0, 0, 0, 0)
  const frame = Uint8Array.of(0x2c, 0, 0, 0, 0, 0x40, 0x9c, 0x40, 0x9c, 0, 2, 2, 0x4c, 1, 0, 0x3b)
  expect(await factsOf(joinBytes([screen, control, frame]))).toMatchObject({
    size: { width: 40_000, height: 40_000 },
    alpha: true,
    truncated: false,
  })
  expect(await factsOf(joinBytes([screen, frame.subarray(0, 12)]))).toMatchObject({ truncated: true })
})

describe('a PNG', () => {
  it('tells size, depth, alpha and profile from the chunks in front of its pixels', async () => {
    const icc = joinBytes([ascii('P3\0\0'), deflateSync(DISPLAY_P3)])
    const clear = pngChunk('tRNS', new Uint8Array(6))
    expect(await factsOf(pngFile(PIXEL, [pngChunk('iCCP', icc), clear]))).toMatchObject({
      size: { width: 1, height: 1 },
      depth: 8,
      alpha: true,
      color: { kind: 'icc', deflated: true, bytes: new Uint8Array(deflateSync(DISPLAY_P3)) },
    })
    expect(await factsOf(pngFile({ ...PIXEL, depth: 16 }))).toMatchObject({ depth: 16, alpha: false })
  })

  it('tells the frames of an animation, and colours named without a profile', async () => {
    const frame = Buffer.alloc(26)
    frame.writeUInt32BE(30_000, 4)
    frame.writeUInt32BE(5, 8)
    expect(await factsOf(pngFile(PIXEL, [pngChunk('fcTL', frame)]))).toMatchObject({
      size: { width: 30_000, height: 5 },
    })
    const gamma = (value: number) => pngChunk('gAMA', Uint8Array.of(0, 0, value >> 8, value & 255))
    expect(await factsOf(pngFile(PIXEL, [gamma(45455)]))).toMatchObject({ color: { kind: 'none' } })
    expect(await factsOf(pngFile(PIXEL, [gamma(55556)]))).toMatchObject({ color: { kind: 'other' } })
    const pq = pngChunk('cICP', Uint8Array.of(9, 16, 0, 1))
    expect(await factsOf(pngFile(PIXEL, [pq]))).toMatchObject({ color: { kind: 'other' } })
  })

  it('of 100,000 chunks is read once, a window at a time', async () => {
    const text = pngChunk('tEXt', ascii('a\0b'))
    const file = pngFile({ ...PIXEL, depth: 16 }, Array<Uint8Array>(100_000).fill(text))
    let [reads, bytes] = [0, 0]
    const counted = new FileBytes(file.length, (start, end) => {
      reads++
      bytes += end - start
      return Promise.resolve(file.slice(start, end))
    })
    expect((await readImageFacts(counted))?.facts).toMatchObject({ size: { width: 1, height: 1 } })
    expect(bytes).toBeLessThan(1.1 * file.length + 2 ** 20)
    expect(reads).toBeLessThan(20)
  })
})

it('an AVIF tells its largest picture, alpha, depth and profile, wherever its description stands', async () => {
  const box = (type: string, data: Uint8Array) => {
    const head = Buffer.alloc(8)
    head.writeUInt32BE(data.length + 8)
    head.write(type, 4, 'latin1')
    return joinBytes([head, data])
  }
  const size = Buffer.alloc(12)
  size.writeUInt32BE(30_000, 4)
  size.writeUInt32BE(700, 8)
  const properties = joinBytes([
    box('ispe', size),
    box('pixi', Uint8Array.of(0, 0, 0, 0, 3, 10, 10, 10)),
    box('auxC', ascii('\0\0\0\0urn:alpha\0')),
    box('colr', joinBytes([ascii('prof'), DISPLAY_P3])),
  ])
  const file = joinBytes([
    box('ftyp', ascii('avif\0\0\0\0avifmif1')),
    box('mdat', new Uint8Array(600_000)),
    box('meta', joinBytes([new Uint8Array(4), box('iprp', box('ipco', properties))])),
  ])
  expect(await readImageFacts(fileOf(file))).toMatchObject({
    format: 'avif',
    facts: {
      size: { width: 30_000, height: 700 },
      alpha: true,
      depth: 10,
      color: { kind: 'icc', bytes: DISPLAY_P3 },
    },
  })
})

it.each([
  ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'svg'],
  ['<?xml version="1.0"?>\n<!-- x --><svg></svg>', 'svg'],
  ['BM and what else a letter of twenty-six bytes says', 'bmp'],
])('%s is %s', async (text, format) => {
  expect((await readImageFacts(fileOf(ascii(text))))?.format).toBe(format)
})

it('text is no picture, and no bytes throw', async () => {
  expect(await readImageFacts(fileOf(ascii('hello, I am text')))).toBeNull()
  const starts: Uint8Array[] = ['\x89PNG\r\n\x1a\n', 'RIFF....WEBP', 'GIF89a', 'BM', '....ftypavif'].map(
    (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
  )
  starts.push(Uint8Array.of(0xff, 0xd8), pngFile(PIXEL), sample('coffee.jpg').slice(0, 700))
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 400 }), async (start, bytes) => {
      await readImageFacts(fileOf(joinBytes([start, bytes])))
    }),
  )
})

describe('a profile that is written', () => {
  const deflate = (bytes: Uint8Array) => Promise.resolve(new Uint8Array(deflateSync(bytes)))
  const isEqual = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0
  const jpeg = sample('coffee.jpg')
  const simple = webp(vp8(30, 20))
  const png = pngFile(PIXEL, [pngChunk('sRGB', Uint8Array.of(0))])
  it.each([
    ['image/png', png],
    ['image/jpeg', jpeg],
    ['image/webp', simple],
  ])('is read again, and only once: %s', async (type, file) => {
    // More than a segment of JPEG holds.
    const large = joinBytes([DISPLAY_P3, new Uint8Array(150_001)])
    for (const profile of [DISPLAY_P3, large]) {
      const once = await withProfile(new Uint8Array(file), type, profile, deflate)
      const twice = await withProfile(once, type, profile, deflate)
      expect(isEqual(twice, once)).toBe(true)
      const facts = await factsOf(once)
      const written = type === 'image/png' ? new Uint8Array(deflateSync(profile)) : profile
      expect(facts?.color.kind === 'icc' && isEqual(facts.color.bytes, written)).toBe(true)
      expect(facts?.size).toEqual((await factsOf(file))?.size)
      expect(facts?.truncated).toBe(false)
      expect(asciiAt(once, 0, 4)).toBe(asciiAt(file, 0, 4))
    }
  })
})
