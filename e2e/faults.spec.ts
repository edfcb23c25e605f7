import type { Page } from '@playwright/test'
import type { Mounted } from '../src/backends/replicate/fakeMount.testkit'
import { type Fault, LONG_CHARS } from '../src/backends/replicate/fault.testkit'
import { BROWSER_FAULTS } from '../src/backends/replicate/faults.testkit'
import { expect, runButton, test } from './fixtures'

/**
 * The faults of a server that a browser meets in its own way, each alone: a named outcome, a page that can be used, and
 * a clean run at the end. Each click makes one create, no key goes to an output, nothing is asked about a run that is
 * over. scripts/verify/faults.test.ts meets the others, over sockets in Node.
 */

const TOKEN = 'r8_for_the_base'

test.beforeEach(({ clean }) => clean.allow(/Failed to load resource|ERR_|CORS|Content Security/))

for (const at of ['create', 'get', 'output'] as const) {
  const faults = BROWSER_FAULTS.filter((fault) => fault.at === at)
  test(`faults of ${at}: ${faults.length} outcomes, with the work kept`, async ({ page, server, ready }) => {
    test.slow()
    // One address throughout: the dialog of the backend is opened once.
    const path = `/faults-of-${at}`
    await ready({ on: server.mount({ token: TOKEN }, path), token: TOKEN, size: [240, 160], prompt: 'kept' })
    for (const fault of faults) {
      await test.step(fault.name, async () => {
        const api = server.mount({ token: TOKEN, ...fault.scenario }, path)
        await runButton(page).click()
        await expectOutcome(page, fault)
        await expect(page.getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue('kept')
        await expect(page.getByRole('button', { name: 'Undo' })).toBeEnabled()
        expectClean(api, fault.creates)
      })
    }
    const clean = server.mount({ token: TOKEN, sync: true }, path)
    await runButton(page).click()
    await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
    expectClean(clean, 1)
  })
}

function expectClean(api: Mounted, creates: number): void {
  expect(api.creates()).toHaveLength(creates)
  expect(api.pollsAfterEnd).toBe(0)
  for (const { path, authorization } of api.seen)
    expect([path, authorization]).toEqual([path, path.startsWith('/out/') ? null : `Bearer ${TOKEN}`])
}

async function expectOutcome(page: Page, { outcome, says }: Fault): Promise<void> {
  const output = page.getByRole('figure', { name: 'Output 1' })
  const alert = page.getByRole('alert').filter({ hasText: says ?? '' })
  if (outcome === 'asked') {
    await expect(alert).toBeVisible()
    await page.getByRole('button', { name: 'Give up on it' }).click()
  } else if (outcome === 'refused') {
    await expect(alert).toBeVisible()
    await expect(alert).toContainText(/are kept|damaged/)
    if (String(says).length >= LONG_CHARS) await expect(alert.getByText('Show all')).toBeVisible()
  } else {
    await expect(output).toBeVisible()
    if (outcome === 'unread') await expect(output).toContainText(says ?? '')
    else {
      await expect(output.getByRole('button', { name: 'Download' })).toBeVisible()
      if (says) await expect(page.getByText(says)).toBeVisible()
    }
    await page.keyboard.press('Escape')
  }
  // Run is there again, not Cancel: the next click waits until it takes one.
  await expect(runButton(page)).toBeVisible()
}
