import type { Page } from '@playwright/test'
import { expect, openSample, screenPoint, test, waitUntilStored } from './fixtures'

/** Masks that are set aside: each with a name, run one after another on the result of the last. */

const SIZE = { width: 640, height: 427 }

async function setAside(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Refine mask' }).click()
  const button = page.getByRole('button', { name: 'Set aside as region' })
  await button.click()
  await expect(button).toBeHidden()
}

test('two masks are set aside, named, and run in a row; after a reload the result can be taken back', async ({
  page,
}) => {
  await openSample(page, 'Rocket')
  await setAside(page)
  const list = page.getByRole('list', { name: 'Regions' }).getByRole('listitem')
  await expect(list).toHaveCount(1)
  await expect(page.getByText('Paint over what should change.')).toBeVisible()
  const from = await screenPoint(page, SIZE, { x: 60, y: 60 })
  const to = await screenPoint(page, SIZE, { x: 120, y: 70 })
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 4 })
  await page.mouse.up()
  await setAside(page)
  await expect(list).toHaveCount(2)
  await page.getByRole('textbox', { name: 'Name of Region 2' }).fill('tower')
  await page.getByRole('button', { name: 'Run all' }).click()
  await expect(page.getByText('tower is in the picture (2 of 2).')).toBeVisible({ timeout: 60_000 })
  await expect(list.getByText('Done')).toHaveCount(2)
  const patches = page.getByRole('list', { name: 'Patches' }).getByRole('listitem')
  await expect(patches).toHaveCount(2)
  await waitUntilStored(page)
  await page.reload()
  await expect(patches).toHaveCount(2)
  await expect(list.getByText('Done')).toHaveCount(2)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(patches).toHaveCount(1)
  await expect(page.getByRole('button', { name: 'Run the other one' })).toBeEnabled()
  // Its mask comes back to be painted on.
  await page.getByRole('button', { name: 'Edit mask of tower' }).click()
  await expect(page.getByText('Paint over what should change.')).toBeHidden()
  await page.getByRole('button', { name: 'Remove tower' }).click()
  await expect(list).toHaveCount(1)
})
