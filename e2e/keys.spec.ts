import { chooseBackend, drag, expect, paintSomething, test, zoomOf } from './fixtures'

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
  await expect(clear).toBeDisabled()
  await page.keyboard.press('Control+z')
  await expect(clear).toBeEnabled()
  await expect(undo).toBeEnabled()

  const fitted = await zoomOf(page)
  await page.keyboard.press('Control+1')
  expect(await zoomOf(page)).toBe(1)
  await page.keyboard.press('Control+Equal')
  expect(await zoomOf(page)).toBeGreaterThan(1)
  await page.keyboard.press('Control+Minus')
  await page.keyboard.press('Control+Minus')
  expect(await zoomOf(page)).toBeLessThan(1)
  await page.keyboard.press('f')
  expect(await zoomOf(page)).toBe(fitted)
  await page.keyboard.press('1')
  await page.keyboard.press('Control+0')
  expect(await zoomOf(page)).toBe(fitted)

  const saved = page.waitForEvent('download')
  await page.keyboard.press('Control+s')
  expect((await saved).suggestedFilename()).toMatch(/^photo.*\.png$/)
  const chosen = page.waitForEvent('filechooser')
  await page.keyboard.press('Control+o')
  await chosen
  await page.keyboard.press('Control+c')
  await expect(page.getByText('copied', { exact: false })).toBeVisible()
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
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('a boat')
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
