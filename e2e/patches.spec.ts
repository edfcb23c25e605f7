import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { decode } from 'fast-png'
import { expect, openSample, runButton, screenPoint, test, waitUntilStored } from './fixtures'

/** Kept results stay adjustable: their blends, their order, whether they are shown. */

const patches = (page: Page) => page.getByRole('list', { name: 'Patches' }).getByRole('listitem')

/** Applies a fill of this device. */
async function applied(page: Page): Promise<void> {
  await openSample(page, 'Rocket')
  await runButton(page).click()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText('rocket-edited.png')).toBeVisible()
}

/** All pixels of the picture, as its export has them. */
async function pixels(page: Page): Promise<Buffer> {
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'PNG' }).click()
  const download = await downloading
  return Buffer.from(decode(readFileSync(await download.path())).data)
}

test('an applied result is adjusted, each change one undo step, and stays adjustable after a reload', async ({
  page,
}) => {
  await applied(page)
  await expect(patches(page)).toHaveCount(1)
  await expect(page.getByText('0 px changed outside')).toBeVisible()
  const plain = await pixels(page)
  const choose = patches(page).getByRole('button', { name: /^Fill/ })
  // A double click on the picture chooses what lies there, and leaves the mask alone.
  const at = await screenPoint(page, { width: 640, height: 427 }, { x: 322, y: 260 })
  await page.mouse.dblclick(at.x, at.y)
  await expect(choose).toHaveAttribute('aria-expanded', 'true')
  await expect(page.getByText('Paint over what should change.')).toBeVisible()
  const opacity = patches(page).getByRole('slider', { name: 'Opacity' })
  await opacity.focus()
  for (let k = 0; k < 4; k++) await page.keyboard.press('PageDown')
  await expect(opacity).toHaveValue('60')
  await patches(page).getByRole('checkbox', { name: 'Repair seam' }).check()
  const adjusted = await pixels(page)
  expect(adjusted.equals(plain)).toBe(false)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(patches(page).getByRole('checkbox', { name: 'Repair seam' })).not.toBeChecked()
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(opacity).toHaveValue('100')
  expect((await pixels(page)).equals(plain)).toBe(true)
  await page.getByRole('button', { name: 'Redo', exact: true }).click()
  await page.getByRole('button', { name: 'Redo', exact: true }).click()
  await expect(patches(page).getByRole('checkbox', { name: 'Repair seam' })).toBeChecked()
  expect((await pixels(page)).equals(adjusted)).toBe(true)
  await waitUntilStored(page)
  await page.reload()
  await choose.click()
  await expect(opacity).toHaveValue('60')
  expect((await pixels(page)).equals(adjusted)).toBe(true)
  await patches(page).getByRole('checkbox', { name: /^Show/ }).uncheck()
  await expect(page.getByText('rocket.jpg')).toBeVisible()
  await patches(page)
    .getByRole('button', { name: /^Remove/ })
    .click()
  await expect(patches(page)).toHaveCount(0)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('the list is a sheet, and a typed value is one undo step', async ({ page }) => {
    await openSample(page, 'Rocket')
    await runButton(page).tap()
    await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
    await page.getByRole('button', { name: 'Apply output 1', exact: true }).tap()
    await page.getByRole('button', { name: 'Show the patches' }).tap()
    const item = patches(page)
    await expect(item).toHaveCount(1)
    await item.getByRole('button', { name: /^Fill/ }).tap()
    await item.getByRole('spinbutton', { name: 'Feather' }).fill('9')
    await item.getByRole('spinbutton', { name: 'Feather' }).blur()
    await expect(item.getByRole('slider', { name: 'Feather' })).toHaveValue('9')
    await page.getByRole('button', { name: 'Undo', exact: true }).tap()
    await expect(item.getByRole('slider', { name: 'Feather' })).toHaveValue('0')
  })
})
