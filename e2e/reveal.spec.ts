import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { decode } from 'fast-png'
import { drag, expect, openSample, runButton, screenPoint, test, waitUntilStored } from './fixtures'

/** The reveal brush paints an output, or the original, into the picture. */

const SIZE = { width: 640, height: 427 }
/** Across the rocket. */
const FROM = { x: 290, y: 240 }
const TO = { x: 350, y: 250 }

/** All pixels of the picture, as its export has them. */
async function pixels(page: Page): Promise<Uint8Array> {
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'PNG' }).click()
  const download = await downloading
  return Uint8Array.from(decode(readFileSync(await download.path())).data)
}

/** How many pixels differ within so many px of the stroke, and beyond. */
function differing(a: Uint8Array, b: Uint8Array, reach: number): { near: number; far: number } {
  expect([a.length, b.length]).toEqual([4 * SIZE.width * SIZE.height, 4 * SIZE.width * SIZE.height])
  const count = { near: 0, far: 0 }
  const [dx, dy] = [TO.x - FROM.x, TO.y - FROM.y]
  for (let p = 0; p < SIZE.width * SIZE.height; p++) {
    if ([0, 1, 2, 3].every((c) => a[4 * p + c] === b[4 * p + c])) continue
    const [x, y] = [(p % SIZE.width) + 0.5 - FROM.x, Math.floor(p / SIZE.width) + 0.5 - FROM.y]
    const along = Math.min(1, Math.max(0, (x * dx + y * dy) / (dx * dx + dy * dy)))
    if (Math.hypot(x - along * dx, y - along * dy) <= reach) count.near++
    else count.far++
  }
  return count
}

test('an output is painted into the picture, erased, undone, restored and there after a reload', async ({
  page,
}) => {
  const patches = page.getByRole('list', { name: 'Patches' }).getByRole('listitem')
  const options = page.getByRole('group', { name: 'Reveal brush' })
  const stroke = async () =>
    drag(page, await screenPoint(page, SIZE, FROM), await screenPoint(page, SIZE, TO))
  const undo = page.getByRole('button', { name: 'Undo', exact: true })
  await openSample(page, 'Rocket')
  const original = await pixels(page)
  await runButton(page).click()
  await page.getByRole('button', { name: 'Paint from this output' }).click()
  await expect(options.getByRole('combobox', { name: 'Paint from' })).toHaveText(/Output 1/)
  await options.getByRole('spinbutton', { name: 'Size' }).fill('30')
  await options.getByRole('spinbutton', { name: 'Hardness' }).fill('100')
  await stroke()
  await expect(patches).toHaveCount(1)
  const painted = await pixels(page)
  const change = differing(painted, original, 16)
  expect(change.far).toBe(0)
  expect(change.near).toBeGreaterThan(500)

  await page.getByRole('region', { name: 'Canvas' }).focus()
  await page.keyboard.press('e')
  await options.getByRole('spinbutton', { name: 'Size' }).fill('40')
  await stroke()
  await expect(async () =>
    expect(differing(await pixels(page), original, 0)).toEqual({ near: 0, far: 0 }),
  ).toPass()
  await undo.click()
  expect(differing(await pixels(page), painted, 0)).toEqual({ near: 0, far: 0 })

  await options.getByRole('combobox', { name: 'Paint from' }).selectOption('Original')
  await page.getByRole('region', { name: 'Canvas' }).focus()
  await page.keyboard.press('b')
  await stroke()
  await expect(patches).toHaveCount(2)
  expect(differing(await pixels(page), original, 0)).toEqual({ near: 0, far: 0 })
  await page.keyboard.press('Escape')
  await expect(options).toBeHidden()

  await waitUntilStored(page)
  await page.reload()
  await expect(patches).toHaveCount(2)
  await undo.click()
  await expect(patches).toHaveCount(1)
  expect(differing(await pixels(page), painted, 0)).toEqual({ near: 0, far: 0 })
})
