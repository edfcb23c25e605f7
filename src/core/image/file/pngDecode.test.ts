import { decode, encode } from 'fast-png'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodePng } from './pngDecode'
import { CHANNELS, fileOf, inflate, pngChunk, pngFile, type PngSamples } from './pngFile.testkit'

const KINDS = [
  [0, 1],
  [0, 2],
  [0, 4],
  [0, 8],
  [0, 16],
  [2, 8],
  [2, 16],
  [4, 8],
  [4, 16],
  [6, 8],
  [6, 16],
] as const

const pictures: fc.Arbitrary<PngSamples> = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    width: fc.integer({ min: 1, max: 23 }),
    height: fc.integer({ min: 1, max: 19 }),
    interlaced: fc.boolean(),
  })
  .chain(({ kind: [colorType, depth], ...rest }) =>
    fc
      .array(fc.integer({ min: 0, max: 2 ** depth - 1 }), {
        minLength: rest.width * rest.height * CHANNELS[colorType],
        maxLength: rest.width * rest.height * CHANNELS[colorType],
      })
      .map((samples) => Object.assign({ colorType, depth, samples }, rest)),
  )

/** What each pixel should become. */
function expected({ samples, colorType, depth, width, height }: PngSamples): number[] {
  const channels = CHANNELS[colorType]
  const value = (i: number) => Math.round((samples[i] * 255) / (2 ** depth - 1))
  const out: number[] = []
  for (let at = 0; at < width * height * channels; at += channels) {
    const gray = channels < 3
    const alpha = channels % 2 === 0 ? value(at + channels - 1) : 255
    out.push(value(at), value(gray ? at : at + 1), value(gray ? at : at + 2), alpha)
  }
  return out
}

describe('decoding a PNG', () => {
  it('gives the values of the file, whatever its alpha, depth, filters and interlacing', async () => {
    await fc.assert(
      fc.asyncProperty(pictures, async (picture) => {
        const { data } = await decodePng(fileOf(pngFile(picture)), inflate)
        expect([...data]).toEqual(expected(picture))
      }),
    )
  })

  it('keeps colours under every alpha, also under 0', async () => {
    const data = Uint8Array.from({ length: 256 * 4 }, (_, i) => (i % 4 === 3 ? i >> 2 : (i * 37) & 255))
    const file = encode({ width: 16, height: 16, channels: 4, depth: 8, data })
    const image = await decodePng(fileOf(file), inflate)
    expect([...image.data]).toEqual([...data])
  })

  it.each([1, 2, 4, 8])('looks colours of %d bits up in the palette, with their alpha', async (depth) => {
    const count = 2 ** depth
    const palette = Uint8Array.from({ length: count * 3 }, (_, i) => (i * 71) & 255)
    const alpha = Uint8Array.from({ length: Math.max(1, count - 1) }, (_, i) => (i * 13) & 255)
    const samples = Array.from({ length: 21 * 6 }, (_, i) => (i * 7) % count)
    for (const interlaced of [false, true]) {
      const picture = { width: 21, height: 6, depth, colorType: 3, interlaced, samples }
      const file = pngFile(picture, [pngChunk('PLTE', palette), pngChunk('tRNS', alpha)])
      const image = await decodePng(fileOf(file), inflate)
      const wanted: number[] = []
      for (const k of samples) wanted.push(...palette.subarray(k * 3, k * 3 + 3), alpha[k] ?? 255)
      expect([...image.data]).toEqual(wanted)
    }
  })

  it('makes the one colour transparent that tRNS names, by all its bits', async () => {
    const gray = { width: 3, height: 1, depth: 16, colorType: 0, interlaced: false, samples: [7, 8, 65535] }
    const one = await decodePng(fileOf(pngFile(gray, [pngChunk('tRNS', Uint8Array.of(0, 7))])), inflate)
    expect([...one.data].filter((_, i) => i % 4 === 3)).toEqual([0, 255, 255])
    const rgb = {
      width: 2,
      height: 1,
      depth: 8,
      colorType: 2,
      interlaced: false,
      samples: [1, 2, 3, 1, 2, 4],
    }
    const clear = pngChunk('tRNS', Uint8Array.of(0, 1, 0, 2, 0, 3))
    const two = await decodePng(fileOf(pngFile(rgb, [clear])), inflate)
    expect([...two.data]).toEqual([1, 2, 3, 0, 1, 2, 4, 255])
  })

  it('agrees with another decoder', async () => {
    const data = Uint8Array.from({ length: 200 * 90 * 4 }, (_, i) => Math.imul(i, 2654435761) >>> 24)
    const file = encode({ width: 200, height: 90, channels: 4, depth: 8, data })
    const image = await decodePng(fileOf(file), inflate)
    expect([...image.data]).toEqual([...decode(file).data])
  })

  it('refuses what is damaged with a named error, and takes rows that are all there', async () => {
    const data = Uint8Array.from({ length: 40 * 40 * 4 }, (_, i) => Math.imul(i, 2654435761) >>> 24)
    const file = encode({ width: 40, height: 40, channels: 4, depth: 8, data })
    await expect(decodePng(fileOf(file.slice(0, file.length >> 1)), inflate)).rejects.toMatchObject({
      code: 'image/damaged',
    })
    // Without IEND and the checksums.
    const image = await decodePng(fileOf(file.slice(0, -20)), inflate)
    expect(image.data).toHaveLength(40 * 40 * 4)
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.nat(255), async (at, value) => {
        const spoilt = file.slice()
        spoilt[at] = value
        if (at >= 16 && at < 24) return
        await decodePng(fileOf(spoilt), inflate).catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'image/damaged' })
        })
      }),
    )
  })
})
