import { readFileSync } from 'node:fs'
import { decode } from 'fast-png'
import { decodeDataUri, outputColor } from '../src/backends/replicate/fakeModel.testkit'
import { FakeReplicate } from '../src/backends/replicate/fakeReplicate.testkit'
import {
  backendDialog,
  chooseBackend,
  expect,
  openPicture,
  paintSomething,
  picture,
  runButton,
  test,
} from './fixtures'

const status = 'Prediction status'

test('an own photo through a predictions server: what is sent, progress, outputs, compare', async ({
  page,
  server,
  ready,
}) => {
  const statuses = ['starting', 'processing']
  const api = server.mount({ token: 'r8_secret', statuses })
  await ready({
    on: { base: `${api.base}/predictions` },
    token: 'r8_secret',
    size: [1500, 1000],
    prompt: 'a yellow cat',
  })
  await page.getByRole('spinbutton', { name: 'Steps' }).fill('25')
  await page.getByRole('spinbutton', { name: 'Outputs' }).fill('2')
  await page.getByRole('combobox', { name: 'Scheduler' }).selectOption('DDIM')
  await runButton(page).click()
  await expect(page.getByRole('progressbar', { name: 'Prediction progress' })).toBeVisible()
  await expect(page.getByRole('status', { name: status })).toContainText(/\d%/)
  statuses.push('succeeded')
  await expect(page.getByRole('figure', { name: 'Output 2' })).toBeVisible()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toContainText('seed 4242 · 2.5 s')

  expect(api.creates()).toHaveLength(1)
  const { version, input, ...rest } = api.creates()[0]!.body as {
    version: string
    input: Record<string, unknown>
  }
  expect(rest).toEqual({})
  expect(version).toBe('95b7223104132402a9ae91cc677285bc5eb997834bd2349fa486f53910fd68b3')
  expect(input).toMatchObject({
    prompt: 'a yellow cat',
    num_inference_steps: 25,
    num_outputs: 2,
    scheduler: 'DDIM',
    width: 768,
    height: 512,
  })
  // Nobody has set these: the model has their defaults.
  for (const name of ['guidance_scale', 'disable_safety_checker']) expect(input).not.toHaveProperty(name)
  expect(input).not.toHaveProperty('seed')
  expect(input).not.toHaveProperty('negative_prompt')
  const image = decodeDataUri(input['image'])
  const mask = decodeDataUri(input['mask'])
  expect([image.width, image.height]).toEqual([768, 512])
  expect([mask.width, mask.height, mask.channels]).toEqual([768, 512, 1])
  const tones = new Set(mask.data)
  expect(tones.has(0) && tones.has(255)).toBe(true)
  for (const { authorization } of [...api.creates(), ...api.looks(), ...api.cancels()]) {
    expect(authorization).toBe('Bearer r8_secret')
  }
  for (const { authorization } of api.seen.filter(({ path }) => path.startsWith('/out')))
    expect(authorization).toBeNull()

  // Pasted back at full size: under the mask the output's colour, elsewhere the photo to the byte.
  const downloading = page.waitForEvent('download')
  await page.getByRole('figure', { name: 'Output 1' }).getByRole('button', { name: 'Download' }).click()
  const png = decode(readFileSync(await (await downloading).path()))
  const photo = decode(picture(1500, 1000))
  expect([png.width, png.height]).toEqual([1500, 1000])
  const pixel = (from: typeof png, x: number, y: number) => {
    const at = (y * from.width + x) * from.channels
    return Array.from(from.data.slice(at, at + 3))
  }
  expect(pixel(png, 750, 505)).toEqual([...outputColor(0)])
  let outside = 0
  for (let y = 0; y < 300; y++) {
    for (let x = 0; x < 1500; x += 7) if (String(pixel(png, x, y)) !== String(pixel(photo, x, y))) outside++
  }
  expect(outside).toBe(0)

  const looks = api.looks().length
  await page.keyboard.press('Escape')
  await page.getByRole('spinbutton', { name: 'Seed' }).fill('11')
  await expect(runButton(page)).toBeEnabled()
  expect(api.looks()).toHaveLength(looks)
})

test('cancel: the server is told, and Run is ready again; one that has no cancel is let go, and that is said', async ({
  page,
  server,
  clean,
  ready,
}) => {
  clean.allow(/status of 405/)
  const path = '/cancels'
  const api = server.mount({ statuses: ['processing'] }, path)
  await ready({ on: api })
  const cancel = async () => {
    await runButton(page).click()
    await expect(page.getByRole('status', { name: status })).toContainText('Running')
    await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  }
  await cancel()
  await expect(page.getByRole('status', { name: status })).toHaveText('Cancelled')
  expect(api.cancels()).toHaveLength(1)
  await expect(runButton(page)).toBeEnabled()
  await expect(page.getByRole('button', { name: 'Undo' })).toBeEnabled()

  server.mount({ statuses: ['processing'], onCancel: (call) => (call.text(405, ''), true) }, path)
  await cancel()
  await expect(page.getByText('it may go on and cost money')).toBeVisible()
  await expect(runButton(page)).toBeEnabled()
})

