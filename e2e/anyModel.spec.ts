import type { Page } from '@playwright/test'
import { FakeCog } from '../src/backends/cog/fakeCog.testkit'
import { decodeDataUri } from '../src/backends/replicate/fakeModel.testkit'
import { backendDialog, chooseBackend, expect, picture, runButton, test } from './fixtures'

/** One pasted address is enough: what answers is found out, and its model’s form is drawn. */

async function withCog(body: (cog: FakeCog) => Promise<void>, scenario: FakeCog['scenario'] = {}) {
  const cog = new FakeCog(scenario)
  await cog.start()
  try {
    await body(cog)
  } finally {
    await cog.stop()
  }
}

/** The seeds on disk of runs that are not over. */
function storedSeeds(page: Page): Promise<number[]> {
  return page.evaluate(
    () =>
      new Promise<number[]>((resolve, reject) => {
        const opening = indexedDB.open('pentimento')
        opening.addEventListener('error', () => reject(new Error('no database')))
        opening.addEventListener('success', () => {
          const db = opening.result
          const reading: IDBRequest<{ phase: string; seeds: number[] }[]> = db
            .transaction('runs')
            .objectStore('runs')
            .getAll()
          reading.addEventListener('success', () => {
            db.close()
            resolve(reading.result.flatMap(({ phase, seeds }) => (phase === 'done' ? [] : seeds)))
          })
        })
      }),
  )
}

test.beforeEach(({ clean }) => clean.allow(/Failed to load resource|ERR_|CORS/))

test('a Cog server: found by its address, run, progress, outputs; never asked by GET', async ({
  page,
  ready,
}) => {
  await withCog(
    async (cog) => {
      await ready()
      const dialog = await backendDialog(page)
      await dialog.getByRole('textbox', { name: 'Backend URL' }).fill(cog.base)
      await dialog.getByRole('textbox', { name: 'Backend URL' }).blur()
      await expect(dialog.getByText('Cog server 0.22.0, ready')).toBeVisible()
      await expect(dialog.getByRole('radio', { name: /Cog server/ })).toBeChecked()
      await dialog.getByRole('button', { name: 'Done' }).click()
      await expect(page.getByRole('combobox', { name: 'Model' })).toHaveValue(/^cog\//)
      await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a door')
      await page.getByRole('spinbutton', { name: 'Outputs' }).fill('2')
      await runButton(page).click()
      await expect(page.getByRole('status', { name: 'Prediction status' })).toContainText(/[1-9]\d?%/)
      cog.finish()
      await expect(page.getByRole('figure', { name: 'Output 2' })).toBeVisible()
      expect(cog.inputs).toHaveLength(1)
      expect(cog.seen.filter((line) => line.startsWith('GET /predictions'))).toEqual([])
    },
    { runMs: 600_000 },
  )
})

test('a Cog run ends with its page, is offered again with its seed, and waits for a server that is off', async ({
  page,
  ready,
  clean,
}) => {
  clean.allow(/ERR_CONNECTION_REFUSED|ERR_FAILED/)
  await withCog(
    async (cog) => {
      await ready()
      let describe = () => {}
      const described = new Promise<void>((resolve) => (describe = resolve))
      await page.route('**/openapi.json', async (route) => {
        await described
        await route.continue()
      })
      await chooseBackend(page, cog.base)
      // Its own form comes while one types.
      const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true })
      await prompt.fill('a re')
      describe()
      await expect(page.getByRole('combobox', { name: 'Model' })).toHaveValue(/^cog\//)
      await page.keyboard.type('d door')
      await expect(prompt).toHaveValue('a red door')
      await runButton(page).click()
      await expect.poll(() => cog.inputs.length).toBe(1)
      await expect(page.getByRole('status', { name: 'Prediction status' })).toContainText(/[1-9] s/)
      await page.getByRole('button', { name: 'Cancel' }).click()
      await expect(runButton(page)).toBeEnabled()
      expect(cog.seen.filter((line) => line.endsWith('/cancel'))).toHaveLength(1)
      await runButton(page).click()
      await expect.poll(() => cog.inputs.length).toBe(2)
      await expect.poll(() => storedSeeds(page)).toHaveLength(1)
      await page.goto('about:blank')
      await expect.poll(() => cog.seen.filter((line) => line.endsWith('/cancel')).length).toBe(2)

      await page.goBack()
      await expect(page.getByRole('alert')).toContainText('outputs are lost')
      await page.getByRole('button', { name: 'Run again with the same seed' }).click()
      await expect.poll(() => cog.inputs.length).toBe(3)
      expect(cog.inputs[2]).toEqual(cog.inputs[1])
      await page.getByRole('button', { name: 'Cancel', exact: true }).click()

      await expect(runButton(page)).toBeEnabled()
      const port = Number(new URL(cog.base).port)
      await cog.stop()
      const status = page.getByRole('status', { name: 'Prediction status' })
      // On a busy machine a connection may be refused too late for the page to know that nothing was sent.
      await expect(async () => {
        if (await runButton(page).isVisible()) await runButton(page).click({ timeout: 2000 })
        await expect(status).toHaveText('Ready to send', { timeout: 5000 })
      }).toPass()
      await expect(page.getByRole('alert')).toContainText('Nothing was started')
      await cog.start(port)
      await page.getByRole('button', { name: 'Send', exact: true }).click()
      await expect.poll(() => cog.inputs.length).toBe(4)
      await expect(page.getByRole('alert')).toBeHidden()
    },
    { runMs: 60_000, old: true },
  )
})

