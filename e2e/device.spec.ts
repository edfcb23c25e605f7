import { readFileSync } from 'node:fs'
import { decode } from 'fast-png'
import { expect, openSample, restingShot, runButton, test } from './fixtures'

test('a sample and a double click on Run: one run, real outputs beside the original, without key and network', async ({
  page,
}) => {
  await openSample(page, 'Rocket')
  await expect(page.getByRole('form', { name: 'Prediction' })).toContainText('Prompts need a model')
  await runButton(page).dblclick()
  await expect(page.getByRole('figure', { name: 'Original' })).toBeVisible()
  const output = page.getByRole('figure', { name: 'Output 1' })
  await expect(output).toContainText(/seed \d+/)
  await expect(output).toContainText(/\d s/)
  const cards = page.getByRole('list', { name: 'Runs' }).getByRole('button')
  await expect(cards).toHaveCount(1)
  await expect(cards).toContainText('Done')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Undo' })).toBeEnabled()
})

test('four outputs stand side by side; the same seed makes the same bytes, nothing outside the mask changes', async ({
  page,
}) => {
  await openSample(page, 'Cat')
  await page.getByRole('spinbutton', { name: 'Outputs' }).fill('4')
  await page.getByRole('spinbutton', { name: 'Seed' }).fill('7')
  const outputBytes = async (name: string) => {
    const downloading = page.waitForEvent('download')
    await page.getByRole('figure', { name }).locator('figcaption').click()
    await page.getByRole('figure', { name }).getByRole('button', { name: 'Download' }).click()
    const download = await downloading
    return { file: download.suggestedFilename(), png: decode(readFileSync(await download.path())) }
  }
  await runButton(page).click()
  await expect(page.getByRole('figure', { name: 'Output 4' })).toBeVisible()
  await expect(page.getByRole('figure')).toHaveCount(5)
  const first = await outputBytes('Output 2')
  expect(first.file).toBe('chelsea-output-2-seed-8.png')
  expect([first.png.width, first.png.height]).toEqual([451, 300])
  await page.keyboard.press('Escape')

  await runButton(page).click()
  await expect(page.getByRole('list', { name: 'Runs' }).getByRole('button', { name: /Done/ })).toHaveCount(2)
  await expect(page.getByRole('figure', { name: 'Output 2' })).toBeVisible()
  const second = await outputBytes('Output 2')
  expect(Buffer.compare(Buffer.from(second.png.data.buffer), Buffer.from(first.png.data.buffer))).toBe(0)

  const third = await outputBytes('Output 3')
  const changed = third.png.data.filter((byte, i) => byte !== first.png.data[i]).length
  expect(changed).toBeGreaterThan(500)
  // The corner far from the mask is the original in every output.
  const corner = (png: typeof first.png) => Array.from(png.data.slice(-300))
  expect(corner(third.png)).toEqual(corner(first.png))
})

