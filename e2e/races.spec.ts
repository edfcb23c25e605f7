import type { Page } from '@playwright/test'
import { expect, runButton, test } from './fixtures'

/** What happens when things come at the wrong time: cancels, the network, odd words. */

const output = (page: Page) => page.getByRole('figure', { name: 'Output 1' })
const cancel = (page: Page) => page.getByRole('button', { name: 'Cancel', exact: true })

test.beforeEach(({ clean }) => clean.allow(/Failed to load resource|ERR_|CORS/))

test('a cancel that comes too late: the result is kept, and said to have come before it', async ({
  page,
  server,
  ready,
}) => {
  const api = server.mount({
    statuses: ['processing'],
    onCancel: (call) => (call.json(200, {}), true),
    fields: () => (api.cancels().length > 0 ? done() : {}),
  })
  const done = () => ({
    status: 'succeeded',
    output: [`${api.base.replace(/\/v1$/, '')}/out/${[...api.predictions.keys()][0]}/0.png`],
  })
  await ready({ on: api })
  await runButton(page).click()
  await expect.poll(() => api.looks().length).toBeGreaterThan(0)
  await cancel(page).click()
  await expect(output(page)).toBeVisible()
  await expect(page.getByText(/finished before it could be cancelled/i)).toBeVisible()
})

test('five clicks on Run are one run, and none of them cancels it', async ({ page, server, ready }) => {
  const api = server.mount({ statuses: ['processing'] })
  await ready({ on: api })
  await runButton(page).hover()
  const box = (await runButton(page).boundingBox())!
  const cdp = await page.context().newCDPSession(page)
  const at = {
    x: box.x + box.width * 0.75,
    y: box.y + box.height / 2,
    button: 'left',
    clickCount: 1,
  } as const
  // With times of their own: a busy machine hands them over late, as it does a hand's.
  const start = Date.now() / 1000
  const sent: Promise<unknown>[] = []
  for (let i = 0; i < 5; i++) {
    const timestamp = start + i * 0.27
    sent.push(cdp.send('Input.dispatchMouseEvent', { ...at, type: 'mousePressed', timestamp }))
    sent.push(
      cdp.send('Input.dispatchMouseEvent', { ...at, type: 'mouseReleased', timestamp: timestamp + 0.06 }),
    )
    await new Promise((resolve) => setTimeout(resolve, 270))
  }
  await Promise.all(sent)
  await expect.poll(() => api.looks().length).toBeGreaterThan(2)
  expect([api.creates().length, api.cancels().length]).toEqual([1, 0])
  await cancel(page).click()
  await expect(runButton(page)).toBeEnabled()
  expect(api.cancels()).toHaveLength(1)
})

test('offline in the middle of a run: it goes on at the network’s return', async ({
  page,
  context,
  server,
  ready,
}) => {
  const api = server.mount({ statuses: ['processing'] })
  await ready({ on: api })
  await runButton(page).click()
  await expect.poll(() => api.looks().length).toBeGreaterThan(1)
  await context.setOffline(true)
  const during = api.looks().length
  await expect(page.getByRole('status', { name: 'Prediction status' })).toContainText(/\d+ s/)
  await page.waitForFunction(() => !navigator.onLine)
  expect(api.looks().length - during).toBeLessThan(2)
  const looks = api.looks().length
  await context.setOffline(false)
  await expect.poll(() => api.looks().length).toBeGreaterThan(looks)
  await cancel(page).click()
  await expect(runButton(page)).toBeEnabled()
  expect(api.creates()).toHaveLength(1)
})

test('a prompt goes out as it is written: right to left, emoji, zero width; too long is counted', async ({
  page,
  server,
  ready,
}) => {
  const api = server.mount()
  await ready({ on: api })
  const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true })
  const text = 'قطة \u202e<b>cat</b>\u202c 👩‍👩‍👧‍👦 \u200b e\u0301 “quotes” \\n'
  await prompt.fill(text)
  await runButton(page).click()
  await expect(output(page)).toBeVisible()
  expect((api.creates()[0]!.body as { input: { prompt: string } }).input.prompt).toBe(text)
  await prompt.fill('x'.repeat(10_001))
  await expect(page.getByText(/10,?001/).first()).toBeVisible()
  await expect(runButton(page)).toBeDisabled()
})
