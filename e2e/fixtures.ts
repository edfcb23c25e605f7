import { readFileSync } from 'node:fs'
import { type Locator, type Page, test as base, expect } from '@playwright/test'
import { decode, encode } from 'fast-png'
import type { GrayImage } from '../src/core/image/raster'
import { FakeReplicate } from '../src/backends/replicate/fakeReplicate.testkit'

interface ReadyOptions {
  /** The API to run on; the fill on this device without one. */
  readonly on?: { readonly base: string }
  readonly token?: string
  /** The picture's width and height, px. */
  readonly size?: readonly [width: number, height: number]
  /** false leaves the mask empty. */
  readonly paint?: boolean
  /** With an API: models ask for one. */
  readonly prompt?: string
}

interface Fixtures {
  /** Opens the page with a picture, a stroke in its middle and the backend: what a run needs. */
  readonly ready: (options?: ReadyOptions) => Promise<void>
  /** What the page must not do without a test asking for it: console errors, exceptions, requests off this machine. */
  readonly clean: { allow(pattern: RegExp): void }
}

/** Journeys: each from a fresh context, with a predictions server of its own worker. */
/** What the connection test asks for where a server has no list of predictions, or wants a token first. */
const PROBED = /\/(predictions|pentimento-connection-test)$/

export const test = base.extend<Fixtures, { readonly server: FakeReplicate }>({
  server: [
    async ({}, use) => {
      const server = new FakeReplicate()
      await server.start()
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],
  page: async ({ page }, provide) => {
    // While nothing listens, a chooser is the browser's own: one that a key opens is there before the test asks for it.
    page.on('filechooser', () => {})
    await provide(page)
  },
  ready: async ({ page }, provide) => {
    await provide(async ({ on, token, size: [width, height] = [600, 400], paint = true, prompt } = {}) => {
      const stored = on && (await page.addInitScript(storeBackend, { url: on.base, token }))
      await page.goto('/')
      await stored?.dispose()
      await openPicture(page, picture(width, height))
      if (on) await fillPrompt(page, prompt)
      if (paint) await paintSomething(page)
    })
  },
  clean: [
    async ({ context }, use) => {
      const problems: string[] = []
      const allowed: RegExp[] = []
      const note = (text: string) => {
        if (!allowed.some((pattern) => pattern.test(text))) problems.push(text)
      }
      context.on('console', (message) => {
        // The browser lists each answer with an error status, also those that tell the connection test what it asks.
        if (PROBED.test(message.location().url) && /status of 40[145]/.test(message.text())) return
        // As in a browser that has none, or refuses it.
        if (message.text() === 'Service Worker registration blocked by Playwright') return
        if (['error', 'warning'].includes(message.type())) note(`${message.type()}: ${message.text()}`)
      })
      context.on('weberror', (error) => note(`exception: ${error.error().message}`))
      context.on('request', (request) => {
        const { hostname, protocol } = new URL(request.url())
        if (protocol.startsWith('http') && hostname !== '127.0.0.1') note(`request to ${request.url()}`)
      })
      await context.addInitScript(unfoldForm)
      await use({ allow: (pattern) => allowed.push(pattern) })
      expect(problems).toEqual([])
    },
    { auto: true },
  ],
})

/** Journeys fill fields that the form folds away at first; a click on "More settings" in each would be one more step. */
function unfoldForm(): void {
  const name = 'pentimento.settings'
  try {
    if (localStorage.getItem(name) === null)
      localStorage.setItem(name, JSON.stringify({ state: { moreOpen: true }, version: 1 }))
  } catch {
    // A page whose storage is blocked by its test.
  }
}

/** As an earlier visit has left it: journeys about choosing a backend go through its dialog. */
function storeBackend({ url, token }: { url: string; token: string | undefined }): void {
  const state = { moreOpen: true, backendId: 'replicate', backendUrl: url }
  localStorage.setItem('pentimento.settings', JSON.stringify({ state, version: 1 }))
  if (token !== undefined)
    sessionStorage.setItem('pentimento.tokens', JSON.stringify({ [new URL(url).origin]: token }))
}

export { expect }

/** A picture whose every pixel tells where it is. */
export function picture(width: number, height: number): Buffer {
  const data = new Uint8Array(width * height * 3)
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      data[at++] = (x * 255) / width
      data[at++] = (y * 255) / height
      data[at++] = ((x >> 4) + (y >> 4)) % 2 ? 90 : 150
    }
  return Buffer.from(encode({ width, height, data, channels: 3, depth: 8 }))
}

export async function openPicture(page: Page, buffer: Buffer, name = 'photo.png'): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer })
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
  await expect(page.getByText(name, { exact: true })).toBeVisible()
  await commandsAreThere(page)
}

/** Keys count from then on: the commands come with the skip links. A tool's key before would miss the next press. */
export async function commandsAreThere(page: Page): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Skip links' })).toBeAttached()
}

/** All that was done is on disk from then on: the list of states waits for what is being written. */
export async function waitUntilStored(page: Page): Promise<void> {
  const states = page.getByRole('list', { name: 'States' })
  await page.getByRole('button', { name: 'States' }).click()
  await expect(states).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(states).toBeHidden()
}

