import {
  chooseBackend,
  expect,
  openPicture,
  openSample,
  paintSomething,
  picture,
  runButton,
  test,
} from './fixtures'

// The page is in English; the reader's system tells the time with 24 hours.
test.use({ locale: 'de-DE' })

test('a card says what its run was; a look at it leaves all as it is; Restore brings it back, Undo returns', async ({
  page,
  server,
  ready,
}) => {
  await ready({ on: server.mount({ sync: true }), prompt: 'a red door' })
  await runButton(page).click()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  await openPicture(page, picture(300, 200), 'other.png')
  await paintSomething(page)
  const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true })
  await prompt.fill('typed since')

  const card = page.getByRole('list', { name: 'Runs' }).getByRole('button')
  await expect(card).toHaveText(/^a red door Stable Diffusion inpainting 1 output · [\d.]+ s Done \d\d:\d\d$/)
  await card.click()
  const about = page.getByRole('region', { name: 'About this run' })
  await expect(about).toContainText('Picture: photo.png')
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  await expect(prompt).toHaveValue('typed since')
  await expect(page.getByText('other.png', { exact: true })).toBeVisible()

  await about.getByRole('button', { name: 'Restore' }).click()
  await expect(prompt).toHaveValue('a red door')
  await expect(page.getByText('photo.png', { exact: true })).toBeVisible()
  await expect(runButton(page)).toBeEnabled()
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click()
  await expect(prompt).toHaveValue('typed since')
  await expect(page.getByText('other.png', { exact: true })).toBeVisible()
  await expect(runButton(page)).toBeEnabled()
})

test('an own picture starts without a prompt: Run asks once, and sends the model’s example only if it is taken', async ({
  page,
  server,
}) => {
  const api = server.mount({ sync: true })
  await openSample(page, 'Rocket')
  await chooseBackend(page, api.base)
  const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true })
  await expect(prompt).toHaveValue(/launch pad/)
  await openPicture(page, picture(300, 200))
  await paintSomething(page)
  await expect(prompt).toHaveValue('')
  await runButton(page).click()
  await expect(page.getByRole('status', { name: 'Prediction status' })).toContainText('The prompt is empty')
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('The prompt is empty')
  expect(api.creates()).toHaveLength(0)
  await page.getByRole('button', { name: 'Use the model’s example' }).click()
  await expect(prompt).toHaveValue('a vision of paradise. unreal engine')
  // What was typed is back after a reset that was not meant.
  await page.getByRole('button', { name: 'Reset to defaults' }).click()
  await expect(prompt).toHaveValue('')
  await page.getByRole('button', { name: 'Undo reset' }).click()
  await expect(prompt).toHaveValue(/paradise/)
  await prompt.fill('')
  // Soon after the first press it would be taken for a double click.
  const status = page.getByRole('status', { name: 'Prediction status' })
  await expect(async () => {
    if (!(await status.textContent())?.includes('The prompt is empty')) return
    await page.getByRole('button', { name: 'Run without a prompt' }).click({ timeout: 1000 })
    await expect(status).not.toContainText('The prompt is empty', { timeout: 200 })
  }).toPass()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  expect(api.creates().map(({ body }) => (body as { input: { prompt: string } }).input.prompt)).toEqual([''])
})
