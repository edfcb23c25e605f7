import type { Locator } from '@playwright/test'
import { chooseBackend, drag, expect, openSample, paintSomething, runButton, test, zoomOf } from './fixtures'

test('the keys of an editor: export, open, clear, zoom, copy, prompt', async ({
  page,
  server,
  ready,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await ready({ paint: false })
  await paintSomething(page)
  const undo = page.getByRole('button', { name: 'Undo' })
  const clear = page.getByRole('button', { name: 'Clear mask' })
  await expect(clear).toBeEnabled()
  await page.keyboard.press('Control+d')
  // What was cleared can come back: with its key, or by Undo.
  await expect(page.getByRole('button', { name: 'Restore last mask' })).toBeEnabled()
  await page.keyboard.press('Control+Shift+d')
  await expect(clear).toBeEnabled()
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect(clear).toBeEnabled()
  await expect(undo).toBeEnabled()

  const zoom = () => zoomOf(page)
  const fitted = await zoom()
  await page.keyboard.press('Control+1')
  await expect.poll(zoom).toBe(1)
  await page.keyboard.press('Control+Equal')
  await expect.poll(zoom).toBeGreaterThan(1)
  await page.keyboard.press('Control+Minus')
  await page.keyboard.press('Control+Minus')
  await expect.poll(zoom).toBeLessThan(1)
  await page.keyboard.press('f')
  await expect.poll(zoom).toBe(fitted)
  await page.keyboard.press('1')
  await page.keyboard.press('Control+0')
  await expect.poll(zoom).toBe(fitted)
  // One control shows the zoom and has the rest in its menu.
  await page.getByRole('combobox', { name: 'Zoom menu' }).selectOption('200%')
  await expect.poll(zoom).toBe(2)
  await page.keyboard.press('f')
  await expect.poll(zoom).toBe(fitted)

  const saved = page.waitForEvent('download')
  await page.keyboard.press('Control+s')
  expect((await saved).suggestedFilename()).toMatch(/^photo.*\.png$/)
  const chosen = page.waitForEvent('filechooser')
  await page.keyboard.press('Control+o')
  await chosen
  await page.keyboard.press('Control+c')
  await expect(page.getByText('Picture copied.')).toBeVisible()
  const types = () =>
    page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => item.types))
  await expect.poll(types).toEqual(['image/png'])

  await chooseBackend(page, server.mount().base)
  await page.getByRole('button', { name: 'Hide settings' }).click()
  await page.keyboard.press('/')
  const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true })
  await expect(prompt).toBeFocused()
  // In a field the keys are the field's: the text is copied, not the picture.
  await prompt.fill('a boat')
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+c')
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('a boat')
})

test('a clicked tool, toggle or button leaves Space and the letters to the editor', async ({
  page,
  ready,
}) => {
  await ready({ paint: false })
  const canvas = (await page.getByRole('region', { name: 'Canvas' }).boundingBox())!
  const middle = { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height / 2 }
  const undo = page.getByRole('button', { name: 'Undo' })
  for (const control of [
    page.getByRole('radio', { name: 'Brush' }),
    page.getByRole('button', { name: 'Smooth edge' }),
    page.getByRole('button', { name: 'Actual size' }),
  ]) {
    await control.click()
    const pressed = await control.getAttribute('aria-pressed')
    await page.keyboard.down('Space')
    await drag(page, middle, { x: middle.x + 60, y: middle.y + 20 })
    await page.keyboard.up('Space')
    await expect(undo).toBeDisabled()
    expect(await control.getAttribute('aria-pressed')).toBe(pressed)
    await page.keyboard.press('r')
    await expect(page.getByRole('radio', { name: 'Rectangle' })).toBeChecked()
    await page.keyboard.press('b')
    await expect(page.getByRole('radio', { name: 'Brush' })).toBeChecked()
  }
  // A button that was reached by keyboard is pressed by it.
  const smooth = page.getByRole('button', { name: 'Smooth edge' })
  await page.getByRole('spinbutton', { name: 'Opacity' }).focus()
  await expect(smooth).toHaveAttribute('aria-pressed', 'false')
  for (let k = 0; k < 3 && !(await smooth.evaluate((one) => one.matches(':focus'))); k++) {
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Space')
  await expect(smooth).toHaveAttribute('aria-pressed', 'true')
})

test('the focus stays on the page, and goes to the output that a run from the keyboard brings', async ({
  page,
  server,
  ready,
}) => {
  await ready({ on: server.mount(), paint: false })
  const canvas = page.getByRole('region', { name: 'Canvas' })
  const live = page.getByRole('region', { name: 'Messages' })
  await canvas.focus()
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Enter')
  await page.keyboard.press('/')
  await page.keyboard.type('a boat')
  await page.keyboard.press('Control+Enter')
  const output = page.getByRole('figure', { name: 'Output 1' })
  await expect(output).toBeFocused()
  await expect(live).toContainText('Done. Outputs: 1.')
  await page.keyboard.press('Enter')
  await expect(canvas).toBeFocused()
  await expect(live).toContainText('Applied')

  // A message gives the focus back to what had it before, a dialog to what opened it.
  await page.getByRole('button', { name: 'Dismiss' }).first().click()
  await expect(canvas).toBeFocused()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(canvas).toBeFocused()
  const backend = page.getByRole('button', { name: 'Backend', exact: true })
  await backend.click()
  await page.getByRole('button', { name: 'Done', exact: true }).click()
  await expect(backend).toBeFocused()

  // What is disabled by its own press hands the focus to what stands beside it.
  const undo = page.getByRole('button', { name: 'Undo', exact: true }).first()
  await undo.focus()
  while (await undo.isEnabled()) await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Redo', exact: true })).toBeFocused()
})

test('who types on while a run is on keeps the focus; a click on Run leaves it in its bar', async ({
  page,
  server,
  ready,
}) => {
  await ready({ on: server.mount(), prompt: 'a boat' })
  const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true })
  await prompt.press('Control+Enter')
  await prompt.pressSequentially(' at sea')
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  await expect(prompt).toBeFocused()
  await page.getByRole('radiogroup', { name: 'View' }).getByRole('radio', { name: 'Edit' }).click()
  await runButton(page).click()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeFocused()
})