export async function openSample(page: Page, name: string): Promise<void> {
  await page.goto('/')
  await page
    .getByRole('group', { name: 'Samples' })
    .getByRole('button', { name: new RegExp(name) })
    .click()
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
  await commandsAreThere(page)
}

/** Where an image point is on the page, for an image whose middle is in the middle of the canvas. */
export async function screenPoint(
  page: Page,
  image: { width: number; height: number },
  point: { x: number; y: number },
): Promise<{ x: number; y: number }> {
  const [canvas, zoom, ratio] = await Promise.all([
    page.getByRole('region', { name: 'Canvas' }).boundingBox(),
    zoomOf(page),
    page.evaluate(() => devicePixelRatio),
  ])
  const box = canvas!
  return {
    x: box.x + box.width / 2 + ((point.x - image.width / 2) * zoom) / ratio,
    y: box.y + box.height / 2 + ((point.y - image.height / 2) * zoom) / ratio,
  }
}

export async function zoomOf(page: Page): Promise<number> {
  return Number.parseFloat((await page.getByRole('status', { name: 'Zoom' }).textContent())!) / 100
}

/** Where an element is, CSS px, once it stands still: a gesture that begins before would miss it. */
export async function restingBox(
  element: Locator,
): Promise<{ x: number; y: number; width: number; height: number }> {
  return element.evaluate(
    (one) =>
      new Promise((resolve) => {
        let before = ''
        let frames = 0
        const look = () => {
          const { x, y, width, height } = one.getBoundingClientRect()
          const now = [x, y, width, height].join(' ')
          frames = now === before ? frames + 1 : 0
          before = now
          if (frames > 2) resolve({ x, y, width, height })
          else requestAnimationFrame(look)
        }
        look()
      }),
  )
}

/** A screenshot, once several in a row are the same: what was chosen is drawn some frames later. */
export async function restingShot(shot: () => Promise<Buffer>): Promise<Buffer> {
  let last = await shot()
  let same = 0
  const look = async () => {
    const next = await shot()
    same = next.equals(last) ? same + 1 : 0
    last = next
    return same
  }
  await expect.poll(look, { intervals: [30] }).toBeGreaterThan(2)
  return last
}

/** Drags through screen points with the mouse. */
export async function drag(page: Page, ...points: { x: number; y: number }[]): Promise<void> {
  await page.mouse.move(points[0]!.x, points[0]!.y)
  await page.mouse.down()
  for (const { x, y } of points.slice(1)) await page.mouse.move(x, y, { steps: 8 })
  await page.mouse.up()
}

/** The mask as its export gives it: one byte a pixel. */
export async function exportedMask(page: Page): Promise<GrayImage> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export mask' }).click()
  const download = await downloading
  const png = decode(readFileSync(await download.path()))
  expect(png.channels).toBe(1)
  expect(png.depth).toBe(8)
  return { width: png.width, height: png.height, data: new Uint8Array(png.data) }
}

/** The middle of what is masked, weighted by coverage; image px. */
export function centroid(mask: { width: number; data: Uint8Array }): { x: number; y: number; sum: number } {
  let x = 0
  let y = 0
  let sum = 0
  mask.data.forEach((value, i) => {
    x += value * ((i % mask.width) + 0.5)
    y += value * (Math.floor(i / mask.width) + 0.5)
    sum += value
  })
  return { x: x / sum, y: y / sum, sum }
}

/** Paints a short stroke in the middle of the canvas. */
export async function paintSomething(page: Page): Promise<void> {
  const box = (await page.getByRole('region', { name: 'Canvas' }).boundingBox())!
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  await drag(page, { x: middle.x - 40, y: middle.y }, { x: middle.x + 40, y: middle.y + 20 })
}

/** The backend dialog, with the fields of an API's address. */
export async function backendDialog(page: Page) {
  await page.getByRole('button', { name: 'Backend', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Backend' })
  await dialog.getByRole('radio', { name: /^Replicate or a compatible API/ }).check()
  return dialog
}

/** Chooses the page's language or theme, in its preferences. */
export async function choosePreference(page: Page, name: 'Language' | 'Theme', label: string): Promise<void> {
  await page.locator('[data-area=top] .lucide-settings').click()
  const dialog = page.getByRole('dialog', { name: /^(Preferences|偏好设置)$/ })
  await dialog.getByRole('combobox', { name }).selectOption({ label })
  await page.keyboard.press('Escape')
}

/** Chooses a backend address in the dialog, and a prompt: Run asks for one there. */
export async function chooseBackend(page: Page, url: string, token?: string): Promise<void> {
  const dialog = await backendDialog(page)
  await dialog.getByRole('textbox', { name: 'Backend URL' }).fill(url)
  if (token !== undefined) await dialog.getByRole('textbox', { name: 'API token' }).fill(token)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(dialog).toBeHidden()
  await fillPrompt(page)
}

/** Models ask for a prompt. @param text where left out, one that stands there stays */
async function fillPrompt(page: Page, text?: string): Promise<void> {
  // On small screens the form is behind a button.
  if ((page.viewportSize()?.width ?? 0) < 1024) return
  const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true })
  await expect(prompt).toBeVisible()
  if (text !== undefined) await prompt.fill(text)
  else if ((await prompt.inputValue()) === '') await prompt.fill('a test')
}

export function runButton(page: Page) {
  return page.getByRole('button', { name: 'Run', exact: true })
}
