import type { Page } from '@playwright/test'
import { expect, runButton, test } from './fixtures'

/** Nothing is paid twice: what happens when the answer to create is lost. */

const outputs = (page: Page) => page.getByRole('figure', { name: /^Output \d/ })

test.beforeEach(({ clean }) => clean.allow(/Failed to load resource|ERR_/))

test('an answer that is lost: the run is found in the list and followed; one create', async ({
  page,
  server,
  ready,
}) => {
  const api = server.mount({ freshConnection: true, lost: { creates: [1], how: 'drop' } })
  await ready({ on: api, prompt: 'a lost one' })
  await runButton(page).click()
  await expect(page.getByText('It was found on the backend')).toBeVisible()
  await expect(outputs(page).first()).toBeVisible()
  expect(api.creates()).toHaveLength(1)
  expect(api.predictions.size).toBe(1)
})

test('without a list the page asks: looking again finds nothing, sending again is the user’s word', async ({
  page,
  server,
  ready,
}) => {
  const api = server.mount({ freshConnection: true, lost: { creates: [1], how: 'drop' }, list: false })
  await ready({ on: api, prompt: 'a lost one' })
  await runButton(page).click()
  await expect(page.getByRole('status', { name: 'Prediction status' })).toContainText('may have started')
  await expect(page.getByRole('button', { name: 'Cancel', exact: true })).toHaveCount(0)
  // The answers are whole on a phone, too, also on its side.
  for (const [width, height] of [
    [390, 844],
    [844, 390],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height })
    for (const name of ['Check if it started', 'Run again (may bill twice)', 'Give up on it'])
      await expect(page.getByRole('button', { name })).toBeInViewport({ ratio: 1 })
  }
  await page.getByRole('button', { name: 'Check if it started' }).click()
  await expect(page.getByText('has no list of runs')).toBeVisible()
  expect(api.creates()).toHaveLength(1)
  await page.getByRole('button', { name: 'Run again (may bill twice)' }).click()
  await expect(outputs(page).first()).toBeVisible()
  expect(api.creates()).toHaveLength(2)
})

test('a reload while the answer is out: the run is found and followed; one create', async ({
  page,
  server,
  ready,
}) => {
  const api = server.mount({ lost: { creates: [1], how: 'hang' } })
  await ready({ on: api, prompt: 'a lost one' })
  await runButton(page).click()
  await expect.poll(() => api.predictions.size).toBe(1)
  const asked: string[] = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.accept()
  })
  await page.reload()
  expect(asked).toEqual(['beforeunload'])
  await expect(page.getByText('It was found on the backend')).toBeVisible()
  await expect.poll(() => api.looks().length).toBeGreaterThan(0)
  await expect(page.getByRole('list', { name: 'Runs' }).getByText('Done')).toBeVisible()
  await page.getByRole('list', { name: 'Runs' }).getByRole('button').first().click()
  await expect(outputs(page).first()).toBeVisible()
  expect(api.creates()).toHaveLength(1)
  await page.reload()
  expect(asked).toHaveLength(1)
})

test('a run like an earlier one is not taken for it', async ({ page, server, ready }) => {
  const api = server.mount({ freshConnection: true, lost: { creates: [2], how: 'drop' } })
  await ready({ on: api, prompt: 'a lost one' })
  await runButton(page).click()
  await expect(outputs(page).first()).toBeVisible()
  await runButton(page).click()
  await expect(page.getByText('It was found on the backend')).toBeVisible()
  await expect(runButton(page)).toBeEnabled()
  const [, second] = [...api.predictions.keys()]
  expect(api.looks().at(-1)!.path).toBe(`/predictions/${second}`)
  expect(api.creates()).toHaveLength(2)
})