test('a server that lets no page read it is told from one that is off', async ({ page, server, ready }) => {
  const api = server.mount({ cors: false })
  await ready()
  const dialog = await backendDialog(page)
  await dialog.getByRole('textbox', { name: 'Backend URL' }).fill(api.base)
  await dialog.getByRole('textbox', { name: 'Backend URL' }).blur()
  await expect(dialog.getByText('does not let this page read its answers')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Backend URL' }).fill('http://127.0.0.1:9')
  await dialog.getByRole('button', { name: 'Test connection' }).click()
  await expect(dialog.getByText('cannot be reached')).toBeVisible()
})

test('a model’s schema is loaded from the backend: its form, its mask, what fits is kept', async ({
  page,
  server,
  ready,
}) => {
  const api = server.mount({ sync: true })
  await ready({ on: api, prompt: 'a red door' })
  const dialog = await backendDialog(page)
  await dialog.getByText('Add a model').click()
  await dialog.getByRole('textbox', { name: 'Model', exact: true }).fill('some/filler')
  await dialog.getByRole('button', { name: 'Load from the backend' }).click()
  await expect(dialog.getByText('The form now shows some/filler.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('combobox', { name: 'Style', exact: true })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue('a red door')
  await expect(page.getByRole('combobox', { name: 'Mask colour' })).toHaveValue('black')
  await runButton(page).click()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  const { version, input } = api.creates()[0]!.body as { version: string; input: Record<string, unknown> }
  expect(version).toBe('f'.repeat(64))
  expect(input).toMatchObject({ prompt: 'a red door' })
  expect(input).not.toHaveProperty('style_type')
  // Black is what is repainted: the stroke lies in the middle, a corner is kept.
  const mask = decodeDataUri(input['mask'])
  expect(mask.data[0]).toBe(255)
  expect(Math.min(...mask.data)).toBe(0)
})

test('a schema is pasted; one that is none says so; every kind of field is sent, a secret is kept nowhere', async ({
  page,
  server,
  context,
  ready,
}) => {
  const api = server.mount({ sync: true })
  await ready({ on: api })
  const dialog = await backendDialog(page)
  await dialog.getByText('Add a model').click()
  await dialog.getByRole('textbox', { name: 'Input schema (JSON)' }).fill('{"hello": 1}')
  await dialog.getByRole('button', { name: 'Use this schema' }).click()
  await expect(dialog.getByText('This schema has no inputs.')).toBeVisible()
  const properties = {
    image: { type: 'string', format: 'uri' },
    mask_image: { type: 'string', format: 'uri' },
    prompt: { type: 'string' },
    tone: { type: 'integer', minimum: 1, maximum: 5, default: 3 },
    api_key: { type: 'string', format: 'password' },
    extras: { type: 'object', default: { strength: 2 } },
    style_image: { type: 'string', format: 'uri' },
  }
  await dialog.getByRole('textbox', { name: 'Model', exact: true }).fill('my/model')
  await dialog.getByRole('textbox', { name: 'Input schema (JSON)' }).fill(JSON.stringify({ properties }))
  await dialog.getByRole('button', { name: 'Use this schema' }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('spinbutton', { name: 'Tone' })).toHaveValue('3')
  const extras = page.getByRole('textbox', { name: 'Extras' })
  await expect(extras).toHaveValue('{"strength":2}')
  await extras.fill('{"strength":')
  await expect(page.getByText('Not valid JSON.')).toBeVisible()
  await expect(runButton(page)).toBeDisabled()
  await extras.fill('{"strength":3}')
  await page.getByLabel('Api key').fill('sk-hidden-one')
  await page.getByRole('textbox', { name: 'Style image' }).fill('nowhere')
  await expect(page.getByText('Enter an address (https://…) or choose a file.')).toBeVisible()
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose a file' }).click(),
  ])
  await chooser.setFiles({ name: 'style.png', mimeType: 'image/png', buffer: picture(8, 8) })
  await expect(page.getByRole('button', { name: 'Remove the file' })).toBeVisible()
  await runButton(page).click()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  const { input } = api.creates()[0]!.body as { input: Record<string, unknown> }
  expect(input).not.toHaveProperty('tone')
  expect(input).toMatchObject({ api_key: 'sk-hidden-one', extras: { strength: 3 } })
  expect(input['style_image']).toMatch(/^data:image\/png;base64,/)
  expect(input['mask_image']).toMatch(/^data:image\/png;base64,/)
  const kept =
    JSON.stringify(await context.storageState({ indexedDB: true })) +
    (await page.evaluate(() => JSON.stringify({ ...sessionStorage }) + location.href))
  expect(kept).not.toContain('sk-hidden-one')
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Model' })).toHaveValue('my/model')
})

test('the inspector shows what was sent and what came, without the key; again is one more create', async ({
  page,
  server,
  context,
  ready,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const api = server.mount({ token: 'r8_secret' })
  await ready({ on: api, token: 'r8_secret', prompt: "a cat's door" })
  await runButton(page).click()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  // With the run's end the bar's buttons are others.
  await expect(runButton(page)).toBeVisible()
  await page.getByRole('button', { name: 'Details' }).click()
  const dialog = page.getByRole('dialog', { name: 'What was sent' })
  await expect(dialog.getByText(/^image: \d+ × \d+, \d+ kB$/)).toBeVisible()
  await expect(dialog.getByText(/^mask: \d+ × \d+, \d+ kB$/)).toBeVisible()
  await expect(dialog.getByLabel('Request as JSON')).toContainText("a cat's door")
  await expect(dialog.getByText(/POST .*predictions → 201/)).toBeVisible()
  expect(await dialog.innerText()).not.toContain('r8_secret')
  await dialog.getByRole('button', { name: 'Copy as curl' }).click()
  const line = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(line).toContain('Bearer $TOKEN')
  expect(await line()).not.toContain('r8_secret')
  // It goes where the run went, whatever is chosen now.
  await page.keyboard.press('Escape')
  await chooseBackend(page, server.mount().base)
  await page.getByRole('button', { name: 'Details' }).click()
  await dialog.getByRole('button', { name: 'Run again' }).click()
  await expect.poll(() => api.creates().length).toBe(2)
  await expect(runButton(page)).toBeEnabled()
  expect(api.creates()[1]!.body).toEqual(api.creates()[0]!.body)
})

test('a model that repaints the rest is found out on its first result; one click turns the mask around', async ({
  page,
  server,
  ready,
}) => {
  const api = server.mount({ repaints: 'black' })
  await ready({ on: api })
  await runButton(page).click()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  const check = page.getByRole('list', { name: 'Mask check' })
  await expect(check).toContainText('the other way round')
  await check.getByRole('button').first().click()
  await expect(check).toBeHidden()
  await expect(page.getByRole('combobox', { name: 'Mask colour' })).toHaveValue('black')
  await runButton(page).click()
  await expect.poll(() => api.creates().length).toBe(2)
  await expect(runButton(page)).toBeEnabled()
  await expect(check).toBeHidden()
})
