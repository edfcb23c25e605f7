import { expect, openPicture, picture, runButton, test } from './fixtures'

test('History finds a run by its prompt, deletes and brings back by keyboard, and opens it with all that belongs to it', async ({
  page,
  server,
  ready,
}) => {
  const api = server.mount({ sync: true })
  await ready({ on: api, prompt: 'a red door' })
  const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true })
  for (const text of ['a red door', '一只红色的猫']) {
    await prompt.fill(text)
    await runButton(page).click()
    await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
    await expect(runButton(page)).toBeEnabled()
  }
  await prompt.fill('typed since')
  await page.getByRole('radio', { name: 'History', exact: true }).check()
  const rows = page.getByRole('list', { name: 'All runs' }).getByRole('listitem')
  // A run whose results are still being stored is not deleted.
  await expect(rows.getByText('Done', { exact: true })).toHaveCount(2)

  await page.keyboard.press('/')
  await page.keyboard.type('红色')
  await expect(rows).toHaveCount(1)
  await page.getByRole('searchbox', { name: 'Search prompts' }).fill('')
  await expect(rows).toHaveCount(2)
  await rows
    .first()
    .getByRole('button', { name: /^一只红色的猫/ })
    .focus()
  await page.keyboard.press('ArrowDown')
  await expect(rows.nth(1).getByRole('button', { name: /^a red door/ })).toBeFocused()
  await page.keyboard.press('Shift+ArrowUp')
  await expect(page.getByText('Selected: 2')).toBeVisible()
  await page.keyboard.press('Delete')
  await expect(page.getByText(/Nothing here yet/)).toBeVisible()
  await page.getByRole('button', { name: 'Bring the deleted runs back' }).click()
  await expect(rows).toHaveCount(2)

  await rows.nth(1).getByRole('button', { name: 'Star “a red door”' }).click()
  // What is found is on disk.
  await page.getByRole('button', { name: 'Starred only' }).click()
  await expect(rows).toHaveCount(1)
  await page.reload()
  await page.getByRole('radio', { name: 'History', exact: true }).check()
  await page.getByRole('button', { name: 'Starred only' }).click()
  await expect(rows).toHaveCount(1)
  await rows.getByRole('button', { name: /^a red door/ }).press('Enter')
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
  await expect(prompt).toHaveValue('a red door')
  await expect(page.getByText('photo.png', { exact: true })).toBeVisible()
})

test('stored pictures say what they take; deleted by key or mouse they come back with one click, and open', async ({
  page,
  ready,
}) => {
  await ready()
  await openPicture(page, picture(320, 200), 'second.png')
  const pictures = page.getByRole('list', { name: 'All pictures' }).getByRole('listitem')
  const showPictures = async () => {
    await page.getByRole('radio', { name: 'History', exact: true }).check()
    await page.getByRole('radio', { name: 'Pictures' }).check()
    await expect(pictures).toHaveCount(2)
  }
  // What is listed is on disk.
  await showPictures()
  // From then on Undo leads to the first one no more.
  await page.reload()
  await expect(page.getByText('second.png', { exact: true })).toBeVisible()
  await showPictures()
  await expect(pictures.nth(0)).toContainText(/second\.png.*Open now/)
  await expect(pictures.nth(1)).toContainText(/photo\.png.*600 × 400.*kB/)
  await pictures
    .nth(1)
    .getByRole('button', { name: /^photo\.png/ })
    .focus()
  await page.keyboard.press('Delete')
  await expect(pictures).toHaveCount(1)
  await page.getByRole('button', { name: 'Bring the deleted pictures back' }).click()
  await pictures.nth(1).getByRole('button', { name: 'Delete “photo.png”' }).click()
  await expect(pictures).toHaveCount(1)
  await page.getByRole('button', { name: 'Bring the deleted pictures back' }).click()
  await pictures
    .nth(1)
    .getByRole('button', { name: /^photo\.png/ })
    .click()
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
  await expect(page.getByText('photo.png', { exact: true })).toBeVisible()
})
