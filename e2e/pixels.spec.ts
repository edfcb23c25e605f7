import type { CDPSession, Locator, Page } from '@playwright/test'
import { decode, encode } from 'fast-png'
import { expect, openPicture, paintSomething, runButton, test } from './fixtures'

const SIZES = [
  [1440, 900],
  [1366, 768],
  [1280, 720],
  [1024, 768],
  [1920, 1080],
  [1101, 701],
] as const
const RATIOS = [1, 1.1, 1.25, 1.5, 2] as const
/** What is looked at of a pane, CSS px of its middle. */
const SIDE = 40

/** Black and white pixels in turn: half a pixel off, all of it is grey. */
function checks(): Buffer {
  const width = 600
  const height = 400
  const data = new Uint8Array(width * height)
  for (let p = 0; p < data.length; p++) data[p] = ((p % width) + Math.floor(p / width)) % 2 ? 255 : 0
  return Buffer.from(encode({ width, height, data, channels: 1, depth: 8 }))
}

/** Resizes the window as a move to another screen does, while the page is open. */
async function onScreen(cdp: CDPSession, [width, height]: readonly [number, number], ratio: number) {
  await cdp.send('Emulation.setDeviceMetricsOverride', {
    width,
    height,
    deviceScaleFactor: ratio,
    mobile: false,
  })
}

/** The pixels of the screen in an area of the page, CSS px. */
async function pixelsOn(cdp: CDPSession, clip: { x: number; y: number; width: number; height: number }) {
  const { data } = await cdp.send('Page.captureScreenshot', { format: 'png', clip: { ...clip, scale: 1 } })
  return decode(Buffer.from(data, 'base64'))
}

/** 'exact' where a pane's middle shows one pixel of the picture on each of the screen, else the tones that it shows. */
async function exactness(cdp: CDPSession, pane: Locator): Promise<string> {
  const box = (await pane.boundingBox())!
  const shot = await pixelsOn(cdp, {
    x: Math.round(box.x + box.width / 2) - SIDE / 2,
    y: Math.round(box.y + box.height / 2) - SIDE / 2,
    width: SIDE,
    height: SIDE,
  })
  const { width, channels } = shot
  const first = shot.data[0]!
  const isExact = [0, 255].includes(first)
  const wrong = new Set<number>()
  for (let p = 0; p < shot.data.length / channels; p++) {
    const isFirst = ((p % width) + Math.floor(p / width)) % 2 === 0
    const wanted = isFirst ? first : 255 - first
    if (shot.data[p * channels] !== wanted) wrong.add(shot.data[p * channels]!)
  }
  return isExact && wrong.size === 0 ? 'exact' : `first ${first}, wrong ${[...wrong].join(' ')}`
}

async function start(page: Page): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page)
  await page.goto('/')
  await openPicture(page, checks())
  return cdp
}

test('100 % shows each pixel of the picture on one of the screen, whatever window and screen', async ({
  page,
}) => {
  const cdp = await start(page)
  await page.getByRole('button', { name: 'Actual size' }).click()
  const canvas = page.getByRole('region', { name: 'Canvas' })
  for (const [k, ratio] of RATIOS.entries()) {
    // Each window and each screen, in half of all pairs.
    for (const size of SIZES.filter((_, i) => (i + k) % 2 === 0)) {
      await onScreen(cdp, size, ratio)
      await expect
        .poll(() => exactness(cdp, canvas), { message: `${size.join(' x ')} at ${ratio}` })
        .toBe('exact')
    }
  }
})

test('100 % is exact in every pane of Compare', async ({ page }) => {
  const cdp = await start(page)
  await page.getByRole('button', { name: 'Actual size' }).click()
  await page.getByRole('spinbutton', { name: 'Brush size' }).fill('10')
  await paintSomething(page)
  await runButton(page).click()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  await page.getByRole('button', { name: 'Actual size' }).click()
  await page.mouse.move(5, 5)
  for (const ratio of RATIOS) {
    await onScreen(cdp, SIZES[RATIOS.indexOf(ratio)]!, ratio)
    for (const name of ['Original', 'Output 1']) {
      const pane = page.getByRole('figure', { name }).locator('[data-pane]')
      await expect.poll(() => exactness(cdp, pane), { message: `${name} at ${ratio}` }).toBe('exact')
    }
  }
})

test('the mask alone covers the picture to its last column, at every Fit', async ({ page }) => {
  const cdp = await start(page)
  await page.getByRole('button', { name: 'Mask view' }).click()
  await page.getByRole('radio', { name: 'Mask only' }).check()
  await page.keyboard.press('Escape')
  await page.mouse.move(5, 5)
  for (const size of SIZES) {
    await onScreen(cdp, size, 1)
    const tones = async () => {
      const box = (await page.getByRole('region', { name: 'Canvas' }).boundingBox())!
      const shot = await pixelsOn(cdp, {
        x: box.x,
        y: Math.round(box.y + box.height / 2),
        width: box.width,
        height: 1,
      })
      return new Set(Array.from({ length: shot.width }, (_, x) => shot.data[x * shot.channels]!))
    }
    // The ground and black. In the first and the fifth window the picture ends in the middle of a column.
    await expect.poll(async () => (await tones()).size, { message: size.join(' x ') }).toBe(2)
  }
})
