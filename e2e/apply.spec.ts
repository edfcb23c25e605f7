import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { decode } from 'fast-png'
import { outputColor } from '../src/backends/replicate/fakeModel.testkit'
import { expect, exportedMask, paintSomething, picture, runButton, test, waitUntilStored } from './fixtures'

/** From an output to the picture: choosing, applying, exporting, undoing. */

async function exported(page: Page): Promise<{ name: string; at: (x: number, y: number) => number[] }> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('menuitem', { name: 'PNG' }).click()
  const download = await downloading
  const { width, channels, data } = decode(readFileSync(await download.path()))
  const at = (x: number, y: number) =>
    Array.from(data.slice((y * width + x) * channels, (y * width + x) * channels + 3))
  return { name: download.suggestedFilename(), at }
}

test('a clicked output is the selected one: Export writes it, Enter applies it, Undo is for what is shown', async ({
  page,
  server,
  ready,
}) => {
  await ready({ on: server.mount({ sync: true }) })
  await page.getByRole('spinbutton', { name: 'Outputs' }).fill('3')
  const undo = page.getByRole('button', { name: 'Undo', exact: true })
  await expect(undo).toBeEnabled()
  await runButton(page).click()
  const third = page.getByRole('figure', { name: 'Output 3' })
  await expect(third).toBeVisible()
  await expect(undo).toBeDisabled()
  const before = await exported(page)
  expect(before.name).toBe('photo-edited.png')
  expect(before.at(300, 200)).toEqual([...outputColor(0)])
  await third.locator('[data-pane]').click()
  await expect(third).toHaveAttribute('aria-current', 'true')
  expect((await exported(page)).at(300, 200)).toEqual([...outputColor(2)])
  // The mouse goes back to the picture: the menu has taken the focus.
  await third.getByRole('button', { name: 'Output 3', exact: true }).click()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Applied.' })).toBeVisible()
  await expect(undo).toBeEnabled()
  const after = await exported(page)
  expect(after.name).toBe('photo-edited.png')
  expect(after.at(300, 200)).toEqual([...outputColor(2)])
  const corner = decode(picture(600, 400)).data.slice(3 * (5 * 600 + 5), 3 * (5 * 600 + 5) + 3)
  expect(after.at(5, 5)).toEqual(Array.from(corner))
  // Undo and redo pass it both ways, and drop no stroke.
  const name = page.getByText(/^photo(-edited)?\.png$/)
  await paintSomething(page)
  const painted = (await exportedMask(page)).data
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect(name).toHaveText('photo.png')
  await page.keyboard.press('Control+y')
  await expect(name).toHaveText('photo-edited.png')
  await page.keyboard.press('Control+y')
  expect(Buffer.compare((await exportedMask(page)).data, painted)).toBe(0)
  await waitUntilStored(page)
  await page.reload()
  await expect(name).toHaveText('photo-edited.png')
  expect((await exported(page)).at(300, 200)).toEqual([...outputColor(2)])
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect(name).toHaveText('photo.png')
  expect((await exported(page)).name).toBe('photo.png')
  await page.keyboard.press('Control+Shift+z')
  await expect(name).toHaveText('photo-edited.png')
})

test('a run that ends while one paints says so, and Compare leads to it', async ({ page, server, ready }) => {
  let release = false
  const api = server.mount({
    onGet: (call) => (release ? false : (call.json(200, { id: 'x', status: 'processing' }), true)),
  })
  await ready({ on: api })
  await runButton(page).click()
  await expect.poll(() => api.looks().length).toBeGreaterThan(0)
  const box = (await page.getByRole('region', { name: 'Canvas' }).boundingBox())!
  await page.mouse.move(box.x + 200, box.y + 100)
  await page.mouse.down()
  await page.mouse.move(box.x + 260, box.y + 100, { steps: 3 })
  release = true
  const said = page.getByRole('status').filter({ hasText: 'The outputs are ready.' })
  await expect(said).toBeVisible()
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
  await page.mouse.up()
  await expect(page.getByRole('radio', { name: 'Compare', exact: true })).toBeEnabled()
  await said.getByRole('button', { name: 'Show the outputs' }).click()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
})
