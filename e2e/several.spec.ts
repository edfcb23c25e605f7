import { chooseBackend, expect, openPicture, paintSomething, picture, runButton, test } from './fixtures'

/** Several runs and several backends at once. */

test('two runs on two backends go at once; one is stopped alone; a double click is one more, not two', async ({
  page,
  server,
}) => {
  const slow = server.mount({ statuses: ['processing'] })
  const quick = server.mount({ statuses: ['processing', 'processing', 'succeeded'] })
  await page.goto('/')
  await openPicture(page, picture(600, 400))
  await paintSomething(page)
  await chooseBackend(page, slow.base)
  await runButton(page).click()
  // A second click soon after the first would be taken for a double click.
  await expect.poll(() => slow.looks().length).toBeGreaterThan(1)
  await chooseBackend(page, quick.base)
  await page.getByRole('button', { name: 'Run another' }).dblclick()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  expect([slow.creates().length, quick.creates().length]).toEqual([1, 1])
  // The first is still on, and is what Cancel speaks of now.
  const looks = slow.looks().length
  await expect.poll(() => slow.looks().length).toBeGreaterThan(looks)
  await expect(page.getByRole('button', { name: /^Stop the run of/ })).toHaveCount(1)
  await page.getByRole('button', { name: /^Stop the run of/ }).click()
  await expect(runButton(page)).toBeEnabled()
  expect([slow.cancels().length, quick.cancels().length]).toEqual([1, 0])
  // Nothing is asked any more once it is over.
  const seen = slow.seen.length
  await runButton(page).click()
  await expect.poll(() => quick.creates().length).toBe(2)
  await expect(runButton(page)).toBeEnabled()
  expect(slow.seen.length).toBe(seen)
})

test('at most four go at once', async ({ page, server }) => {
  const api = server.mount({ statuses: ['processing'] })
  await page.goto('/')
  await openPicture(page, picture(600, 400))
  await paintSomething(page)
  await chooseBackend(page, api.base)
  await runButton(page).click()
  const another = page.getByRole('button', { name: 'Run another' })
  for (let count = 2; count <= 4; count++) {
    await expect.poll(() => api.looks().length).toBeGreaterThan(0)
    await expect(async () => {
      if (api.creates().length < count) await another.click()
      expect(api.creates().length).toBe(count)
    }).toPass()
  }
  await expect(another).toBeHidden()
  for (let left = 4; left > 0; left--) {
    await page
      .getByRole('button', { name: /^Stop the run of/ })
      .first()
      .click()
    await expect(page.getByRole('button', { name: /^Stop the run of/ })).toHaveCount(left - 1)
  }
  await expect(runButton(page)).toBeEnabled()
  expect(api.creates()).toHaveLength(4)
  expect(api.cancels()).toHaveLength(4)
})
