import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { deflateSync, inflateSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { decode, encode } from 'fast-png'
import { decodeDataUri } from '../src/backends/replicate/fakeModel.testkit'
import { convertColors } from '../src/core/image/color/convertColors'
import { DISPLAY_P3 } from '../src/core/image/color/displayP3.testkit'
import { fileOf, pngChunk, pngFile } from '../src/core/image/file/pngFile.testkit'
import { readImageFacts } from '../src/core/image/file/readImageFacts'
import { tiffFile } from '../src/core/image/file/tiffFile.testkit'
import { TAG } from '../src/core/image/file/tiffTags'
import { withProfile } from '../src/core/image/file/withProfile'
import { chooseBackend, expect, exportedMask, openPicture, paintSomething, picture, test } from './fixtures'

const SIDE = 128

test.beforeEach(async ({ page }) => {
  await page.goto('/')
})

/** A picture whose pixels have every alpha, with colours under all of them. */
function softAlpha(): { file: Buffer; data: Uint8Array } {
  const data = Uint8Array.from({ length: SIDE * SIDE * 4 }, (_, i) =>
    i % 4 === 3 ? (i >> 2) % 256 : Math.imul(i, 2654435761) >>> 24,
  )
  return { file: Buffer.from(encode({ width: SIDE, height: SIDE, channels: 4, depth: 8, data })), data }
}

async function withP3(plain: Buffer): Promise<Buffer> {
  const deflate = (bytes: Uint8Array) => Promise.resolve(new Uint8Array(deflateSync(bytes)))
  return Buffer.from(await withProfile(new Uint8Array(plain), 'image/png', DISPLAY_P3, deflate))
}

async function exportAs(page: Page, format: string): Promise<Buffer> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('menuitem', { name: format }).click()
  return readFileSync(await (await downloading).path())
}

async function downloadOutput(page: Page): Promise<Buffer> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('figure', { name: 'Output 1' }).getByRole('button', { name: 'Download' }).click()
  return readFileSync(await (await downloading).path())
}

/** Red, green and blue, with or without alpha in the file. */
function rgbOf(file: Buffer): Uint8Array {
  const { data, channels } = decode(file)
  if (channels === 3) return new Uint8Array(data)
  return new Uint8Array(data).filter((_, i) => i % 4 !== 3)
}

/** Runs in the backend that answers with one colour and compares what lies outside the mask. */
async function runAndCompare(page: Page, before: Uint8Array, channels: number) {
  await paintSomething(page)
  const mask = await exportedMask(page)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  const file = await downloadOutput(page)
  const after = decode(file)
  const step = after.channels
  let changed = 0
  let inside = -1
  mask.data.forEach((coverage, p) => {
    if (coverage === 255) inside = p
    if (coverage > 0) return
    for (let c = 0; c < Math.min(step, channels); c++) {
      if (after.data[p * step + c] !== before[p * channels + c]) changed++
    }
  })
  return { file, changed, inside: [...after.data.subarray(inside * step, inside * step + 3)] }
}

test('every alpha and the colours under it come out as they went in', async ({ page, server }) => {
  await chooseBackend(page, server.mount({ sync: true }).base)
  const { file, data } = softAlpha()
  await openPicture(page, file, 'soft.png')
  const out = decode(await exportAs(page, 'PNG'))
  expect(out.channels).toBe(4)
  expect(Buffer.compare(new Uint8Array(out.data), data)).toBe(0)
  const { changed, inside } = await runAndCompare(page, data, 4)
  expect(changed).toBe(0)
  expect(inside).toEqual([20, 200, 40])
})

