import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, runButton, test } from './fixtures'

const TOKEN = 'r8_SecretOfThisTest0123456789'

/** Everything that a page keeps in its browser, as text: by where it is kept. */
async function kept(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const found: Record<string, string> = {
      address: location.href + JSON.stringify(history.state),
      local: JSON.stringify({ ...localStorage }),
      session: JSON.stringify({ ...sessionStorage }),
    }
    const textOf = async (value: unknown): Promise<string> => {
      if (value instanceof Blob) return new TextDecoder('latin1').decode(await value.arrayBuffer())
      if (ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value as Uint8Array<ArrayBuffer>)
      if (typeof value !== 'object' || value === null) return String(value)
      return (
        await Promise.all(Object.entries(value).map(async ([key, one]) => key + (await textOf(one))))
      ).join(' ')
    }
    const done = <Result>(request: IDBRequest<Result>) =>
      new Promise<Result>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error as Error))
      })
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await done(indexedDB.open(name))
      for (const store of db.objectStoreNames) {
        found[`${name}/${store}`] = await textOf(
          await done(db.transaction(store).objectStore(store).getAll()),
        )
      }
      db.close()
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      const answers = await Promise.all((await cache.keys()).map((request) => cache.match(request)))
      found[`cache ${name}`] = (await Promise.all(answers.map((answer) => answer?.text()))).join(' ')
    }
    return found
  })
}

test('a token is in its own store alone, and nowhere once forgotten; Delete everything empties the browser, in all tabs', async ({
  page,
  context,
  server,
  ready,
}) => {
  const said: string[] = []
  context.on('console', (message) => said.push(message.text()))
  await ready({ on: server.mount(), token: TOKEN, prompt: 'a red door' })
  await runButton(page).click()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await page.getByRole('button', { name: 'Copy link' }).click()
  const link = await page.getByRole('textbox', { name: 'Link', exact: true }).inputValue()
  await page.keyboard.press('Escape')
  const downloading = page.waitForEvent('download')
  await page.keyboard.press('s')
  const output = readFileSync(await (await downloading).path(), 'latin1')
  await expect(page.getByRole('status', { name: 'Prediction status' })).toContainText('Done')

  const before = await kept(page)
  expect(Object.keys(before)).toContain('pentimento/outputs')
  const holding = Object.entries({ ...before, link, output, said: said.join(' ') })
  expect(holding.flatMap(([place, text]) => (text.includes(TOKEN) ? [place] : []))).toEqual(['session'])

  const other = await context.newPage()
  await other.goto('/')
  await page.getByRole('button', { name: 'Preferences' }).click()
  const dialog = page.getByRole('dialog', { name: 'Preferences' })
  await dialog.getByRole('button', { name: 'Forget all tokens' }).click()
  await expect(dialog.getByText('All tokens are forgotten, in every tab.')).toBeVisible()
  expect(JSON.stringify(await kept(page))).not.toContain(TOKEN)

  await dialog.getByRole('button', { name: 'Delete everything…' }).click()
  await expect(dialog.getByText(/Delete all 1 runs with their outputs/)).toBeVisible()
  const restarted = other.waitForEvent('framenavigated')
  await dialog.getByRole('button', { name: 'Delete everything', exact: true }).click()
  await expect(page.getByRole('group', { name: 'Samples' })).toBeVisible()
  await restarted
  const after = await kept(page)
  for (const word of ['a red door', 'photo.png']) expect(JSON.stringify(after)).not.toContain(word)
  expect(after['pentimento/runs'] ?? '').toBe('')
})
