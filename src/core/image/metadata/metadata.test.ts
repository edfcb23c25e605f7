import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { decode as decodePng } from 'fast-png'
import jpeg from 'jpeg-js'
import { describe, expect, it } from 'vitest'
import { FileBytes, joinBytes } from '../file/fileBytes'
import { riffChunk, webpOf } from '../file/riff'
import { encodeRgbaPng, pngChunk } from '../png'
import type { RgbaImage } from '../raster'
import { asciiTag, exifFile } from './exifFile.testkit'
import { cleanExif } from './exif'
import { findMetadata } from './findMetadata'
import { type Metadata, withMetadata } from './withMetadata'

const SIZE = { width: 5, height: 4 }
const data = Uint8ClampedArray.from({ length: 80 }, (_, i) => (i % 4 === 3 ? 255 : (i * 37) % 256))
const image: RgbaImage = { ...SIZE, data }
const deflate = (bytes: Uint8Array) => Promise.resolve(new Uint8Array(deflateSync(bytes)))
const exif = cleanExif(exifFile({ main: [asciiTag(0x0110, 'a camera')] }), SIZE, false)

/** A lossless WebP's head is enough to be put into an extended file. */
const VP8L = Uint8Array.from([0x2f, 4, 0xc0, 0, 0, 0, 0, 0])

const FILES: Record<string, () => Promise<Uint8Array<ArrayBuffer>>> = {
  'image/png': () => encodeRgbaPng(image, deflate),
  'image/jpeg': () => Promise.resolve(new Uint8Array(jpeg.encode({ ...SIZE, data }, 90).data)),
  'image/webp': () =>
    Promise.resolve(joinBytes([new TextEncoder().encode('RIFF\x14\0\0\0WEBP'), riffChunk('VP8L', VP8L)])),
}

const found = (bytes: Uint8Array<ArrayBuffer>) =>
  findMetadata(new FileBytes(bytes.length, (start, end) => Promise.resolve(bytes.slice(start, end))))

const about = fc.record({
  prompt: fc.string({ unit: 'binary', maxLength: 300 }),
  parameters: fc.json({ maxDepth: 2 }),
  document: fc.base64String({ minLength: 1, maxLength: 400 }).map((text) => text.replaceAll(/[+/=]/g, '_')),
})

/** PNG chunks read by hand. */
function chunksOf(bytes: Uint8Array): { type: string; data: Uint8Array }[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const chunks = []
  for (let at = 8; at < bytes.length;) {
    const length = view.getUint32(at)
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    chunks.push({ type, data: bytes.subarray(at + 8, at + 8 + length) })
    at += 12 + length
  }
  return chunks
}

describe('metadata of an exported file', () => {
  it.each(Object.keys(FILES))('of %s comes back as it was written, whatever the prompt', async (type) => {
    const plain = await FILES[type]()
    await fc.assert(
      fc.asyncProperty(about, fc.boolean(), async (said, withCamera) => {
        const metadata: Metadata = { about: said, exif: withCamera ? exif : null }
        const made = withMetadata(plain, type, metadata)
        expect(await found(made)).toEqual({
          document: said.document,
          exif: withCamera ? exif : null,
          damaged: false,
        })
      }),
    )
  })

  it('leaves the pixels as they are for other decoders', async () => {
    const said = { prompt: 'a <door> & "more" 门', parameters: '{"steps":20}', document: 'abc_-9' }
    const png = withMetadata(await FILES['image/png'](), 'image/png', { about: said, exif })
    const opened = decodePng(png, { checkCrc: true })
    const rgb = data.filter((_, i) => i % 4 !== 3)
    expect([...opened.data]).toEqual([...rgb])
    const texts = chunksOf(png).filter(({ type }) => type === 'iTXt')
    expect(texts.map(({ data: text }) => new TextDecoder().decode(text).replaceAll('\0', '|'))).toEqual([
      'Software|||||Pentimento',
      'Description|||||a <door> & "more" 门',
      'Comment|||||{"steps":20}',
      'pentimento|||||abc_-9',
    ])
    const plain = await FILES['image/jpeg']()
    const photo = withMetadata(plain, 'image/jpeg', { about: said, exif })
    const read: { data: Uint8Array; exifBuffer?: Uint8Array } = jpeg.decode(photo, { useTArray: true })
    expect(read.data).toEqual(jpeg.decode(plain, { useTArray: true }).data)
    expect(new Uint8Array(read.exifBuffer!).subarray(-exif!.length)).toEqual(exif)
    const xmp = new TextDecoder().decode(photo)
    expect(xmp).toContain('a &#60;door&#62; &#38; &#34;more&#34; 门')
  })

  it('fits a JPEG’s segment: of a text that is too long only what is read again is left', async () => {
    const said = { prompt: '"'.repeat(20_000), parameters: '{}', document: 'A'.repeat(48 * 1024) }
    const made = withMetadata(await FILES['image/jpeg'](), 'image/jpeg', { about: said, exif: null })
    expect(await found(made)).toMatchObject({ document: said.document, damaged: false })
    expect(jpeg.decode(made).width).toBe(5)
  })

  it('that is damaged, deflated or too long is refused, and nothing is read for ever', async () => {
    const plain = await FILES['image/png']()
    const put = (text: Uint8Array) =>
      joinBytes([plain.subarray(0, 33), pngChunk('iTXt', text), plain.subarray(33)])
    const text = (flags: string, value: string) => new TextEncoder().encode(`pentimento\0${flags}${value}`)
    const bomb = joinBytes([text('\x01\0\0\0', ''), deflateSync(new Uint8Array(100_000))])
    for (const hostile of [bomb, text('\0\0\0\0', 'not base64!'), text('\0\0\0\0', 'A'.repeat(60_000))]) {
      expect(await found(put(hostile))).toMatchObject({ document: null, damaged: true })
    }
    // Longer than anything that this page writes: not even read.
    expect(await found(put(text('\0\0\0\0', 'A'.repeat(200_000))))).toMatchObject({ damaged: false })
    const empty = joinBytes(Array.from({ length: 20_000 }, () => pngChunk('iTXt', new Uint8Array(0))))
    expect(
      await found(joinBytes([plain.subarray(0, 33), empty, put(text('\0\0\0\0', 'A')).subarray(33)])),
    ).toEqual({ exif: null, document: null, damaged: false })
  })

  it('of any damaged file is read without an exception', async () => {
    const said = { prompt: 'p', parameters: '{}', document: 'abcdef' }
    for (const [type, make] of Object.entries(FILES)) {
      const made = withMetadata(await make(), type, { about: said, exif })
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat(made.length - 1), fc.nat(255)), { maxLength: 8 }),
          fc.nat(made.length),
          async (changes, length) => {
            const damaged = made.slice(0, length)
            for (const [at, value] of changes) if (at < length) damaged[at] = value
            await found(damaged)
          },
        ),
      )
    }
  })

  it('goes into an extended WebP with its flags set', async () => {
    const made = withMetadata(await FILES['image/webp'](), 'image/webp', {
      about: { prompt: '', parameters: '', document: 'x' },
      exif,
    })
    expect(String.fromCharCode(...made.subarray(12, 16))).toBe('VP8X')
    expect(made[20] & 0x0c).toBe(0x0c)
    expect(new DataView(made.buffer).getUint32(4, true)).toBe(made.length - 8)
    expect(webpOf(new Uint8Array(10), []).length).toBe(30)
  })
})
