import { deflateSync } from 'node:zlib'
import { decode } from 'fast-png'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeGrayPng, encodeRgbaPng } from './png'
import { createGray } from './raster'
import { anyAlpha, noise, side } from './noise.testkit'

const deflate = (bytes: Uint8Array) => Promise.resolve(new Uint8Array(deflateSync(bytes)))

describe('PNG', () => {
  it('decodes to the same bytes: grey masks and pictures with and without alpha', async () => {
    await fc.assert(
      fc.asyncProperty(side, side, fc.integer(), fc.boolean(), async (width, height, seed, opaque) => {
        const image = noise(width, height, seed, opaque ? undefined : anyAlpha)
        const png = decode(await encodeRgbaPng(image, deflate))
        const channels = png.channels
        for (let p = 0; p < width * height; p++) {
          for (let c = 0; c < channels; c++) expect(png.data[p * channels + c]).toBe(image.data[p * 4 + c])
        }
        const gray = createGray(width, height)
        for (let p = 0; p < gray.data.length; p++) gray.data[p] = image.data[p * 4]!
        const mask = decode(await encodeGrayPng(gray, deflate))
        expect(mask.channels).toBe(1)
        expect(Buffer.compare(Buffer.from(mask.data.buffer), gray.data)).toBe(0)
      }),
      { numRuns: 30 },
    )
  })
})
