import type { Browser, Page } from '@playwright/test'
import {
  expect,
  exportedMask,
  openPicture,
  openSample,
  paintSomething,
  picture,
  runButton,
  test,
  chooseBackend,
} from './fixtures'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

async function copyLink(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByText(/^Link copied/)).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  return page.evaluate(() => navigator.clipboard.readText())
}

async function freshPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } })
  return context.newPage()
}

test('a link restores picture, mask, every form value and the model version in a fresh profile', async ({
  page,
  browser,
  server,
}) => {
  const api = server.mount({ sync: true })
  await openSample(page, 'Coffee')
  await chooseBackend(page, api.base, 'r8_secret')
  await page.getByRole('button', { name: 'Backend', exact: true }).click()
  await page.getByRole('textbox', { name: 'Model version' }).fill('0123456789abcdef')
  await page.getByRole('button', { name: 'Done' }).click()
  await paintSomething(page)
  await page.keyboard.press('e')
  await paintSomething(page)
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('ein Löffel 勺子 🥄')
  await page.getByRole('textbox', { name: 'Negative prompt' }).fill('blur')
  await page.getByRole('combobox', { name: 'Scheduler' }).selectOption('KLMS')
  await page.getByRole('spinbutton', { name: 'Steps' }).fill('33')
  await page.getByRole('spinbutton', { name: 'Guidance scale' }).fill('9.5')
  await page.getByRole('spinbutton', { name: 'Outputs' }).fill('3')
  await page.getByRole('spinbutton', { name: 'Seed' }).fill('99')
  await page.getByRole('spinbutton', { name: 'Width' }).fill('512')
  await page.getByRole('spinbutton', { name: 'Height' }).fill('320')
  await page.getByRole('switch', { name: 'Disable safety checker' }).check()
  const mask = await exportedMask(page)
  const link = await copyLink(page)
  expect(link).not.toContain('r8_secret')
  expect(link.length).toBeLessThan(4000)

  const other = await freshPage(browser)
  await other.goto(link)
  // The backend in the link is shown and confirmed before anything is loaded.
  const dialog = other.getByRole('dialog', { name: 'Open this link?' })
  await expect(dialog).toContainText(api.base)
  await dialog.getByRole('button', { name: 'Open with this backend' }).click()
  await expect(other.getByText('coffee.jpg')).toBeVisible()
  await expect(other.getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue('ein Löffel 勺子 🥄')
  await expect(other.getByRole('textbox', { name: 'Negative prompt' })).toHaveValue('blur')
  await other.getByText('More settings').click()
  await expect(other.getByRole('combobox', { name: 'Scheduler' })).toHaveValue('KLMS')
  for (const [name, value] of [
    ['Steps', '33'],
    ['Guidance scale', '9.5'],
    ['Outputs', '3'],
    ['Seed', '99'],
    ['Width', '512'],
    ['Height', '320'],
  ] as const) {
    await expect(other.getByRole('spinbutton', { name })).toHaveValue(value)
  }
  await expect(other.getByRole('switch', { name: 'Disable safety checker' })).toBeChecked()
  expect(Buffer.compare((await exportedMask(other)).data, mask.data)).toBe(0)
  expect(other.url()).not.toContain('#p1')
  await other.getByRole('button', { name: 'Backend', exact: true }).click()
  await expect(other.getByRole('textbox', { name: 'Model version' })).toHaveValue('0123456789abcdef')
  // Nothing ran by itself, and no token came along: what was seen is the first page's connection test.
  expect(api.seen.map(({ path }) => path)).toEqual(['/predictions'])
  await other.getByRole('button', { name: 'Done' }).click()
  await runButton(other).click()
  await expect.poll(() => api.creates().length).toBe(1)
  expect(api.creates()[0]!.authorization).toBeNull()
  await other.context().close()
})

test('hand-written links fill the form by field name, and run nothing', async ({ page, server }) => {
  await page.goto('/')
  await chooseBackend(page, server.mount().base)
  await page.goto(
    '/?image=/samples/rocket.jpg&prompt=A+quiet+pad&scheduler=DDIM&steps=12&guidance_scale=4&bogus=1',
  )
  await expect(page.getByText('rocket.jpg')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue('A quiet pad')
  await expect(page.getByRole('combobox', { name: 'Scheduler' })).toHaveValue('DDIM')
  await expect(page.getByRole('spinbutton', { name: 'Steps' })).toHaveValue('12')
  await expect(page.getByRole('spinbutton', { name: 'Guidance scale' })).toHaveValue('4')
  await expect(page.getByText('bogus')).toBeVisible()
  await expect(page.getByRole('list', { name: 'Runs' })).toHaveCount(0)
  expect(new URL(page.url()).search).toBe('')
})

test('a link that cannot be read gives a message and an empty editor', async ({ page }) => {
  for (const [address, message] of [
    ['/#p1=AAAAhello', 'damaged and cannot be read'],
    ['/?image=javascript:alert(1)', 'not the address of a picture'],
  ] as const) {
    // Another address of the same page would be no visit of its own.
    await page.goto('about:blank')
    await page.goto(address)
    await expect(page.getByRole('alert')).toContainText(message)
    await expect(page.getByRole('group', { name: 'Samples' })).toBeVisible()
  }
})

test('a link that unpacks a thousandfold is stopped', async ({ page }) => {
  await page.goto('/')
  const bomb = await page.evaluate(async () => {
    const stream = new Blob([new Uint8Array(40_000_000)])
      .stream()
      .pipeThrough(new CompressionStream('deflate-raw'))
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer())
    let text = ''
    for (const byte of bytes) text += String.fromCharCode(byte)
    return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  })
  await page.goto(`/#p1=${bomb}`)
  await expect(page.getByRole('alert')).toContainText('too large')
})

test('a link in a tab with work asks before it replaces it', async ({ page }) => {
  await openSample(page, 'Cat')
  await page.evaluate(() => {
    location.hash = 'sample=rocket&prompt=x'
  })
  const dialog = page.getByRole('dialog', { name: 'Open this link?' })
  await expect(dialog).toContainText('will be replaced')
  await dialog.getByRole('button', { name: 'Ignore the link' }).click()
  await expect(page.getByText('chelsea.jpg')).toBeVisible()
})

test('a link about a file asks for it, puts the mask on it, and holds what is asked of the engine', async ({
  page,
  browser,
}) => {
  await page.goto('/')
  await openPicture(page, picture(640, 480), 'mine.png')
  await paintSomething(page)
  await page.getByRole('combobox', { name: 'Fill quality' }).selectOption('Best')
  const mask = await exportedMask(page)
  const link = await copyLink(page)
  const other = await freshPage(browser)
  await other.goto(link)
  await expect(other.getByText('This link is for the file mine.png')).toBeVisible()
  await openPicture(other, picture(640, 480), 'mine.png')
  await expect(other.getByRole('combobox', { name: 'Fill quality' })).toHaveValue('best')
  expect(Buffer.compare((await exportedMask(other)).data, mask.data)).toBe(0)
  await other.context().close()
})
