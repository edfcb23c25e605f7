import { expect, runButton, test } from './fixtures'

test('History finds a run by its prompt, deletes and brings back by keyboard, and opens it with all that belongs to it', async ({
  page,
  server,
  ready,
}) => {
  const api = server.mount()
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
  await page.reload()
  await page.getByRole('radio', { name: 'History', exact: true }).check()
  await page.getByRole('button', { name: 'Starred only' }).click()
  await expect(rows).toHaveCount(1)
  await rows.getByRole('button', { name: /^a red door/ }).press('Enter')
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
  await expect(prompt).toHaveValue('a red door')
  await expect(page.getByText('photo.png', { exact: true })).toBeVisible()
})