test('skip links lead to the canvas, the form and the outputs', async ({ page, ready }) => {
  await ready()
  const links = page.getByRole('navigation', { name: 'Skip links' })
  const skip = async (name: string) => {
    await links.getByRole('link', { name }).focus()
    await page.keyboard.press('Enter')
  }
  await page.getByRole('button', { name: 'Hide settings' }).click()
  await skip('Skip to the settings')
  await expect(page.getByRole('form', { name: 'Prediction' }).locator(':focus')).toHaveCount(1)
  await runButton(page).click()
  const output = page.getByRole('figure', { name: 'Output 1' })
  await expect(output).toBeVisible()
  await skip('Skip to the canvas')
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeFocused()
  await skip('Skip to the outputs')
  await expect(output).toBeFocused()
})

test('a message stands above a dialog, is spoken and can be dismissed; text can be dragged past its edge', async ({
  page,
  ready,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await ready()
  await page.getByRole('button', { name: 'Share' }).click()
  const dialog = page.getByRole('dialog', { name: 'Share this setup' })
  await dialog.getByRole('button', { name: 'Copy link' }).click()
  const toast = page.getByRole('region', { name: 'Messages' }).getByText('Link copied.')
  await expect(toast).toBeVisible()
  expect(await toast.evaluate((text) => text.closest('[inert]'))).toBeNull()
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect(toast).toHaveCount(0)
  await expect(dialog).toBeVisible()

  const field = (await dialog.getByRole('textbox', { name: 'Link' }).boundingBox())!
  const box = (await dialog.boundingBox())!
  const [y, beside] = [field.y + field.height / 2, box.x - 40]
  await drag(page, { x: field.x + 60, y }, { x: beside, y })
  await drag(page, { x: beside, y }, { x: field.x + 60, y })
  await expect(dialog).toBeVisible()
  await page.mouse.click(beside, y)
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('button', { name: 'Share' })).toBeFocused()
})

test.describe('in forced colours', () => {
  test.use({ contextOptions: { forcedColors: 'active' } })

  test('tool, view, toggles and mode are told apart', async ({ page, ready }) => {
    await ready()
    const back = (one: Locator) => one.evaluate((element) => getComputedStyle(element).backgroundColor)
    const differ = async (on: Locator, off: Locator) =>
      expect.poll(async () => (await back(on)) !== (await back(off))).toBe(true)
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    const tools = page.getByRole('radiogroup', { name: 'Tools' }).locator('label')
    await differ(tools.nth(0), tools.nth(1))
    await differ(button('Smooth edge'), button('Invert mask'))
    await differ(button('Fit'), button('Actual size'))
    await runButton(page).click()
    await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
    const views = page.getByRole('radiogroup', { name: 'View' }).locator('label')
    await differ(views.nth(1), views.nth(0))
    const modes = page.getByRole('radiogroup', { name: 'Compare' }).locator('label')
    await differ(modes.nth(0), modes.nth(1))
  })
})

test.describe('with text twice as large', () => {
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ]) {
    test(`each part is on the screen at ${width} x ${height}`, async ({ page }) => {
      await page.setViewportSize({ width, height })
      const cdp = await page.context().newCDPSession(page)
      await cdp.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } })
      await page.goto('/')
      await expect(page.getByRole('button', { name: 'Open image' }).last()).toBeInViewport({ ratio: 1 })
      await openSample(page, 'Rocket')
      const size = await page
        .getByText('Run', { exact: true })
        .evaluate((one) => getComputedStyle(one).fontSize)
      expect(Number.parseFloat(size)).toBe(28)
      for (const name of ['Export', 'Run']) {
        await expect(page.getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 })
      }
      for (const tool of await page.getByRole('radiogroup', { name: 'Tools' }).getByRole('radio').all()) {
        await tool.scrollIntoViewIfNeeded()
        await expect(tool).toBeInViewport({ ratio: 0.95 })
      }
      await runButton(page).click()
      await expect(page.getByRole('button', { name: 'Apply output 1', exact: true })).toBeInViewport({
        ratio: 1,
      })
    })
  }
})
