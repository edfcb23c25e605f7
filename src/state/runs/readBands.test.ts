import { expect, it } from 'vitest'
import { frameOf } from '../../core/document/document'
import { cropRgba } from '../../core/image/raster'
import { replayCommands } from '../../core/mask/command/maskCommand'
import { createMask, readMask } from '../../core/mask/mask'
import { fakeImage } from '../fakePictures.testkit'
import type { SourceImage } from '../session/source'
import { readBands } from './readBands'

it('a large part is read in several tasks, with the bytes of one', async () => {
  const pixels = fakeImage(2100, 2050)
  const link = { kind: 'file' as const, name: 'large.png', sha256: null }
  const source: SourceImage = {
    key: 'a',
    name: 'large.png',
    pixels,
    levels: [],
    opaque: true,
    file: null,
    link,
  }
  const mask = createMask(frameOf(pixels))
  const rect = { x: 40, y: 25, width: 2000, height: 2001 }
  replayCommands(mask, [{ kind: 'ellipse', mode: 'paint', rect: { ...rect, width: 1700 } }])
  let tasks = 0
  const { before, coverage } = await readBands(source, mask, frameOf(pixels), rect, () =>
    Promise.resolve(void tasks++),
  )
  expect(tasks).toBe(5)
  expect(Buffer.from(before.data).equals(Buffer.from(cropRgba(pixels, rect).data))).toBe(true)
  expect(Buffer.from(coverage!.data).equals(readMask(mask, rect).data)).toBe(true)
})
