import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DISPLAY_P3 } from '../color/displayP3.testkit'
import { fileOf } from './pngFile.testkit'
import { readImageFacts } from './readImageFacts'
import { decodeTiff } from './tiffDecode'
import { tiffFile, type TiffSamples } from './tiffFile.testkit'
import { TAG } from './tiffTags'
import type { InflateAll } from './tiffUnpack'

const inflate: InflateAll = (bytes, limit) =>
  Promise.resolve(new Uint8Array(inflateSync(bytes, { maxOutputLength: limit })))

const KINDS = [
  [0, 1, 1],
  [1, 1, 4],
  [0, 1, 8],
  [1, 1, 16],
  [1, 2, 8],
  [2, 3, 8],
  [2, 3, 16],
  [2, 4, 8],
  [2, 4, 16],
] as const

const pictures: fc.Arbitrary<TiffSamples> = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 35 }),
    littleEndian: fc.boolean(),
    planar: fc.boolean(),
    compression: fc.constantFrom(1 as const, 5 as const, 8 as const, 32773 as const),
    predictor: fc.boolean(),
    rows: fc.constantFrom('tiles' as const, 1, 7, 50),
    seed: fc.integer(),
    // Few different values make long strings for LZW and PackBits.
    spread: fc.constantFrom(2, 2 ** 16),
  })
  .map(({ kind: [photometric, samples, bits], seed, spread, ...rest }) => {
    const values = Array.from(
      { length: rest.width * rest.height * samples },
      (_, i) => (Math.imul(i ^ seed, 2654435761) >>> 16) % Math.min(spread, 2 ** bits),
    )
    const predictor = rest.predictor && bits >= 8
    const more = samples % 2 === 0 ? { [TAG.extraSamples]: [2] } : {}
    return Object.assign(rest, { photometric, samples, bits, values, predictor, more })
  })

function expected({ values, samples, photometric, bits, width, height }: TiffSamples): number[] {
  const max = 2 ** bits - 1
  const out: number[] = []
  for (let at = 0; at < width * height * samples; at += samples) {
    const value = (i: number) => Math.round((values[at + i] * 255) / max)
    const gray = Math.round(((photometric === 0 ? max - values[at] : values[at]) * 255) / max)
    const alpha = samples % 2 === 0 ? value(samples - 1) : 255
    out.push(...(samples < 3 ? [gray, gray, gray] : [value(0), value(1), value(2)]), alpha)
  }
  return out
}

const base = { littleEndian: true, planar: false, compression: 1, predictor: false, rows: 50 } as const

describe('decoding a TIFF', () => {
  it('gives the values of the file, however they are stored and packed', async () => {
    await fc.assert(
      fc.asyncProperty(pictures, async (picture) => {
        const { data } = await decodeTiff(fileOf(tiffFile(picture)), inflate)
        expect([...data]).toEqual(expected(picture))
      }),
    )
  })

  it('unpacks LZW past a full table', async () => {
    const values = Array.from({ length: 200 * 200 }, (_, i) => Math.imul(i, 2654435761) >>> 24)
    const picture = { ...base, compression: 5, rows: 200, width: 200, height: 200, bits: 8 } as const
    const file = tiffFile({ ...picture, photometric: 1, samples: 1, values })
    const { data } = await decodeTiff(fileOf(file), inflate)
    expect(values.every((value, i) => data[4 * i] === value)).toBe(true)
  })

  it('looks colours up, divides by associated alpha, and turns what is stored turned', async () => {
    const colorMap = Array.from({ length: 3 * 16 }, (_, i) => i * 1000)
    const palette = { ...base, width: 2, height: 1, bits: 4, photometric: 3, samples: 1, values: [3, 15] }
    const one = await decodeTiff(
      fileOf(tiffFile({ ...palette, more: { [TAG.colorMap]: colorMap } })),
      inflate,
    )
    expect([...one.data.subarray(0, 4)]).toEqual([3000 >> 8, 19_000 >> 8, 35_000 >> 8, 255])
    const soft = {
      ...base,
      width: 1,
      height: 1,
      bits: 8,
      photometric: 2,
      samples: 4,
      values: [50, 20, 0, 100],
    }
    const two = await decodeTiff(fileOf(tiffFile({ ...soft, more: { [TAG.extraSamples]: [1] } })), inflate)
    expect([...two.data]).toEqual([128, 51, 0, 100])
    const turned = { ...base, width: 2, height: 1, bits: 8, photometric: 1, samples: 1, values: [10, 20] }
    const three = await decodeTiff(fileOf(tiffFile({ ...turned, more: { [TAG.orientation]: [6] } })), inflate)
    expect([three.width, three.height, three.data[0], three.data[4]]).toEqual([1, 2, 10, 20])
  })

  it('refuses other kinds and damaged files by name, and no bytes hang it', async () => {
    const picture = { ...base, width: 20, height: 20, bits: 8, photometric: 2, samples: 3 } as const
    const values = Array.from({ length: 1200 }, (_, i) => i & 255)
    const file = tiffFile({ ...picture, compression: 5, values })
    const cmyk = tiffFile({ ...picture, photometric: 5, values })
    await expect(decodeTiff(fileOf(cmyk), inflate)).rejects.toMatchObject({ code: 'image/tiff' })
    const jpeg = tiffFile({ ...picture, values, more: { [TAG.compression]: [7] } })
    await expect(decodeTiff(fileOf(jpeg), inflate)).rejects.toMatchObject({ code: 'image/tiff' })
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.nat(255), async (at, value) => {
        const spoilt = file.slice()
        spoilt[at] = value
        const found = await readImageFacts(fileOf(spoilt))
        const size = found?.facts.size
        if (found?.format !== 'tiff' || !size || size.width * size.height > 1e6) return
        await decodeTiff(fileOf(spoilt), inflate).catch((error: unknown) =>
          expect(error).toBeInstanceOf(Error),
        )
      }),
    )
  })

  it('is preceded by its facts', async () => {
    const picture = { ...base, width: 3, height: 2, bits: 16, photometric: 2, samples: 4 } as const
    const more = { [TAG.extraSamples]: [2], [TAG.profile]: [...DISPLAY_P3] }
    const file = tiffFile({ ...picture, values: Array<number>(24).fill(9), more })
    expect(await readImageFacts(fileOf(file))).toMatchObject({
      format: 'tiff',
      facts: {
        size: { width: 3, height: 2 },
        depth: 16,
        alpha: true,
        color: { kind: 'icc', bytes: DISPLAY_P3, deflated: false },
      },
    })
  })
})
