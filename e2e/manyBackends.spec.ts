import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { decode } from 'fast-png'
import { decodeDataUri } from '../src/backends/replicate/fakeModel.testkit'
import { FakeReplicate } from '../src/backends/replicate/fakeReplicate.testkit'
import { backendDialog, chooseBackend, expect, openPicture, picture, runButton, test } from './fixtures'

/** Several backends and models of every kind: kept, named, switched, told what their fields mean. */

const output = (page: Page, number = 1) => page.getByRole('figure', { name: `Output ${number}` })

test.beforeEach(({ clean }) => clean.allow(/Failed to load resource|ERR_|CORS/))

test('two backends are kept by name and switched in the form; each has its own key and headers', async ({
  page,
  server,
  ready,
}) => {
  const other = new FakeReplicate()
  await other.start()
  const [studio, gateway] = [server.mount({ token: 'r8_studio', sync: true }), other.mount({ gateway: true })]
  await ready()
  for (const [name, api, token, headers] of [
    ['Studio', studio, 'r8_studio', ''],
    ['Gateway', gateway, 'gw_key', 'X-Connection-Api-Key: team-7'],
  ] as const) {
    const dialog = await backendDialog(page)
    await dialog.getByRole('textbox', { name: 'Backend URL' }).fill(api.base)
    await dialog.getByRole('textbox', { name: 'API token' }).fill(token)
    if (headers !== '') {
      await dialog.getByText('Extra headers').click()
      await dialog.getByRole('textbox', { name: 'Extra headers' }).fill('Cookie: mine')
      await dialog.getByRole('textbox', { name: 'Extra headers' }).blur()
      await expect(dialog.getByText('This header cannot be set: Cookie: mine')).toBeVisible()
      await dialog.getByRole('textbox', { name: 'Extra headers' }).fill(headers)
      await dialog.getByRole('textbox', { name: 'Extra headers' }).blur()
      await expect(dialog.getByText('Set: x-connection-api-key.')).toBeVisible()
    }
    await dialog.getByRole('textbox', { name: 'Name for this backend' }).fill(name)
    await dialog.getByRole('button', { name: 'Save this backend' }).click()
    await expect(dialog.getByRole('list', { name: 'Saved backends' })).toContainText(name)
    await dialog.getByRole('button', { name: 'Done' }).click()
  }
  await page.reload()
  const choice = page.getByRole('combobox', { name: 'Backend', exact: true })
  await expect(choice).toHaveValue(gateway.base)
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a test')
  await runButton(page).click()
  await expect(output(page)).toBeVisible()
  await choice.selectOption('Studio')
  await runButton(page).click()
  await expect.poll(() => studio.creates().length).toBe(1)
  await expect(runButton(page)).toBeEnabled()
  expect(gateway.creates()).toHaveLength(1)
  // Keys and headers go to the API of their own origin, never to its outputs, never to the other.
  const isApi = ({ method, path }: { method: string; path: string }) =>
    method === 'POST' || /^\/predictions\/(?!pentimento-)/.test(path)
  expect(new Set(gateway.seen.filter(isApi).map(({ authorization }) => authorization))).toEqual(
    new Set(['Bearer gw_key']),
  )
  expect(new Set(gateway.seen.filter(isApi).map(({ headers }) => headers['x-connection-api-key']))).toEqual(
    new Set(['team-7']),
  )
  expect(new Set(studio.seen.filter(isApi).map(({ headers }) => headers['x-connection-api-key']))).toEqual(
    new Set([undefined]),
  )
  for (const api of [studio, gateway]) {
    for (const { authorization, headers } of api.seen.filter(({ path }) => path.startsWith('/out/')))
      expect([authorization, headers['x-connection-api-key']]).toEqual([null, undefined])
  }
  // Taken out of the list, its key goes as well.
  const dialog = await backendDialog(page)
  await dialog.getByRole('button', { name: 'Remove Gateway' }).click()
  const stored = () => page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]))
  await expect.poll(stored).not.toContain('gw_key')
  await expect.poll(stored).not.toContain('team-7')
  expect(await stored()).toContain('r8_studio')
  await other.stop()
})

