import { chooseBackend, expect, runButton, test } from './fixtures'

/** Several runs and several backends at once. */

test('two runs on two backends go at once; one is stopped alone; a double click is one more, not two', async ({
  page,
  server,
  ready,
}) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  const slow = server.mount({ statuses: ['processing'] })
  const quick = server.mount({ statuses: ['processing', 'processing', 'succeeded'] })
  await ready({ on: slow })
  await runButton(page).click()
  // A second click soon after the first would be taken for a double click.
  await expect.poll(() => slow.looks().length).toBeGreaterThan(1)
  // The mask on the screen pulses meanwhile.
  const pulses = () =>
    page
      .locator('[data-pane=editor][data-running] canvas[data-layer=mask]')
      .evaluateAll((all) =>
        all.filter(({ style }) => style.visibility !== 'hidden').map((mask) => mask.getAnimations().length),
      )
  await expect.poll(pulses).toEqual([1])
  await expect(page.getByRole('list', { name: 'Runs' }).locator('progress')).toBeVisible()
  await chooseBackend(page, quick.base)
  await page.getByRole('button', { name: 'Run another' }).dblclick()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  expect([slow.creates().length, quick.creates().length]).toEqual([1, 1])
  // The first is still on, and is what Cancel speaks of now.
  const looks = slow.looks().length
  await expect.poll(() => slow.looks().length).toBeGreaterThan(looks)
  await expect(page.getByRole('button', { name: /^Stop “a test”/ })).toHaveCount(1)
  await page.getByRole('button', { name: /^Stop “a test”/ }).click()
  await expect(runButton(page)).toBeEnabled()
  expect([slow.cancels().length, quick.cancels().length]).toEqual([1, 0])
  // Nothing is asked any more once it is over.
  const seen = slow.seen.length
  await runButton(page).click()
  await expect.poll(() => quick.creates().length).toBe(2)
  await expect(runButton(page)).toBeEnabled()
  expect(slow.seen.length).toBe(seen)
})
