import type { Page } from '@playwright/test'
import { expect, openSample, runButton, test } from './fixtures'

/** Controls that are on the screen but lie under a message. */
function coveredControls(page: Page): Promise<string[]> {
  return page.locator('button, input, select, textarea, [role=menuitem], dialog h2').evaluateAll((controls) =>
    controls
      .filter((control) => {
        const { x, y, width, height } = control.getBoundingClientRect()
        if (width === 0 || control.closest('[data-stays], [inert]')) return false
        const points = [0.05, 0.5, 0.95].map((part) =>
          document.elementFromPoint(x + width * part, y + height / 2),
        )
        return points.some((top) => top?.closest('[data-stays]'))
      })
      .map((control) => control.getAttribute('aria-label') ?? control.textContent ?? control.tagName),
  )
}

for (const [width, height] of [
  [390, 844],
  [844, 390],
] as const) {
  test(`at ${width} x ${height} no control lies under a message; "Applied" goes with its view`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height })
    await openSample(page, 'Coffee')
    await runButton(page).click()
    const messages = page.getByRole('region', { name: 'Messages' })
    const apply = page.getByRole('button', { name: 'Apply output 1', exact: true })
    await apply.click()
    await expect(messages.getByText('Applied.')).toBeVisible()
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await expect(page.getByRole('menuitem', { name: 'PNG' })).toBeVisible()
    await expect.poll(() => coveredControls(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('radio', { name: 'Compare' }).click()
    await expect(apply).toBeVisible()
    await expect(messages.getByText('Applied.')).toHaveCount(0)
    // An error stays.
    const note = { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') }
    await page.locator('input[type=file]').first().setInputFiles(note)
    await expect(messages.getByRole('alert')).toBeVisible()
    for (const view of ['Compare', 'History', 'Edit']) {
      await page.getByRole('radio', { name: view }).click()
      await expect(page.getByRole('radio', { name: view })).toBeChecked()
      await expect.poll(() => coveredControls(page), view).toEqual([])
    }
    for (const sheet of ['Show settings', 'Show runs', 'More']) {
      await page.getByRole('button', { name: sheet, exact: true }).click()
      await expect(page.locator('[data-sheet]')).toBeVisible()
      await expect(messages.getByRole('alert')).toBeVisible()
      await expect.poll(() => coveredControls(page), sheet).toEqual([])
      await page.locator('[data-sheet]').getByRole('button', { name: 'Close' }).click()
    }
  })
}

test('a dialog leaves room for messages: neither its title nor a button lies under one', async ({ page }) => {
  await openSample(page, 'Coffee')
  const note = { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') }
  await page.locator('input[type=file]').first().setInputFiles(note)
  const messages = page.getByRole('region', { name: 'Messages' })
  await expect(messages.getByRole('alert')).toBeVisible()
  await page.keyboard.press('?')
  const title = page.getByRole('dialog').getByRole('heading', { level: 2 })
  for (const [width, height] of [
    [1440, 900],
    [1366, 768],
    [1024, 768],
    [844, 390],
    [667, 375],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height })
    await expect.poll(() => coveredControls(page), `${width} x ${height}`).toEqual([])
    await expect(title).toBeInViewport({ ratio: 1 })
    await expect(messages.getByRole('alert')).toBeInViewport({ ratio: 1 })
  }
})
