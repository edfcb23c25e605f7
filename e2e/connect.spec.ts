import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { FakeCog } from '../src/backends/cog/fakeCog.testkit'
import { backendDialog, expect, runButton, test } from './fixtures'

/** The backend dialog, and what the page's own server offers. */

test('each place shows its own fields alone; what is typed stays with the card that it was typed for', async ({
  page,
  clean,
}) => {
  // Leaving the address tests it: nothing is behind the server's key here.
  clean.allow(/status of 502/)
  await page.goto('/')
  await page.getByRole('button', { name: 'Backend', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Backend' })
  const card = (name: RegExp) => dialog.getByRole('radio', { name })
  const url = dialog.getByRole('textbox', { name: 'Backend URL' })
  const version = dialog.getByRole('textbox', { name: 'Model version' })
  await expect(card(/^This device/)).toBeChecked()
  await expect(dialog.getByRole('textbox')).toHaveCount(0)
  await card(/^Replicate or a compatible API/).check()
  await expect(version).toBeVisible()
  await url.fill('/replicate/v1')
  await expect(card(/^Replicate or a compatible API/)).toBeChecked()
  await card(/^Own Cog server/).check()
  await expect(url).toHaveValue('')
  await expect(version).toHaveCount(0)
  await card(/^Replicate or a compatible API/).check()
  await expect(url).toHaveValue('/replicate/v1')
  await card(/^Replicate \(key on this server\)/).check()
  await expect(url).toHaveCount(0)
  await expect(dialog.getByLabel('API token')).toHaveCount(0)
  await card(/^This device/).check()
  await expect(dialog.getByRole('button', { name: 'Test connection' })).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('combobox', { name: 'Backend', exact: true })).toHaveValue('embedded')
})

test('Test connection calls a server that says 404 in JSON to anything no predictions API', async ({
  page,
  clean,
}) => {
  clean.allow(/status of 404/)
  const other = createServer((_, response) => {
    response.writeHead(404, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
    response.end('{"detail":"Not Found"}')
  })
  await new Promise<void>((resolve) => {
    other.listen(0, '127.0.0.1', resolve)
  })
  await page.goto('/')
  const dialog = await backendDialog(page)
  const { port } = other.address() as AddressInfo
  await dialog.getByRole('textbox', { name: 'Backend URL' }).fill(`http://127.0.0.1:${port}/nonsense`)
  await dialog.getByRole('button', { name: 'Test connection' }).click()
  await expect(dialog.getByText('not like a predictions API')).toBeVisible()
  await expect(dialog.getByText('Connected')).toHaveCount(0)
  other.close()
})

test('a Cog server behind this one is offered by its address, and runs', async ({ page, ready, clean }) => {
  // A look at the log that comes just after the end.
  clean.allow(/status of 422/)
  const cog = new FakeCog()
  await cog.start(Number(process.env['E2E_COG_PORT']))
  await ready()
  const { host } = new URL(cog.base)
  await page.getByRole('combobox', { name: 'Backend', exact: true }).selectOption(`Cog at ${host}`)
  await expect(page.getByRole('combobox', { name: 'Model' })).toHaveValue(/^cog\//)
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a door')
  await runButton(page).click()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  expect(cog.inputs).toHaveLength(1)
  expect(cog.seen).not.toContain('POST /predictions')
  await cog.stop()
})
