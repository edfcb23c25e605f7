import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { unzipSync } from 'fflate'
import { chooseBackend, expect, runButton, test } from './fixtures'

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

/** What somebody types here, and what the page's server holds. */
const SECRETS = [TOKEN, 'r8_only_for_tests']
const holdsSecret = (text: string) => SECRETS.some((secret) => text.includes(secret))

/** Everything in a project file: its texts are packed. */
function unpacked(file: Buffer): string {
  const entries = Object.entries(unzipSync(new Uint8Array(file)))
  return entries.map(([name, bytes]) => `${name} ${Buffer.from(bytes).toString('latin1')}`).join('\n')
}

test.use({ serviceWorkers: 'allow' })

test('a token is in its own store alone, and nowhere once forgotten; Delete everything empties the browser, in all tabs', async ({
  page,
  context,
  server,
  ready,
  clean,
}) => {
  // The request that its server can pass on to nobody.
  clean.allow(/status of 50\d/)
  // The system's own dialog for saving cannot be driven: without it the browser downloads.
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'))
  const said: string[] = []
  context.on('console', (message) => said.push(message.text()))
  await ready()
  await chooseBackend(page, server.mount().base, TOKEN)
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a red door')
  await runButton(page).click()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await page.getByRole('button', { name: 'Copy link' }).click()
  const field = page.getByRole('textbox', { name: 'Link', exact: true })
  await expect(field).not.toHaveValue('')
  const link = await field.inputValue()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const downloading = page.waitForEvent('download')
  await page.keyboard.press('s')
  const output = readFileSync(await (await downloading).path(), 'latin1')
  await expect(page.getByRole('status', { name: 'Prediction status' })).toContainText('Done')
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Project file' }).click()
  const project = unpacked(readFileSync(await (await saving).path()))
  expect(project).toContain('a red door')
  const serverLog = () => readFileSync(process.env['E2E_SERVER_LOG']!, 'utf8')
  // A request with the token that its server passes on is in its log where that fails.
  const logged = async () => {
    await page.evaluate(async (token) => {
      const headers = {
        authorization: `Bearer ${token}`,
        'x-pentimento': '1',
        'content-type': 'application/json',
      }
      await fetch('/replicate/v1/predictions', { method: 'POST', headers, body: '{}' })
    }, TOKEN)
    return serverLog()
  }
  // Another journey may have something listen there for a while.
  await expect.poll(logged).toContain('proxy error: /upstream/v1/predictions')

  const before = await kept(page)
  expect(Object.keys(before)).toContain('pentimento/outputs')
  const holding = Object.entries({ ...before, link, output, project, said: said.join(' '), log: serverLog() })
  expect(holding.flatMap(([place, text]) => (holdsSecret(text) ? [place] : []))).toEqual(['session'])

  const other = await context.newPage()
  await other.goto('/')
  await page.getByRole('button', { name: 'Preferences' }).click()
  const dialog = page.getByRole('dialog', { name: 'Preferences' })
  await dialog.getByRole('button', { name: 'Forget all tokens' }).click()
  await expect(dialog.getByText('All tokens are forgotten, in every tab.')).toBeVisible()
  const forgotten = { ...(await kept(page)), log: serverLog(), said: said.join(' ') }
  expect(Object.entries(forgotten).flatMap(([place, text]) => (holdsSecret(text) ? [place] : []))).toEqual([])

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