test('422 with field names: each complaint stands at its field', async ({ page, server, clean, ready }) => {
  clean.allow(/status of 422/)
  const body = readFileSync(
    new URL('../src/core/prediction/fixtures/error-422.json', import.meta.url),
    'utf8',
  )
  const api = server.mount({ onCreate: (call) => (call.json(422, JSON.parse(body)), true) })
  await ready({ on: api })
  await runButton(page).click()
  await expect(page.getByRole('alert')).toContainText('does not accept these settings')
  const steps = page.getByRole('spinbutton', { name: 'Steps' })
  await expect(steps).toHaveAttribute('aria-invalid', 'true')
  await expect(
    page.locator('p[id$="-problem"]', { hasText: 'Must be less than or equal to 500' }),
  ).toBeVisible()
  await steps.fill('20')
  await expect(steps).toHaveAttribute('aria-invalid', 'false')
})

test('429: counts down, sends once more, and only once more; an unknown status is shown, and followed on', async ({
  page,
  server,
  clean,
  ready,
}) => {
  clean.allow(/status of 429/)
  const statuses = ['warming-up']
  const api = server.mount({
    statuses,
    onCreate: (call, number) => {
      if (number > 0) return false
      call.json(429, { detail: 'Request was throttled.' }, { 'retry-after': '2' })
      return true
    },
  })
  await ready({ on: api })
  await runButton(page).click()
  await expect(page.getByRole('status', { name: status })).toContainText('is busy')
  await expect(page.getByText('Backend says: warming-up')).toBeVisible()
  statuses[0] = 'succeeded'
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  const [first, second] = api.creates()
  expect(api.creates()).toHaveLength(2)
  expect(second!.at - first!.at).toBeGreaterThan(1900)
})

test('double click, Enter and a key at once: one request; an output of another size is scaled, never stretched', async ({
  page,
  server,
  ready,
}) => {
  const api = server.mount({ outputSize: { width: 512, height: 512 } })
  await ready({ on: api, size: [900, 600] })
  await page.evaluate(() => {
    const run = [...document.querySelectorAll('button')].find(
      (button) => button.textContent?.trim() === 'Run',
    )!
    run.click()
    run.click()
    dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', ctrlKey: true }))
  })
  await expect(page.getByText('The backend returned 512 × 512 px')).toBeVisible()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  expect(api.creates()).toHaveLength(1)
})

test('Test connection tells what is wrong; the token stays in the tab, and goes nowhere else', async ({
  page,
  server,
  clean,
  context,
}) => {
  clean.allow(/Failed to load resource|ERR_/)
  const api = server.mount({ token: 'r8_secret' })
  const other = server.mount()
  await page.goto('/')
  const dialog = await backendDialog(page)
  const check = dialog.getByRole('button', { name: 'Test connection' })
  await dialog.getByRole('textbox', { name: 'Backend URL' }).fill('http://127.0.0.1:9/v1')
  await check.click()
  await expect(dialog.getByText('cannot be reached')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Backend URL' }).fill(api.base)
  await check.click()
  await expect(dialog.getByText('does not accept the API token')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'API token' }).fill('r8_secret')
  await check.click()
  await expect(dialog.getByText(/Connected in \d+ ms/)).toBeVisible()
  await expect(dialog.getByRole('textbox', { name: 'API token' })).toHaveAttribute('type', 'password')

  const stored = await page.evaluate(() => [JSON.stringify(localStorage), JSON.stringify(sessionStorage)])
  expect(stored[0]).not.toContain('r8_secret')
  expect(stored[1]).toContain('r8_secret')
  await dialog.getByRole('checkbox', { name: /Remember the token/ }).check()
  await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toContain('r8_secret')
  const second = await context.newPage()
  await second.goto('/')
  await second.evaluate(([, session]) => {
    for (const [key, value] of Object.entries(JSON.parse(session!) as Record<string, string>)) {
      sessionStorage.setItem(key, value)
    }
  }, stored)
  const ofSecond = () => second.evaluate(() => JSON.stringify(sessionStorage))
  expect(await ofSecond()).toContain('r8_secret')
  await dialog.getByRole('button', { name: 'Forget token' }).click()
  await expect.poll(ofSecond).not.toContain('r8_secret')
  const state =
    JSON.stringify(await context.storageState({ indexedDB: true })) +
    (await page.evaluate(() => JSON.stringify(sessionStorage)))
  expect(state).not.toContain('r8_secret')

  // A token of one origin is not offered to another.
  const elsewhere = new FakeReplicate()
  await elsewhere.start()
  const foreign = elsewhere.mount()
  await dialog.getByRole('textbox', { name: 'API token' }).fill('r8_secret')
  await dialog.getByRole('textbox', { name: 'Backend URL' }).fill(foreign.base)
  await check.click()
  await expect(dialog.getByText(/Connected/)).toBeVisible()
  expect(foreign.seen.length).toBeGreaterThan(0)
  expect(foreign.seen.every(({ authorization }) => authorization === null)).toBe(true)
  expect(other.seen).toHaveLength(0)
  await elsewhere.stop()
})