test('a WebP with alpha is opened with the values that its decoder gives', async ({ page }) => {
  // Lossless; as the canvas gave values that survive its own weighting, they are known.
  const { webp, values } = await page.evaluate(async (side) => {
    const canvas = new OffscreenCanvas(side, side)
    const context = canvas.getContext('2d')!
    const image = new ImageData(side, side)
    image.data.forEach((_, i) => {
      image.data[i] = Math.imul(i, 2654435761) >>> 24
    })
    context.putImageData(image, 0, 0)
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 1 })
    const { data } = context.getImageData(0, 0, side, side)
    return { webp: [...new Uint8Array(await blob.arrayBuffer())], values: [...data] }
  }, SIDE)
  await openPicture(page, Buffer.from(webp), 'soft.webp')
  const out = decode(await exportAs(page, 'PNG'))
  expect(Buffer.compare(new Uint8Array(out.data), Uint8Array.from(values))).toBe(0)
})

/** The space of the canvas that shows the picture, and the colour in its middle in Display P3. */
function shownColor(page: Page): Promise<unknown[]> {
  const canvas = page.getByRole('region', { name: 'Canvas' }).locator('canvas').first()
  return canvas.evaluate((element: HTMLCanvasElement) => {
    const context = element.getContext('2d')!
    const middle = context.getImageData(element.width >> 1, element.height >> 1, 1, 1, {
      colorSpace: 'display-p3',
    })
    return [context.getContextAttributes().colorSpace, ...middle.data.subarray(0, 3)]
  })
}

test('a Display P3 photo keeps its values and its profile; sRGB is sent, and comes back as P3', async ({
  page,
  server,
}) => {
  const api = server.mount({ sync: true })
  await chooseBackend(page, api.base)
  const data = new Uint8Array(160 * 100 * 3)
  for (let i = 0; i < data.length; i += 3) data.set([200, 100, 50], i)
  // Two codes of a red that sRGB clips to one.
  data.set([255, 0, 0, 250, 0, 0])
  const plain = Buffer.from(encode({ width: 160, height: 100, channels: 3, depth: 8, data }))
  await openPicture(page, await withP3(plain), 'p3.png')
  await expect.poll(() => shownColor(page)).toEqual(['display-p3', 200, 100, 50])

  for (const [format, type] of [
    ['PNG', 'png'],
    ['JPEG', 'jpeg'],
    ['WebP', 'webp'],
  ] as const) {
    const file = await exportAs(page, format)
    const found = await readImageFacts(fileOf(file))
    expect(found?.format).toBe(type)
    const color = found!.facts.color
    const profile = color.kind === 'icc' && (color.deflated ? inflateSync(color.bytes) : color.bytes)
    expect(profile && Buffer.compare(profile, DISPLAY_P3)).toBe(0)
    if (type === 'png') expect(Buffer.compare(rgbOf(file), data)).toBe(0)
  }

  const { file, changed, inside } = await runAndCompare(page, data, 3)
  expect(changed).toBe(0)
  const back = decode(file).iccEmbeddedProfile?.profile
  expect(back && Buffer.compare(back, DISPLAY_P3)).toBe(0)
  const { input } = api.creates()[0]!.body as { input: Record<string, unknown> }
  const sent = decodeDataUri(input['image'])
  expect(sent.iccEmbeddedProfile).toBeUndefined()
  const middle = (Math.floor(sent.height / 2) * sent.width + 5) * sent.channels
  const wanted = await page.evaluate(
    async (bytes) => {
      // The browser's own conversion.
      const bitmap = await createImageBitmap(new Blob([Uint8Array.from(bytes)], { type: 'image/png' }))
      const context = new OffscreenCanvas(160, 100).getContext('2d')!
      context.drawImage(bitmap, 0, 0)
      return [...context.getImageData(80, 50, 1, 1).data.subarray(0, 3)]
    },
    [...(await withP3(plain))],
  )
  wanted.forEach((value, c) => expect(Math.abs(sent.data[middle + c]! - value)).toBeLessThanOrEqual(1))
  // The answer's sRGB green, in the numbers of Display P3.
  expect(inside).not.toEqual([20, 200, 40])
  const answer = { width: 1, height: 1, data: Uint8ClampedArray.of(20, 200, 40, 255) }
  expect(inside).toEqual([...convertColors(answer, DISPLAY_P3).data.subarray(0, 3)])
})