test('a model without a mask: no brush, the whole picture goes, the larger result is a picture of its own', async ({
  page,
  server,
  ready,
}) => {
  const api = server.mount({
    sync: true,
    outputSize: { width: 900, height: 400 },
    output: ([url]) => ({ payload: {}, image: url }),
  })
  await ready({ on: api, paint: false })
  await page.getByRole('combobox', { name: 'Model' }).selectOption('Realistic outpainter')
  await expect(page.getByRole('radio', { name: 'Brush' })).toHaveCount(0)
  await expect(page.getByRole('group', { name: 'Tool options' })).toContainText('ignores the mask')
  await page.getByRole('combobox', { name: 'Direction' }).selectOption('only width')
  await runButton(page).click()
  await expect(output(page).getByRole('button', { name: 'Download' })).toBeVisible()
  const { input } = api.creates()[0]!.body as { input: Record<string, unknown> }
  expect(input).toMatchObject({ outpaint_direction: 'only width' })
  expect(input).not.toHaveProperty('mask')
  const sent = decodeDataUri(input['image'])
  expect(sent.width / sent.height).toBeCloseTo(1.5, 1)

  const check = async () => {
    const downloading = page.waitForEvent('download')
    await output(page).getByRole('button', { name: 'Download' }).click()
    const png = decode(readFileSync(await (await downloading).path()))
    expect([png.width, png.height]).toEqual([900, 400])
  }
  await check()
  await page.reload()
  await page.getByRole('list', { name: 'Runs' }).getByRole('button').first().click()
  await check()
  await output(page).getByRole('button', { name: 'Apply output 1' }).click()
  await expect(page.getByRole('banner').getByText('900 × 400')).toBeVisible()
  // With a model that takes one the brush is back.
  await page.getByRole('combobox', { name: 'Model' }).selectOption('FLUX fill dev')
  await expect(page.getByRole('radio', { name: 'Brush' })).toBeVisible()
})