test('the proxy of the page holds the key: the page never has it', async ({ page, request, ready }) => {
  const upstream = new FakeReplicate()
  await upstream.start(Number(process.env['E2E_UPSTREAM_PORT']))
  const api = upstream.mount({ token: 'r8_only_for_tests' }, '/upstream')
  await ready()
  // The server has a key, so the page offers to use it.
  await page
    .getByRole('combobox', { name: 'Backend', exact: true })
    .selectOption('Replicate (key on this server)')
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a test')
  await runButton(page).click()
  // The outputs lie on the upstream's http origin, which only the proxy may read.
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  const outputs = api.seen.filter(({ path }) => path.startsWith('/out/'))
  expect(outputs.map(({ authorization }) => authorization)).toEqual([null])
  expect(api.creates()).toHaveLength(1)
  expect(api.creates()[0]!.authorization).toBe('Bearer r8_only_for_tests')

  const before = api.seen.length
  const tries = [
    request.post('/replicate/v1/predictions', { headers: { origin: 'http://evil.example' }, data: {} }),
    request.post('/replicate/v1/predictions', { headers: { 'sec-fetch-site': 'cross-site' }, data: {} }),
    request.post('/replicate/v1/predictions', { headers: { 'content-type': 'text/plain' }, data: '{}' }),
    request.get('/replicate/v1/account'),
    request.get('/replicate/v1/predictions/..%2f..%2faccount'),
    request.delete('/replicate/v1/predictions/x'),
    request.post('/replicate/v1/files', { multipart: { content: 'x' } }),
    request.get('/replicate/v1/predictions', { headers: { host: 'rebind.example' } }),
  ]
  const answers = await Promise.all(tries)
  expect(answers.map((answer) => answer.status())).toEqual([403, 403, 415, 404, 404, 404, 415, 403])
  for (const answer of answers)
    expect(JSON.stringify(answer.headers()) + (await answer.text())).not.toContain('r8_only')
  expect(api.seen.slice(before)).toEqual([])
  await upstream.stop()
})

test('a blank picture of a safety check is said to be one; Details has the log while a run is on and after it', async ({
  page,
  server,
}) => {
  const statuses = ['processing']
  const api = server.mount({ blank: true, statuses })
  await page.goto('/')
  await openPicture(page, picture(600, 400))
  await chooseBackend(page, api.base)
  await paintSomething(page)
  await runButton(page).click()
  const dialog = page.getByRole('dialog', { name: 'What was sent' })
  await page.getByRole('button', { name: 'Details' }).click()
  await expect(dialog.getByRole('region', { name: 'Log' })).toContainText('Using seed: 4242')
  await page.keyboard.press('Escape')
  statuses.push('succeeded')
  const output = page.getByRole('figure', { name: 'Output 1' })
  const sentence = 'The backend’s safety check returned a blank picture'
  await expect(output.getByRole('note')).toContainText(`${sentence}: Potential NSFW content was detected`)
  await expect(page.getByRole('status', { name: status })).toContainText(sentence)

  await page.reload()
  await page.getByRole('list', { name: 'Runs' }).getByRole('button', { name: /Done/ }).click()
  await expect(output.getByRole('note')).toContainText('Potential NSFW content was detected')
  await page.getByRole('button', { name: 'Details' }).click()
  await expect(dialog.getByRole('region', { name: 'Log' })).toContainText('A black image will be returned')
})

test('a gateway with the models’ own paths only runs an official model and any other', async ({
  page,
  server,
  clean,
}) => {
  clean.allow(/status of 404/)
  const api = server.mount({ gateway: true, routes: 'models', sync: true })
  await page.goto('/')
  await openPicture(page, picture(600, 400))
  await chooseBackend(page, api.base)
  await paintSomething(page)
  await runButton(page).click()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  await page.getByRole('radio', { name: 'Edit', exact: true }).check()
  await page.getByRole('combobox', { name: 'Model' }).selectOption('FLUX fill pro')
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a door')
  await runButton(page).click()
  await expect.poll(() => api.predictions.size).toBe(2)
  // The connection test has told where: nothing was asked for in vain.
  expect(api.creates().map(({ path }) => path)).toEqual([
    '/models/stability-ai/stable-diffusion-inpainting/predictions',
    '/models/black-forest-labs/flux-fill-pro/predictions',
  ])
})

test('an address that the page’s own policy refuses is named with the remedy', async ({ page, clean }) => {
  clean.allow(/Content Security Policy|ERR_|Failed to load|request to http:\/\/192/)
  await page.goto('/')
  const dialog = await backendDialog(page)
  await dialog.getByRole('textbox', { name: 'Backend URL' }).fill('http://192.168.1.5:5000/v1')
  await dialog.getByRole('button', { name: 'Test connection' }).click()
  await dialog.getByText('More', { exact: true }).click()
  await expect(dialog.getByText('PENTIMENTO_CONNECT="http://192.168.1.5:5000" npm start')).toBeVisible()
})