test('the engine of this device works in the values of a Display P3 photo', async ({ page }) => {
  const data = new Uint8Array(160 * 100 * 3)
  for (let i = 0; i < data.length; i += 3) data.set([200, 100, 50], i)
  const plain = Buffer.from(encode({ width: 160, height: 100, channels: 3, depth: 8, data }))
  await openPicture(page, await withP3(plain), 'p3.png')
  const { file, changed, inside } = await runAndCompare(page, data, 3)
  expect(changed).toBe(0)
  expect(inside).toEqual([200, 100, 50])
  expect(decode(file).iccEmbeddedProfile?.profile).toHaveLength(DISPLAY_P3.length)
})

test('what is not as the file has it is said: 16 bits, a picture scaled down, a missing end', async ({
  page,
}) => {
  const wide = encode({
    width: 64,
    height: 8,
    channels: 3,
    depth: 16,
    data: Uint16Array.from({ length: 64 * 8 * 3 }, (_, i) => i * 42),
  })
  await openPicture(page, Buffer.from(wide), 'wide.png')
  await expect(page.getByText('wide.png has 16 bits per channel. It was opened with 8.')).toBeVisible()
  expect([...rgbOf(await exportAs(page, 'PNG')).subarray(0, 900)]).toEqual(
    Array.from({ length: 900 }, (_, i) => Math.round((i * 42 * 255) / 65535)),
  )

  const jpeg = readFileSync(new URL('../public/samples/coffee.jpg', import.meta.url))
  await openPicture(page, jpeg.subarray(0, jpeg.length >> 1), 'half.jpg')
  await expect(page.getByText('half.jpg is damaged: its end is missing.')).toBeVisible()
  await expect(page.getByRole('banner').getByText('600 × 400')).toBeVisible()
})

test('a TIFF of 16 bits with alpha opens with its values', async ({ page }) => {
  const values = Array.from({ length: 60 * 40 * 4 }, (_, i) => Math.imul(i, 2654435761) >>> 16)
  const file = tiffFile({
    width: 60,
    height: 40,
    bits: 16,
    photometric: 2,
    samples: 4,
    values,
    littleEndian: true,
    planar: false,
    compression: 8,
    predictor: true,
    rows: 16,
    more: { [TAG.extraSamples]: [2] },
  })
  await openPicture(page, Buffer.from(file), 'scan.tif')
  await expect(page.getByText('scan.tif has 16 bits per channel. It was opened with 8.')).toBeVisible()
  const out = decode(await exportAs(page, 'PNG'))
  const wanted = Uint8Array.from(values, (value) => Math.round((value * 255) / 65535))
  expect(Buffer.compare(new Uint8Array(out.data), wanted)).toBe(0)
})

