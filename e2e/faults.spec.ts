import type { Page } from '@playwright/test'
import { BROKEN } from '../src/backends/replicate/brokenAnswers.testkit'
import type { Mounted } from '../src/backends/replicate/fakeMount.testkit'
import { type Fault, FAULTS } from '../src/backends/replicate/faults.testkit'
import { chooseBackend, expect, runButton, test } from './fixtures'

/**
 * Every fault of a server, alone: a named outcome, a page that can be used, and a clean run after it. Each click makes
 * one create, no key goes to an output, nothing is asked about a run that is over. HTML stands for all text that cannot
 * be understood: src/backends/replicate/brokenAnswers.test.ts has the others, which a browser reads as Node does.
 */

const isInNode = ({ id, name }: Fault) =>
  /^B[14]$/.test(id) && name !== 'HTML' && BROKEN.some(([, one]) => one === name)

const GROUPS = ['create', 'get', 'output'] as const

interface Counts {
  clicks: number
  creates: number
  readonly keys: Map<string, number>
  pollsAfterEnd: number
}

test.beforeEach(({ clean }) => clean.allow(/Failed to load resource|ERR_|CORS|Content Security/))

for (const at of GROUPS) {
  const faults = FAULTS.filter((fault) => fault.at === at && !isInNode(fault))
  const half = Math.ceil(faults.length / 2)
  for (const [part, list] of [faults.slice(0, half), faults.slice(half)].entries()) {
    test(`faults of ${at}, part ${part + 1}: ${list.length} outcomes`, async ({ page, server, ready }) => {
      test.setTimeout(150_000)
      await ready({ size: [240, 160] })
      const counts: Counts = { clicks: 0, creates: 0, keys: new Map(), pollsAfterEnd: 0 }
      for (const fault of list) {
        await test.step(`${fault.id} ${fault.name}`, async () => {
          const api = server.mount({ token: 'r8_for_the_base', ...fault.scenario })
          await chooseBackend(page, api.base, 'r8_for_the_base')
          await runButton(page).click()
          await expectOutcome(page, fault)
          const resends =
            fault.at === 'create' && /^(429 twice|(429|503) with a time)$/.test(fault.name) ? 1 : 0
          expect(api.creates(), fault.name).toHaveLength(1 + resends)
          add(counts, api, resends)
        })
      }
      const clean = server.mount({ token: 'r8_for_the_base' })
      await chooseBackend(page, clean.base, 'r8_for_the_base')
      await runButton(page).click()
      await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
      add(counts, clean, 0)
      console.log(
        `${at} ${part + 1}: ${counts.creates} creates for ${counts.clicks} clicks and resends after a refusal; keys by place:`,
        Object.fromEntries(counts.keys),
        `polls after the end: ${counts.pollsAfterEnd}`,
      )
      expect(counts.creates).toBe(counts.clicks)
      expect([...counts.keys.keys()]).toEqual(['api'])
      expect(counts.pollsAfterEnd).toBe(0)
    })
  }
}

function add(counts: Counts, api: Mounted, resends: number): void {
  counts.clicks += 1 + resends
  counts.creates += api.creates().length
  counts.pollsAfterEnd += api.pollsAfterEnd
  for (const { authorization, path } of api.seen) {
    const place = path.startsWith('/out/') ? 'outputs' : 'api'
    if (authorization !== null) counts.keys.set(place, (counts.keys.get(place) ?? 0) + 1)
  }
}

async function expectOutcome(page: Page, { outcome, says }: Fault): Promise<void> {
  const output = page.getByRole('figure', { name: 'Output 1' })
  const timeout = 20_000
  if (outcome === 'asked') {
    await page.getByRole('button', { name: 'Leave it' }).click({ timeout })
  } else if (outcome === 'refused') {
    await expect(page.getByRole('alert').filter({ hasText: says ?? '' })).toBeVisible({ timeout })
  } else {
    await expect(output).toBeVisible({ timeout })
    if (outcome === 'unread') await expect(output).toContainText(says ?? '', { timeout })
    else {
      await expect(output.getByRole('button', { name: 'Download' })).toBeVisible({ timeout })
      if (says) await expect(page.getByText(says)).toBeVisible()
    }
    await page.keyboard.press('Escape')
  }
  await expect(runButton(page)).toBeEnabled({ timeout })
}
