import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { decode as decodePng } from 'fast-png'
import jpeg from 'jpeg-js'
import { asciiTag, exifFile, readTags } from '../src/core/image/metadata/exifFile.testkit'
import { withMetadata } from '../src/core/image/metadata/withMetadata'
import { expect, exportedMask, openPicture, paintSomething, picture, test } from './fixtures'

const CAMERA = exifFile({
  main: [asciiTag(0x0110, 'Test camera')],
  gps: [{ tag: 2, type: 5, count: 3, value: new Uint8Array(24).fill(7) }],
  orientation: 1,
})

async function openExport(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('menuitem', { name: 'More options…' }).click()
  await expect(page.getByRole('dialog', { name: 'Export' }).getByRole('status')).toHaveText(/ [kM]?B/)
}

/** Saves in the dialog, which closes with it. */
async function saved(page: Page): Promise<Buffer> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const download = await downloading
  await expect(page.getByRole('dialog')).toBeHidden()
  return readFileSync(await download.path())
}

/** Red, green and blue of each pixel; an encoder may write alpha too. */
function colorsOf(png: Buffer): number[] {
  const { data, channels } = decodePng(png, { checkCrc: true })
  return [...data].filter((_, i) => i % channels < 3)
}

/** Of bytes: a list of what differs would be long. */
function isSame(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return Buffer.from(a as Uint8Array).equals(Buffer.from(b as Uint8Array))
}

test('exports open in other decoders, say what was asked for, and bring their mask back when dropped', async ({
  page,
}) => {
  const plain = picture(600, 400)
  const file = withMetadata(new Uint8Array(plain), 'image/png', { exif: CAMERA, about: null })
  await page.goto('/')
  await openPicture(page, Buffer.from(file))
  await paintSomething(page)
  const mask = await exportedMask(page)

  await openExport(page)
  const png = await saved(page)
  expect(isSame(colorsOf(png), colorsOf(plain))).toBe(true)
  expect(png.includes('Test camera')).toBe(false)

  await openExport(page)
  await page.getByRole('radio', { name: 'JPEG', exact: true }).check()
  await page.getByRole('checkbox', { name: 'Camera data' }).check()
  const photo = await saved(page)
  const read: { width: number; height: number; exifBuffer?: Uint8Array } = jpeg.decode(photo)
  expect([read.width, read.height]).toEqual([600, 400])
  const exif = photo.subarray(photo.indexOf('Exif\0\0') + 6)
  const tags = readTags(exif, 8)
  expect(Buffer.from(tags.get(0x0110)!).toString()).toBe('Test camera\0')
  expect(tags.has(0x8825)).toBe(false)

  for (const [name, buffer] of [
    ['dropped.png', png],
    ['dropped.jpg', photo],
  ] as const) {
    await openPicture(page, buffer, name)
    await page.getByRole('button', { name: 'Restore' }).click()
    await expect(page.getByRole('button', { name: 'Restore' })).toBeHidden()
    expect(isSame((await exportedMask(page)).data, mask.data)).toBe(true)
  }
})
