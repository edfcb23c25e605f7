import { expect, it } from 'vitest'
import { heatMap } from '../../core/image/difference'
import { createRgba, cropRgba, type RgbaImage } from '../../core/image/raster'
import { resampleRgba } from '../../core/image/resample'
import { MAX_FULL_PIXELS } from '../../core/image/seenPart'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeImage } from '../fakePictures.testkit'
import { fakeTab } from '../fakePorts.testkit'
import type { SourceImage } from '../session/source'
import { createDifferences } from './differences'
import { heldCrop } from './outputCrop'
import type { ReadyOutput } from './runs'

const link = { kind: 'file' as const, name: 'large.png', sha256: null }
const pixels = fakeImage(2500, 2100)
const source: SourceImage = {
  key: 'a',
  name: 'large.png',
  pixels,
  levels: [],
  opaque: true,
  file: null,
  link,
}

/** Noise in the place of the picture's own pixels. */
function outputOf(width: number, height: number): { output: ReadyOutput; image: RgbaImage } {
  const image = createRgba(width, height)
  for (let i = 0; i < image.data.length; i++) image.data[i] = Math.imul(i, 2_654_435_761) >>> 24
  const crop = heldCrop(
    image,
    () => Promise.resolve(image),
    () => Promise.reject(new Error('is in memory')),
  )
  const rect = { x: 100, y: 50, width: 2200, height: 2001 }
  const shown = { whole: false, levels: [], opaque: true, raw: null, seed: null }
  return { image, output: { kind: 'ready', place: 0, crop, rect, ...shown } }
}

const sameBytes = (a: RgbaImage, b: RgbaImage) => Buffer.from(a.data).equals(Buffer.from(b.data))

it('a large output is compared in bands, into a map no larger than it is shown', async () => {
  const { codec, page } = fakeTab(new FakeBrowser()).ports
  let open = 0
  let most = 0
  const difference: typeof codec.difference = async (before, after, side) => {
    open++
    most = Math.max(most, open * before.width * before.height)
    const map = await codec.difference(before, after, side)
    open--
    return map
  }
  const differences = createDifferences({ codec: { ...codec, difference }, page })
  const { output, image } = outputOf(2200, 2001)
  const [map, again] = await Promise.all([
    differences.whole(source, output),
    differences.whole(source, output),
  ])
  expect([map.width, map.height]).toEqual([1100, 1001])
  expect(sameBytes(map, heatMap(cropRgba(pixels, output.rect), image, 2))).toBe(true)
  expect(sameBytes(map, again)).toBe(true)
  // Two that are asked for at once do not hold twice as much.
  expect(most).toBeLessThanOrEqual(MAX_FULL_PIXELS)
})

it('an output of another size is compared with the picture in that size', async () => {
  const { output, image } = outputOf(1100, 1000)
  const map = await createDifferences(fakeTab(new FakeBrowser()).ports).whole(source, output)
  expect(sameBytes(map, heatMap(resampleRgba(cropRgba(pixels, output.rect), 1100, 1000), image))).toBe(true)
})