test('a preset that enlarges the picture has the model ignore the mask', async ({ page, server, ready }) => {
  const api = server.mount({
    sync: true,
    outputSize: { width: 600, height: 800 },
    output: ([url]) => url,
  })
  await ready({ on: api, paint: false })
  await page.getByRole('combobox', { name: 'Model' }).selectOption('FLUX fill pro')
  await expect(page.getByRole('radio', { name: 'Brush' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('more sky')
  await page.getByRole('combobox', { name: 'Outpaint' }).selectOption('Top outpaint')
  await expect(page.getByRole('radio', { name: 'Brush' })).toHaveCount(0)
  await runButton(page).click()
  await output(page).getByRole('button', { name: 'Apply output 1' }).click()
  await expect(page.getByRole('banner').getByText('600 × 800')).toBeVisible()
})

test('fields that a model calls by names of its own are told what they mean', async ({
  page,
  server,
  ready,
}) => {
  const api = server.mount({ sync: true })
  const uri = { type: 'string', format: 'uri' }
  const schema = {
    required: ['photo', 'hole'],
    properties: {
      photo: { ...uri, 'x-order': 0 },
      hole: { ...uri, description: 'Black pixels are inpainted', 'x-order': 1 },
      wish: { type: 'string', 'x-order': 2 },
    },
  }
  await ready({ on: api })
  const dialog = await backendDialog(page)
  await dialog.getByText('Add a model').click()
  await dialog.getByRole('textbox', { name: 'Model', exact: true }).fill('some/odd')
  await dialog.getByRole('textbox', { name: 'Input schema (JSON)' }).fill(JSON.stringify(schema))
  await dialog.getByRole('button', { name: 'Use this schema' }).click()
  await expect(dialog.getByText('The form now shows some/odd.')).toBeVisible()
  await dialog.getByText('Match fields').click()
  await dialog.getByRole('combobox', { name: 'Image' }).selectOption('photo')
  await dialog.getByRole('combobox', { name: 'Mask' }).selectOption('hole')
  await dialog.getByRole('combobox', { name: 'Prompt', exact: true }).selectOption('wish')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a pond')
  await expect(page.getByRole('combobox', { name: 'Mask colour' })).toHaveValue('black')
  await runButton(page).click()
  await expect(output(page)).toBeVisible()
  const { input } = api.creates()[0]!.body as { input: Record<string, unknown> }
  expect(Object.keys(input).toSorted()).toEqual(['hole', 'photo', 'wish'])
  expect(decodeDataUri(input['hole']).data[0]).toBe(255)
})

test('the seed can be locked to the last run’s, width and height to their shape', async ({
  page,
  server,
  ready,
}) => {
  const api = server.mount({ sync: true })
  await ready({ on: api })
  await runButton(page).click()
  await expect(output(page)).toBeVisible()
  const seed = page.getByRole('spinbutton', { name: 'Seed' })
  await expect(seed).toHaveValue('')
  const lock = page.getByRole('button', { name: 'Keep this seed' })
  await lock.click()
  await expect(seed).toHaveValue('4242')
  await expect(lock).toHaveAttribute('aria-pressed', 'true')
  await runButton(page).click()
  await expect.poll(() => api.creates().length).toBe(2)
  expect((api.creates()[1]!.body as { input: { seed: number } }).input.seed).toBe(4242)
  await lock.click()
  await expect(seed).toHaveValue('')

  const [width, height] = ['Width', 'Height'].map((name) => page.getByRole('spinbutton', { name }))
  await width!.fill('768')
  await height!.fill('512')
  await page.getByRole('button', { name: 'Lock the aspect ratio' }).click()
  await width!.fill('384')
  await expect(height!).toHaveValue('256')
  await page.getByRole('button', { name: 'Swap width and height' }).click()
  await height!.fill('768')
  await expect(width!).toHaveValue('512')
})

test('outputs are shown while more are made', async ({ page, server, ready }) => {
  let finish = false
  const api = server.mount({ partial: 1, statuses: ['processing'], fields: () => (finish ? done() : {}) })
  const done = () => {
    const [id] = api.predictions.keys()
    const urls = [0, 1].map((k) => `${api.base.replace(/\/v1$/, '')}/out/${id}/${k}.png`)
    return { status: 'succeeded', output: urls }
  }
  await ready({ on: api })
  await page.getByRole('spinbutton', { name: 'Outputs' }).fill('2')
  await runButton(page).click()
  await expect(output(page)).toBeVisible()
  await expect(output(page, 2)).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Cancel', exact: true })).toBeVisible()
  finish = true
  await expect(output(page, 2)).toBeVisible()
  await expect(runButton(page)).toBeEnabled()
  // The first was fetched once.
  expect(api.seen.filter(({ path }) => path.endsWith('/0.png'))).toHaveLength(1)
})

test('over the limit of a backend it is offered to shrink, says to what, and goes through', async ({
  page,
  server,
}) => {
  const most = 150_000
  const api = server.mount({
    files: false,
    sync: true,
    onCreate: (call, number) => {
      const { input } = api.creates()[number]!.body as { input: { image: string; mask: string } }
      if (input.image.length + input.mask.length <= most) return false
      call.json(413, { detail: 'Request entity too large' })
      return true
    },
  })
  await page.goto('/')
  await page
    .getByRole('group', { name: 'Samples' })
    .getByRole('button', { name: /Coffee/ })
    .click()
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
  await chooseBackend(page, api.base)
  await runButton(page).click()
  const shrink = page.getByRole('alert').getByRole('button', { name: /^Shrink to \d+%/ })
  const download = output(page).getByRole('button', { name: 'Download' })
  await expect(shrink).toBeVisible()
  // What it is shrunk to is guessed from caps in use, then halved: this server's is below them all.
  for (let tries = 0; tries < 8 && (await shrink.isVisible()); tries++) {
    const creates = api.creates().length
    await shrink.click()
    await expect.poll(() => api.creates().length).toBe(creates + 1)
    await expect(runButton(page)).toBeEnabled()
    await expect(shrink.or(download)).toBeVisible()
  }
  await expect(download).toBeVisible()
  const sizes = api.creates().map(({ body }) => {
    const { image, mask } = (body as { input: { image: string; mask: string } }).input
    const sent = decodeDataUri(image)
    expect([decodeDataUri(mask).width, decodeDataUri(mask).height]).toEqual([sent.width, sent.height])
    return sent.width
  })
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
  expect(new Set(sizes).size).toBe(sizes.length)
})

test('a run is followed by one tab, and by another after that tab’s end', async ({
  page,
  context,
  server,
  ready,
}) => {
  let finish = false
  const api = server.mount({ statuses: ['processing'], fields: () => (finish ? done() : {}) })
  const done = () => ({
    status: 'succeeded',
    output: [`${api.base.replace(/\/v1$/, '')}/out/${[...api.predictions.keys()][0]}/0.png`],
  })
  await ready({ on: api })
  const second = await context.newPage()
  await second.goto('/')
  await openPicture(second, picture(300, 200))
  const looks: string[] = []
  second.on('request', (request) => {
    if (request.url().includes('/predictions/')) looks.push(request.url())
  })
  // A page behind another is drawn once a second, and takes its input then.
  await page.bringToFront()
  await runButton(page).click()
  await expect.poll(() => api.looks().length).toBeGreaterThan(2)
  // Listed in both, asked about by one.
  await expect(second.getByRole('list', { name: 'Runs' }).getByRole('button')).toHaveCount(1)
  expect(looks).toEqual([])
  await page.close()
  await expect.poll(() => looks.length).toBeGreaterThan(0)
  finish = true
  await expect(second.getByRole('list', { name: 'Runs' })).toContainText('Done')
  await second.getByRole('list', { name: 'Runs' }).getByRole('button').first().click()
  await expect(output(second)).toBeVisible()
  expect(api.creates()).toHaveLength(1)
})
