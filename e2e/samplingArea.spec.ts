import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { decode, encode } from 'fast-png'
import { drag, expect, openPicture, runButton, screenPoint, test, waitUntilStored } from './fixtures'

const SIZE = { width: 320, height: 240 }
/** From here on the picture is blue. */
const SEAM = 160
const HOLE = { x: 130, y: 90, right: 200, bottom: 150 }

/** Red on the left, blue on the right, each with green noise. */
function twoTextures(): Buffer {
  const data = new Uint8Array(SIZE.width * SIZE.height * 3)
  for (let p = 0; p < SIZE.width * SIZE.height; p++) {
    const noise = Math.imul(p + 7, 2654435761) >>> 24
    data.set(p % SIZE.width < SEAM ? [255, noise, 0] : [0, noise, 255], p * 3)
  }
  return Buffer.from(encode({ ...SIZE, data, channels: 3, depth: 8 }))
}

/** Runs, and reads the output. */
async function filled(page: Page) {
  await runButton(page).click()
  const pane = page.getByRole('figure', { name: 'Output 1' })
  await pane.locator('figcaption').click()
  const downloading = page.waitForEvent('download')
  await pane.getByRole('button', { name: 'Download' }).click()
  return decode(readFileSync(await (await downloading).path()))
}

test('a hole between two textures becomes the one that the sampling area is on', async ({ page }) => {
  await page.goto('/')
  await openPicture(page, twoTextures())
  await page.keyboard.press('r')
  const at = (x: number, y: number) => screenPoint(page, SIZE, { x, y })
  await drag(page, await at(HOLE.x, HOLE.y), await at(HOLE.right, HOLE.bottom))

  const area = page.getByRole('radio', { name: 'Sampling area' })
  await page.getByRole('radio', { name: 'Mask', exact: true }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(area).toBeChecked()
  await drag(page, await at(220, 20), await at(310, 220))
  const clear = page.getByRole('button', { name: 'Clear sampling area' })
  await clear.click()
  await expect(clear).toBeDisabled()
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(clear).toBeEnabled()

  const { data, channels } = await filled(page)
  let red = 0
  for (let y = HOLE.y + 1; y < HOLE.bottom - 1; y++)
    for (let x = HOLE.x + 1; x < HOLE.right - 1; x++) red += data[(y * SIZE.width + x) * channels] > 0 ? 1 : 0
  expect(red).toBe(0)

  // It is there again after a reload.
  await waitUntilStored(page)
  await page.reload()
  await area.click()
  await expect(clear).toBeEnabled()
})

/** Where a wire comes from the left and ends under the hole. */
const WIRE = 120

test('a wire goes on as far as the guide line that is drawn over it', async ({ page }) => {
  const data = new Uint8Array(SIZE.width * SIZE.height * 3)
  for (let p = 0; p < SIZE.width * SIZE.height; p++) {
    const isWire = p % SIZE.width < HOLE.x + 5 && Math.abs(Math.floor(p / SIZE.width) - WIRE) < 3
    const noise = (Math.imul(p + 7, 2654435761) >>> 27) + 170
    data.fill(isWire ? 20 : noise, p * 3, p * 3 + 3)
  }
  await page.goto('/')
  await openPicture(page, Buffer.from(encode({ ...SIZE, data, channels: 3, depth: 8 })))
  const at = (x: number, y: number) => screenPoint(page, SIZE, { x, y })
  await page.keyboard.press('r')
  await drag(page, await at(HOLE.x, HOLE.y), await at(HOLE.right, HOLE.bottom))
  await page.keyboard.press('d')
  await drag(page, await at(40, WIRE), await at(HOLE.x + 60, WIRE))
  await drag(page, await at(40, 20), await at(90, 20))
  const lines = page.getByRole('group', { name: 'Guide lines' })
  await expect(lines).toContainText('without effect: 1')
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(lines).not.toContainText('without effect')
  // They are there again after a reload.
  await waitUntilStored(page)
  await page.reload()
  await page.getByRole('radio', { name: 'Guide line', exact: true }).click()
  await expect(lines.getByRole('button', { name: 'Clear guide lines' })).toBeEnabled()

  const { data: pixels, channels } = await filled(page)
  const isDark = (x: number) => pixels[(WIRE * SIZE.width + x) * channels] < 90
  const dark = Array.from({ length: 60 }, (_, k) => HOLE.x + 5 + k).filter(isDark)
  // Without the line it ends half-way.
  expect(dark.length).toBeGreaterThanOrEqual(50)
})
