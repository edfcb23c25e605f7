import {
  expect,
  exportedMask,
  openPicture,
  paintSomething,
  picture,
  runButton,
  test,
  waitUntilStored,
} from './fixtures'

test('a reload brings picture, mask and form back, undone strokes stay undone', async ({ page }) => {
  await page.goto('/')
  await openPicture(page, picture(640, 480), 'mine.png')
  await paintSomething(page)
  await page.keyboard.press('e')
  await page.getByRole('spinbutton', { name: 'Brush size' }).fill('20')
  await paintSomething(page)
  await page.keyboard.press('i')
  await page.keyboard.press('Control+z')
  const mask = await exportedMask(page)
  await waitUntilStored(page)
  await page.reload()
  await expect(page.getByText('mine.png')).toBeVisible()
  expect(Buffer.compare((await exportedMask(page)).data, mask.data)).toBe(0)
  // What is painted after the reload is kept as well.
  await page.keyboard.press('b')
  await paintSomething(page)
  const later = await exportedMask(page)
  await waitUntilStored(page)
  await page.reload()
  await expect(page.getByText('mine.png')).toBeVisible()
  expect(Buffer.compare((await exportedMask(page)).data, later.data)).toBe(0)
})

test('a reload while the request is out: it is never sent again by itself, and the page says so', async ({
  page,
  server,
  clean,
  ready,
}) => {
  clean.allow(/ERR_|Failed to load/)
  // Without a list the page need not look for it there three times first.
  const api = server.mount({ onCreate: () => true, list: false })
  await ready({ on: api })
  await runButton(page).click()
  await expect.poll(() => api.creates().length).toBe(1)
  await page.reload()
  const card = page.getByRole('list', { name: 'Runs' }).getByRole('button', { name: /Failed/ })
  await card.click()
  await expect(page.getByRole('region', { name: 'About this run' })).toContainText('may have started')
  await expect(runButton(page)).toBeEnabled()
  expect(api.creates()).toHaveLength(1)
})

test('runs are still there after a reload, with their outputs, mask and settings', async ({
  page,
  server,
  ready,
}) => {
  const api = server.mount()
  await ready({ on: api, prompt: 'remembered' })
  await runButton(page).click()
  await expect(page.getByRole('list', { name: 'Runs' }).getByRole('button', { name: /Done/ })).toBeVisible()
  await page.reload()
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('something else')
  // Compare leads to the newest of them.
  await page.getByRole('radio', { name: 'Compare', exact: true }).click()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toContainText('seed 4242')
  // A reload before its end is on disk lets the run go on, which is looked at by its card.
  await page.getByRole('list', { name: 'Runs' }).getByRole('button', { name: /Done/ }).click()
  await page.getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue('remembered')
  expect(api.creates()).toHaveLength(1)
})

test('without IndexedDB the page says so and works on', async ({ page }) => {
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException('denied', 'SecurityError')
    }
  })
  await page.goto('/')
  await openPicture(page, picture(600, 400))
  await expect(page.getByText('cannot store your work')).toBeVisible()
  await paintSomething(page)
  await runButton(page).click()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
})
