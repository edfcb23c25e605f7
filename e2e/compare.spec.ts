import { decode } from 'fast-png'
import type { Page } from '@playwright/test'
import { drag, expect, openSample, restingBox, restingShot, runButton, test } from './fixtures'

const pane = (page: Page, name: string) => page.getByRole('figure', { name }).locator('[data-pane]')

/** How wide the picture is drawn in a pane at Fit, CSS px. */
async function pictureWidth(page: Page, name: string, aspect: number): Promise<number> {
  const { width, height } = (await pane(page, name).boundingBox())!
  return Math.min(width, height * aspect) - 8
}

/** The red of the pane's pixel at a part of its width and near half its height, once it is drawn. */
async function redAt(page: Page, name: string, part: number): Promise<number> {
  const box = await restingBox(pane(page, name))
  const x = Math.floor(box.x + box.width * part)
  const clip = { x, y: Math.floor(box.y + box.height * 0.4), width: 1, height: 1 }
  return decode(await restingShot(() => page.screenshot({ clip }))).data[0]!
}

test('eight outputs are compared at a useful size, selected by a click, applied by one primary button', async ({
  page,
  server,
  ready,
}) => {
  const { base } = server.mount({
    output: ([url]) => Array.from({ length: 8 }, () => url),
  })
  await ready({ on: { base } })
  await runButton(page).click()
  await expect(page.getByRole('figure', { name: 'Output 8' })).toBeVisible()
  for (const [width, height, least] of [
    [1440, 900, 250],
    [1024, 768, 180],
  ] as const) {
    await page.setViewportSize({ width, height })
    await expect
      .poll(async () => Math.round(await pictureWidth(page, 'Output 8', 600 / 400)))
      .toBeGreaterThanOrEqual(least)
    await expect(page.getByRole('figure')).toHaveCount(9)
  }
  await pane(page, 'Output 3').click()
  await expect(page.getByRole('figure', { name: 'Output 3' })).toHaveAttribute('aria-current', 'true')
  await expect(page.getByRole('button', { name: /^Apply output/ })).toHaveCount(1)
  await expect(page.getByRole('button', { name: 'Apply output 3' })).toBeVisible()

  // The pointer is shown at its place in every other picture.
  await expect(page.locator('[data-cursor]:visible')).toHaveCount(8)

  // In every window each button is whole: the actions stand beside the steps, or below.
  for (const width of [1024, 1100, 1300, 1366, 1440, 1560, 1920]) {
    await page.setViewportSize({ width, height: 800 })
    const hidden = () =>
      page.locator('[data-view=compare] button:visible').evaluateAll((buttons) =>
        buttons
          .filter((button) => {
            const { x, y, width: w, height } = button.getBoundingClientRect()
            const at = [0.1, 0.9].map((part) => document.elementFromPoint(x + part * w, y + height / 2))
            return w > 0 && at.some((top) => !button.contains(top) && !top?.contains(button))
          })
          .map((button) => button.getAttribute('aria-label')),
      )
    await expect.poll(hidden, String(width)).toEqual([])
  }
  // Shuffled and nameless, until one is chosen.
  const names = Array.from({ length: 8 }, (_, i) => `Output ${'ABCDEFGH'[i]}`)
  await page.getByRole('button', { name: 'Blind pick' }).click()
  for (const name of names) await expect(page.getByRole('figure', { name })).toBeVisible()
  await expect(page.getByRole('button', { name: /^(Apply|Download)/ })).toHaveCount(0)
  await pane(page, 'Output C').click()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('figure', { name: /^Output \d$/ })).toHaveCount(8)
  await expect(page.getByRole('button', { name: /^Apply output/ })).toBeVisible()
})