/** A grey PNG of any size, a few kilobytes long. */
function flatPng(width: number, height: number, depth = 8, held = height): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([depth, 0, 0, 0, 0], 8)
  const rows = deflateSync(Buffer.alloc((1 + (width * depth) / 8) * held), { level: 1 })
  const start = Buffer.from(
    pngFile({ width: 1, height: 1, depth: 8, colorType: 0, interlaced: false, samples: [0] }),
  )
  return Buffer.concat([
    start.subarray(0, 8),
    pngChunk('IHDR', header),
    pngChunk('IDAT', rows),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

test('50 megapixels open as they are, 100 scaled down', async ({ page }, testInfo) => {
  test.setTimeout(180_000)
  const open = async (name: string, file: Buffer) => {
    const path = testInfo.outputPath(name)
    writeFileSync(path, file)
    await page.locator('input[type=file]').setInputFiles(path)
  }
  const slow = { timeout: 80_000 }
  await open('camera.png', flatPng(8688, 5792))
  await expect(page.getByRole('banner').getByText('8688 × 5792')).toBeVisible(slow)
  await open('back.png', flatPng(11_656, 8742))
  const notice = 'back.png is 11656 × 8742 px. It was opened at 9459 × 7094.'
  await expect(page.getByText(notice)).toBeVisible(slow)
})

test('a strip of 200 x 20,000 opens and comes out as it went in', async ({ page }) => {
  const data = Uint8Array.from({ length: 200 * 20_000 * 3 }, (_, i) => (i * 7 + (i >> 11)) & 255)
  const strip = encode({ width: 200, height: 20_000, channels: 3, depth: 8, data })
  await openPicture(page, Buffer.from(strip), 'strip.png')
  await expect(page.getByRole('banner').getByText('200 × 20000')).toBeVisible()
  expect(Buffer.compare(rgbOf(await exportAs(page, 'PNG')), data)).toBe(0)
})

/** Measures how long the page's thread does not come to its timers, ms. */
async function watchHolds(page: Page): Promise<void> {
  await page.evaluate(() => {
    const held = { longest: 0, last: performance.now() }
    Object.assign(globalThis, { held })
    setInterval(() => {
      const now = performance.now()
      held.longest = Math.max(held.longest, now - held.last)
      held.last = now
    }, 5)
  })
}

test('a file over a limit is refused by its headers, and holds the page no longer than another', async ({
  page,
}, testInfo) => {
  const text = Buffer.from(pngChunk('tEXt', Buffer.from('a\0b')))
  // Nothing looks at the rows.
  const chunks = flatPng(20_000, 20_000, 16, 1)
  const many = Buffer.concat([
    chunks.subarray(0, 33),
    ...Array.from({ length: 100_000 }, () => text),
    chunks.subarray(33),
  ])
  const jpeg = readFileSync(new URL('../public/samples/coffee.jpg', import.meta.url))
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
  const huge = Buffer.from(jpeg)
  huge.writeUInt16BE(30_000, frame + 5)
  huge.writeUInt16BE(30_000, frame + 7)
  const padding = Buffer.concat([Buffer.from([0xff, 0xef, 0xff, 0xff]), Buffer.alloc(65_533)])
  const far = Buffer.concat([
    huge.subarray(0, 2),
    ...Array.from({ length: 8 }, () => padding),
    huge.subarray(2),
  ])
  /** How long the page is held meanwhile, ms. */
  const opening = (name: string, file: Buffer) => {
    const path = testInfo.outputPath(name)
    // As a file: bytes that the test hands over would hold the page themselves.
    writeFileSync(path, file)
    return async () => {
      await page.reload()
      await watchHolds(page)
      await page.locator('input[type=file]').setInputFiles(path)
      await expect(page.getByRole('alert')).toContainText(name)
      await expect(page.getByRole('alert')).toContainText('the limit is 128 megapixels')
      return page.evaluate(() => (globalThis as unknown as { held: { longest: number } }).held.longest)
    }
  }
  const plain = opening('plain.jpg', huge)
  const held = Math.max(await plain(), await plain(), await plain())
  for (const [name, file] of [
    ['sixteen.png', chunks],
    ['chunks.png', many],
    ['far.jpg', far],
    ['stray.jpg', Buffer.concat([huge.subarray(0, 2), Buffer.from([7]), huge.subarray(2)])],
  ] as const) {
    // A busy machine holds it now and then; a file that does would each time.
    await expect.poll(opening(name, file), { message: name, timeout: 90_000 }).toBeLessThan(3 * held)
  }
})

test('a file that is gone by the time it is read says so', async ({ page }, testInfo) => {
  const path = testInfo.outputPath('gone.png')
  writeFileSync(path, picture(300, 200))
  await page.evaluate(() => {
    const input = document.createElement('input')
    input.type = 'file'
    input.id = 'kept'
    document.body.append(input)
  })
  await page.locator('#kept').setInputFiles(path)
  rmSync(path)
  // The page takes drops once it is drawn.
  await expect(page.getByRole('group', { name: 'Samples' })).toBeVisible()
  await page.evaluate(() => {
    const data = new DataTransfer()
    data.items.add(document.querySelector<HTMLInputElement>('#kept')!.files![0]!)
    document.body.dispatchEvent(
      new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
    )
  })
  await expect(page.getByRole('alert')).toContainText('gone.png can no longer be read')
})
