import { readFileSync } from 'node:fs'
import type { Download, Page } from '@playwright/test'
import { decode } from 'fast-png'
import { pasteBack } from '../src/core/image/composite'
import {
  createRgba,
  cropGray,
  cropRgba,
  type GrayImage,
  overlayRgba,
  type RgbaImage,
} from '../src/core/image/raster'
import { surroundings } from '../src/core/image/workRegion'
import { patchMatchFill } from '../src/engine/patchMatch/patchMatchFill'
import { drag, expect, exportedMask, openPicture, openSample, picture, runButton, test } from './fixtures'

/** The embedded engine in the page: what it makes, how much of it, and how it ends. */

async function pixelsOf(download: Download): Promise<RgbaImage> {
  const { width, height, data, channels } = decode(readFileSync(await download.path()))
  const image = createRgba(width, height)
  for (let p = 0; p < width * height; p++) {
    for (let c = 0; c < 3; c++) image.data[p * 4 + c] = Number(data[p * channels + c])
    image.data[p * 4 + 3] = channels === 4 ? Number(data[p * 4 + 3]) : 255
  }
  return image
}

async function exported(page: Page): Promise<RgbaImage> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('menuitem', { name: 'PNG' }).click()
  return pixelsOf(await downloading)
}

async function output(page: Page, number = 1): Promise<RgbaImage> {
  const pane = page.getByRole('figure', { name: `Output ${number}` })
  await pane.locator('figcaption').click()
  await expect(runButton(page)).toBeEnabled()
  const downloading = page.waitForEvent('download')
  await pane.getByRole('button', { name: 'Download' }).click()
  return pixelsOf(await downloading)
}

/** How many pixels differ, inside the mask and outside. */
function changes(a: RgbaImage, b: RgbaImage, mask: GrayImage): { inside: number; outside: number } {
  const count = { inside: 0, outside: 0 }
  for (let p = 0; p < mask.data.length; p++) {
    const same = [0, 1, 2, 3].every((c) => a.data[p * 4 + c] === b.data[p * 4 + c])
    if (!same) count[mask.data[p]! > 0 ? 'inside' : 'outside']++
  }
  return count
}

test('the masked part of a photo is filled, not a byte outside it changes', async ({ page }) => {
  await openSample(page, 'Rocket')
  const before = await exported(page)
  const mask = await exportedMask(page)
  await runButton(page).click()
  const { inside, outside } = changes(before, await output(page), mask)
  const masked = mask.data.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0)
  expect(outside).toBe(0)
  expect(inside).toBeGreaterThan(masked * 0.8)
})

test('the browser’s SIMD gives the bytes of the script in Node', async ({ page }) => {
  await page.goto('/')
  await openPicture(page, picture(300, 220))
  const box = (await page.getByRole('region', { name: 'Canvas' }).boundingBox())!
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  await drag(page, { x: middle.x - 60, y: middle.y - 20 }, { x: middle.x + 50, y: middle.y + 30 })
  await page.getByRole('spinbutton', { name: 'Seed' }).fill('11')
  await page.getByRole('combobox', { name: 'Fill quality' }).selectOption('Best')
  const source = await exported(page)
  const mask = await exportedMask(page)
  await runButton(page).click()
  const made = await output(page)

  const [xs, ys] = [0, 1].map((axis) =>
    [...mask.data.keys()]
      .filter((p) => mask.data[p]! > 0)
      .map((p) => (axis === 0 ? p % mask.width : Math.floor(p / mask.width))),
  )
  const least = (list: readonly number[]) => list.reduce((a, b) => Math.min(a, b))
  const most = (list: readonly number[]) => list.reduce((a, b) => Math.max(a, b))
  const bounds = {
    x: least(xs!),
    y: least(ys!),
    width: most(xs!) - least(xs!) + 1,
    height: most(ys!) - least(ys!) + 1,
  }
  const region = surroundings(bounds, source)
  const coverage = cropGray(mask, region)
  const filled = await patchMatchFill().run(
    { image: cropRgba(source, region), mask: coverage, seed: 11, quality: 'best', patchSide: 7 },
    () => {},
  )
  const expected = overlayRgba(source, pasteBack(source, filled, coverage, region), region.x, region.y)
  expect(changes(made, expected, mask)).toEqual({ inside: 0, outside: 0 })
})

test('progress grows while a large hole is filled', async ({ page }) => {
  await page.goto('/')
  await openPicture(page, picture(2000, 1500), 'large.png')
  await page.getByRole('spinbutton', { name: 'Size' }).fill('300')
  const box = (await page.getByRole('region', { name: 'Canvas' }).boundingBox())!
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  await drag(page, { x: middle.x - 100, y: middle.y }, { x: middle.x + 100, y: middle.y })
  await page.evaluate(() => {
    const seen: number[] = []
    Object.assign(globalThis, { seen })
    new MutationObserver(() => {
      const bar = document.querySelector('progress')
      if (bar?.hasAttribute('value') && seen.at(-1) !== bar.value) seen.push(bar.value)
    }).observe(document.body, { subtree: true, childList: true, attributes: true })
  })
  await runButton(page).click()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: number[] }).seen)
  expect(seen.length).toBeGreaterThan(3)
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
})