test('the slider: its line is dragged by mouse and moved by the arrow keys', async ({ page }) => {
  await openSample(page, 'Rocket')
  await runButton(page).click()
  await page.getByRole('radiogroup', { name: 'Compare' }).getByRole('radio', { name: 'Slider' }).check()
  const slider = page.getByRole('slider', { name: 'Slider' })
  await expect(slider).toBeVisible()
  const box = await restingBox(pane(page, 'Output 1'))
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  // The rocket stands in the middle: it is seen of the original only.
  const covered = await redAt(page, 'Output 1', 0.5)
  await drag(page, middle, { x: box.x + box.width * 0.25, y: middle.y })
  await expect.poll(async () => Number(await slider.inputValue())).toBeCloseTo(25, 0)
  expect(Math.abs((await redAt(page, 'Output 1', 0.5)) - covered)).toBeGreaterThan(20)
  const before = Number(await slider.inputValue())
  await slider.press('ArrowRight')
  expect(Number(await slider.inputValue())).toBeGreaterThan(before)
  await expect(page.getByText('Original', { exact: true })).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('a swipe steps through the outputs and moves no picture; Apply, Fit and the steps are in sight', async ({
    page,
  }) => {
    await openSample(page, 'Rocket')
    await page.getByRole('button', { name: 'Show settings' }).click()
    await page.getByRole('spinbutton', { name: 'Outputs' }).fill('2')
    await page.getByRole('button', { name: 'Hide settings' }).click()
    await runButton(page).click()
    const place = page.getByRole('group', { name: 'Output', exact: true }).getByText(/^\d of 2$/)
    await expect(place).toBeVisible()
    // The best one is selected where both came before they were shown.
    if ((await place.textContent()) === '2 of 2')
      await page.getByRole('button', { name: 'Previous output' }).click()
    await expect(pane(page, 'Output 1')).toBeVisible()
    const box = await restingBox(pane(page, 'Output 1'))
    const cdp = await page.context().newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...xs: number[]) =>
      cdp.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: xs.map((x, id) => ({ x, y: box.y + box.height / 2, id })),
      })
    await touch('touchStart', 300)
    for (const x of [250, 180, 100]) await touch('touchMove', x)
    await touch('touchEnd')
    await expect(pane(page, 'Output 2')).toBeVisible()
    // It opened on what has changed; Fit shows all.
    await expect(page.getByRole('button', { name: 'Fit' })).toHaveAttribute('aria-pressed', 'false')
    await page.getByRole('button', { name: 'Fit' }).click()
    await expect(page.getByRole('button', { name: 'Fit' })).toHaveAttribute('aria-pressed', 'true')
    await expect(page.getByRole('button', { name: 'Apply output 2' })).toBeInViewport()

    // Two fingers zoom, then one pans; Fit brings all of the picture back.
    await touch('touchStart', 180)
    await touch('touchStart', 180, 210)
    for (const by of [20, 50, 80]) await touch('touchMove', 180 - by, 210 + by)
    await touch('touchEnd')
    await expect(page.getByRole('button', { name: 'Fit' })).toHaveAttribute('aria-pressed', 'false')
    await touch('touchStart', 300)
    for (const x of [200, 100]) await touch('touchMove', x)
    await touch('touchEnd')
    await expect(pane(page, 'Output 2')).toBeVisible()
    await page.getByRole('button', { name: 'Fit' }).click()
    await page.getByRole('button', { name: 'Previous output' }).click()
    await expect(page.getByRole('button', { name: 'Apply output 1' })).toBeInViewport()

    // The slider's line follows the finger.
    await page
      .getByRole('radiogroup', { name: 'Compare' })
      .getByRole('radio', { name: 'Slider' })
      .check({ force: true })
    const line = page.getByRole('slider', { name: 'Slider' })
    await expect(line).toHaveValue('50')
    const { x, width } = await restingBox(line)
    await touch('touchStart', x + width / 2)
    for (const share of [0.4, 0.3, 0.2]) await touch('touchMove', x + width * share)
    await touch('touchEnd')
    await expect.poll(async () => Math.abs(Number(await line.inputValue()) - 20)).toBeLessThan(5)
  })
})