test('a cancel on this device ends all of its fills; with everything masked there is nothing to copy from', async ({
  page,
}) => {
  await openSample(page, 'Coffee')
  await page.getByRole('button', { name: 'Invert mask' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  // A large hole, so that there is time to cancel.
  await page.getByRole('spinbutton', { name: 'Brush size' }).fill('330')
  await page.getByRole('region', { name: 'Canvas' }).click()
  await page.getByRole('spinbutton', { name: 'Outputs' }).fill('4')
  await page.getByRole('combobox', { name: 'Fill quality' }).selectOption('Best')
  await runButton(page).click()
  await expect(page.getByRole('progressbar', { name: 'Prediction progress' })).toBeVisible()
  await expect(page.getByRole('status', { name: 'Prediction status' })).toContainText('Running')
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await expect(page.getByRole('status', { name: 'Prediction status' })).toHaveText('Cancelled')
  await expect(runButton(page)).toBeEnabled()
  await expect(page.getByRole('figure', { name: 'Output 4' })).toHaveCount(0)

  await page.getByRole('button', { name: 'Clear mask' }).click()
  await page.getByRole('button', { name: 'Invert mask' }).click()
  await runButton(page).click()
  await expect(page.getByRole('alert')).toContainText('Leave some of the picture unmasked')
  await expect(runButton(page)).toBeEnabled()
})

test('Apply goes on from the output with an empty mask, or with the mask kept', async ({ page }) => {
  await openSample(page, 'Cat')
  await runButton(page).click()
  await page.getByRole('button', { name: 'Apply and keep the mask of output 1' }).click()
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
  await expect(page.getByText('chelsea-edited.png')).toBeVisible()
  await expect(runButton(page)).toBeEnabled()
  // One undo brings the picture before back.
  const applied = page.getByRole('status').filter({ hasText: 'Applied.' })
  await applied.getByRole('button', { name: 'Undo Apply' }).click()
  await expect(applied).toHaveCount(0)
  await expect(page.getByText('chelsea.jpg')).toBeVisible()
  await page.getByRole('list', { name: 'Runs' }).getByRole('button').first().click()
  await page.getByRole('button', { name: 'Apply output 1', exact: true }).click()
  await expect(page.getByText('chelsea-edited.png')).toBeVisible()
  await expect(page.getByRole('status', { name: 'Prediction status' })).toHaveText(
    'Paint over what should change.',
  )
})

test('the other ways to look: slider, flash, difference', async ({ page }) => {
  await openSample(page, 'Rocket')
  await page.getByRole('spinbutton', { name: 'Outputs' }).fill('2')
  await runButton(page).click()
  await expect(page.getByRole('figure', { name: 'Output 2' })).toBeVisible()
  const ways = page.getByRole('radiogroup', { name: 'Compare' })
  await expect(ways.getByRole('radio', { name: 'Side by side' })).toBeChecked()

  const shot = async (name: string) => {
    const box = (await page.getByRole('figure', { name }).locator('[data-pane]').boundingBox())!
    return page.screenshot({
      clip: { x: box.x + box.width / 2 - 40, y: box.y + box.height / 2 - 40, width: 80, height: 80 },
    })
  }
  await ways.getByRole('radio', { name: 'Difference' }).check()
  await expect(page.getByText(/^\d+\+ levels$/)).toBeVisible()
  await expect
    .poll(async () => {
      const { data } = decode(await shot('Output 1'))
      return data.filter((value, i) => i % 3 === 0 && value > 200).length
    })
    .toBeGreaterThan(100)

  // The best one is selected at first.
  await page.getByRole('figure', { name: 'Output 1' }).locator('[data-pane]').click()
  await ways.getByRole('radio', { name: 'Flash' }).check()
  await expect(page.getByRole('figure')).toHaveCount(1)
  const output = await restingShot(() => shot('Output 1'))
  await page.keyboard.down('Backslash')
  await expect.poll(async () => Buffer.compare(await shot('Output 1'), output)).not.toBe(0)
  const original = await restingShot(() => shot('Output 1'))
  await page.keyboard.up('Backslash')
  await expect.poll(async () => Buffer.compare(await shot('Output 1'), output)).toBe(0)

  await ways.getByRole('radio', { name: 'Slider' }).check()
  const wipe = page.getByRole('slider', { name: 'Slider' })
  // The pane is a little lower with the slider in it: nearly the same picture, told from the other one by far.
  const apart = (one: Buffer, two: Buffer) => {
    const [a, b] = [Array.from(decode(one).data), Array.from(decode(two).data)]
    return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0)
  }
  const nearer = async () => {
    const now = await shot('Output 1')
    return apart(now, output) < apart(now, original) ? 'output' : 'original'
  }
  await wipe.fill('0')
  await expect.poll(nearer).toBe('output')
  await wipe.fill('100')
  await expect.poll(nearer).toBe('original')
  await page.getByRole('button', { name: 'Next output' }).click()
  await expect(page.getByRole('figure', { name: 'Output 2' })).toBeVisible()
})

test('without any network, run after run works on this device', async ({ page, context, clean }) => {
  clean.allow(/ERR_INTERNET_DISCONNECTED|Failed to load|fetching the script/)
  await openSample(page, 'Cat')
  await context.setOffline(true)
  const cards = page.getByRole('list', { name: 'Runs' }).getByRole('button', { name: /Done/ })
  for (let runs = 1; runs <= 3; runs++) {
    await runButton(page).click()
    await expect(cards).toHaveCount(runs)
  }
  await expect(page.getByRole('figure', { name: 'Output 1' })).toContainText('seed')
})
