import type { Route } from '@playwright/test'
import { expect, openSample, paintSomething, runButton, test } from './fixtures'

test.describe('the page comes in parts', () => {
  test('a part that does not arrive says so, and comes with "Try again"', async ({ page, clean }) => {
    clean.allow(/ERR_FAILED|dynamically imported module|part of the page/)
    await page.route(/\/assets\/canvas-/, (route) => route.abort())
    await page.goto('/')
    await page.locator('[data-sample]').first().click()
    const alert = page.getByRole('alert').filter({ hasText: 'A part of the page could not be loaded' })
    await expect(alert).toBeVisible()
    await expect(runButton(page)).toBeVisible()
    const again = alert.getByRole('button', { name: 'Try again' })
    await again.click()
    await expect(again).toBeEnabled()
    await page.unroute(/\/assets\/canvas-/)
    await again.click()
    await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
    await expect(alert).toHaveCount(0)
  })

  test('a language that does not arrive says so on a page that has none yet', async ({ page, clean }) => {
    clean.allow(/ERR_FAILED/)
    await page.route(/\/assets\/startMessages\./, (route) => route.abort())
    await page.goto('/')
    const retry = page.getByRole('button', { name: /Try again/ })
    await expect(retry).toBeVisible()
    await page.unroute(/\/assets\/startMessages\./)
    await retry.click()
    await expect(page.getByRole('group', { name: 'Samples' })).toBeVisible()
    await expect(retry).toHaveCount(0)
  })

  test('the texts behind the start page may fail as well: it stays in use, and asks to try again', async ({
    page,
    clean,
  }) => {
    clean.allow(/ERR_FAILED/)
    await page.route(/\/assets\/messages\./, (route) => route.abort())
    await page.goto('/')
    const alert = page.getByRole('alert').filter({ hasText: 'A part of the page could not be loaded' })
    await expect(alert).toBeVisible()
    await expect(page.getByRole('button', { name: 'Open image' })).toBeVisible()
    await page.unroute(/\/assets\/messages\./)
    await alert.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByRole('radio', { name: 'Brush' })).toBeVisible()
    await expect(alert).toHaveCount(0)
  })

  test('the start page asks for no canvas before it is idle, and all parts are there before they are needed; samples are fetched once', async ({
    page,
    context,
    clean,
  }) => {
    clean.allow(/ERR_INTERNET_DISCONNECTED|Failed to load|fetching the script/)
    // Idle never comes: only what the start page itself needs is fetched.
    await page.addInitScript(() => {
      Object.assign(globalThis, { requestIdleCallback: () => 0 })
    })
    const scripts: string[] = []
    const samples: string[] = []
    page.on('request', (request) => {
      const name = /\/assets\/([\w.]+)-[^/]+\.js$/.exec(request.url())?.[1]
      if (name) scripts.push(name)
      if (request.url().includes('/samples/')) samples.push(request.url())
    })
    await page.goto('/')
    await expect(page.getByRole('form', { name: 'Prediction' })).toBeVisible()
    await expect(page.getByRole('radio', { name: 'Brush' })).toBeVisible()
    for (const part of ['konva', 'canvas', 'parts', 'messages.zh']) {
      expect(scripts).not.toContain(part)
    }
    await page.locator('[data-sample]').first().click()
    await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
    await expect.poll(() => scripts).toEqual(expect.arrayContaining(['canvas', 'parts']))
    await page.waitForLoadState('networkidle')
    await context.setOffline(true)
    await paintSomething(page)
    await runButton(page).click()
    await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
    // Three small pictures to choose from, and the chosen one.
    expect(samples).toHaveLength(4)
    expect(new Set(samples).size).toBe(4)
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  })

  test('a key that is pressed before the commands are there counts once they are', async ({ page }) => {
    const held: Route[] = []
    await page.route(/\/assets\/waiting-/, (route) => void held.push(route))
    // The page is not loaded as long as a file is held.
    await page.goto('/', { waitUntil: 'commit' })
    await page.locator('[data-sample]').first().click()
    await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
    await page.keyboard.press('q')
    const smart = page.getByRole('radio', { name: 'Smart select' })
    await expect(smart).not.toBeChecked()
    await Promise.all(held.map((route) => route.continue()))
    await expect(smart).toBeChecked()
  })

  test('Export is off until its menu is there: no press is lost', async ({ page }) => {
    const held: Route[] = []
    await page.route(/\/assets\/parts-/, (route) => void held.push(route))
    await page.goto('/', { waitUntil: 'commit' })
    await page.locator('[data-sample]').first().click()
    const button = page.getByRole('button', { name: 'Export', exact: true })
    await expect(page.getByText('rocket.jpg')).toBeVisible()
    await expect(button).toBeDisabled()
    await Promise.all(held.map((route) => route.continue()))
    await button.click()
    await expect(page.getByRole('menuitem', { name: 'PNG' })).toBeVisible()
  })

  test('a worker that does not arrive is said to be missing, never the picture damaged; Reload keeps the work', async ({
    page,
    clean,
  }) => {
    clean.allow(/ERR_FAILED/)
    const alert = page.getByRole('alert').filter({ hasText: 'A part of this page could not be loaded' })
    const reload = async (worker: RegExp) => {
      await expect(alert).toBeVisible()
      await expect(page.getByText('damaged')).toHaveCount(0)
      await page.unroute(worker)
      await alert.getByRole('button', { name: 'Reload' }).click()
      await expect(alert).toHaveCount(0)
    }
    await page.route(/codec\.worker/, (route) => route.abort())
    await page.goto('/')
    await page.locator('[data-sample]').first().click()
    await reload(/codec\.worker/)
    await page.route(/mask\.worker/, (route) => route.abort())
    await openSample(page, 'Rocket')
    await page.getByRole('button', { name: 'Refine mask' }).click()
    await page.getByRole('button', { name: 'Grow mask' }).click()
    await page.keyboard.press('Escape')
    await reload(/mask\.worker/)
    await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
    await expect(runButton(page)).toBeEnabled()
  })
})
