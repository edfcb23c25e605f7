import { expect, test } from './fixtures'

/** Two inputs in a grid of runs, by keyboard alone. */

test('a grid has its axes labelled, and one cell that failed is repeated alone', async ({
  clean,
  page,
  ready,
  server,
}) => {
  clean.allow(/status of 422/)
  const api = server.mount({
    sync: true,
    onCreate(call, number) {
      if (number === 2) call.json(422, { detail: 'no such value' })
      return number === 2
    },
  })
  await ready({ on: api })
  const { keyboard } = page
  await page.getByRole('button', { name: 'Sweep two inputs…' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Sweep' })
  await dialog.getByRole('textbox', { name: 'Values, separated by commas' }).fill('10, 20')
  await keyboard.press('Tab')
  await keyboard.type('Guidance')
  await keyboard.press('Tab')
  await keyboard.type('3, 99')
  // How many runs it would be is not known.
  await expect(dialog.getByText('Not allowed: 99')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Start runs' })).toBeDisabled()
  await keyboard.press('Backspace')
  await dialog.getByRole('button', { name: 'Start 4 runs' }).press('Enter')

  const again = dialog.getByRole('button', { name: 'Run again: 10 · 9' })
  await expect(dialog.getByRole('button', { name: /^Compare: / })).toHaveCount(3)
  const head = dialog.getByRole('table', { name: 'Results' }).getByRole('columnheader')
  await expect(head).toHaveText(['Guidance scale', 'Steps', '10', '20'])
  await again.press('Enter')
  await expect(dialog.getByRole('button', { name: /^Compare: / })).toHaveCount(4)
  const sent = api.creates().map(({ body }) => (body as { input: Record<string, unknown> }).input)
  expect(sent.map((input) => [input['num_inference_steps'], input['guidance_scale']])).toEqual([
    [10, 3],
    [20, 3],
    [10, 9],
    [20, 9],
    [10, 9],
  ])
})
