import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serveGzipped } from '../scripts/gzipServer.mjs'
import { expect, paintSomething, runButton, test } from './fixtures'

test.use({ serviceWorkers: 'allow' })

test('after one visit: starts, fills and exports without a network; a new version waits for a click', async ({
  page,
  context,
  clean,
}) => {
  test.slow()
  clean.allow(/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|status of 404/)
  const folder = mkdtempSync(join(tmpdir(), 'pentimento-offline-'))
  cpSync('node_modules/.e2e-dist', folder, { recursive: true, filter: (path) => !path.endsWith('.map') })
  let site = await serveGzipped(folder)
  const { address } = site
  const asked = new Set<string>()
  context.on('request', (request) => asked.add(new URL(request.url()).origin))
  try {
    await page.goto(address)
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
    })

    site.close()
    await context.setOffline(true)
    await page.reload()
    await page.locator('[data-sample=coffee]').click()
    await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
    await paintSomething(page)
    await runButton(page).click()
    await page.getByRole('button', { name: 'Apply output 1' }).click()
    await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await page.getByRole('menuitem', { name: 'PNG' }).click()
    expect((await downloading).suggestedFilename()).toMatch(/\.png$/)
    expect([...asked].filter((origin) => origin !== new URL(address).origin && origin !== 'null')).toEqual([])
    const kept = await page.evaluate(async () => {
      const all = await Promise.all(
        (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
      )
      return all.flat().map(({ url }) => new URL(url).pathname)
    })
    expect(kept.length).toBeGreaterThan(40)
    expect(kept.filter((path) => !existsSync(join(folder, path)))).toEqual([])

    const html = readFileSync(join(folder, 'index.html'), 'utf8')
    writeFileSync(join(folder, 'index.html'), html.replace('<title>', '<title>New '))
    const worker = readFileSync(join(folder, 'sw.js'), 'utf8')
    const [, revision = ''] = /index\.html[`"'],revision:[`"'](\w+)/.exec(worker) ?? []
    expect(revision).toHaveLength(16)
    writeFileSync(join(folder, 'sw.js'), worker.replace(revision, 'f'.repeat(16)))
    site = await serveGzipped(folder, Number(new URL(address).port))
    await context.setOffline(false)
    await page.reload()
    await expect(page.getByText('A new version is ready')).toBeVisible()
    await expect(page.getByRole('banner').getByText(/^coffee/)).toBeVisible()
    await expect(page).toHaveTitle('Pentimento')
    await page.getByRole('button', { name: 'Reload' }).click()
    await expect(page).toHaveTitle('New Pentimento')
    await expect(page.getByRole('banner').getByText(/^coffee/)).toBeVisible()
  } finally {
    site.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
