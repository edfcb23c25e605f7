import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from '@playwright/test'
import { findBrowser } from '../scripts/browser.mjs'
import {
  drag,
  expect,
  exportedMask,
  openPicture,
  paintSomething,
  picture,
  test,
  waitUntilStored,
} from './fixtures'

/** How many steps the browser has stored: a crash waits for them, as what takes how long is a law of documents.test.ts. */
function storedSteps(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const all = await indexedDB.databases()
    if (!all.some(({ name }) => name === 'pentimento')) return 0
    return new Promise<number>((resolve, reject) => {
      const opening = indexedDB.open('pentimento')
      opening.addEventListener('error', () => reject(new Error('no database')))
      opening.addEventListener('success', () => {
        const db = opening.result
        const counting = db.transaction('steps').objectStore('steps').count()
        counting.addEventListener('success', () => {
          db.close()
          resolve(counting.result)
        })
      })
    })
  })
}

const canvas = (page: Page) => page.getByRole('region', { name: 'Canvas' })
const card = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Continue with' }).getByRole('button', { name: new RegExp(name) })

/** Paints strokes at places that a seed gives. */
async function paintStrokes(page: Page, seed: number, count: number): Promise<void> {
  const box = (await canvas(page).boundingBox())!
  for (let n = 0; n < count; n++) {
    const at = (k: number) => 0.3 + ((seed * 7 + n * 13 + k * 29) % 40) / 100
    const point = (k: number) => ({ x: box.x + box.width * at(k), y: box.y + box.height * at(k + 1) })
    await drag(page, point(0), point(2))
  }
}

/** Opens the last document from the start page. */
async function goOn(page: Page, name: string): Promise<void> {
  await page.goto('/')
  await card(page, name).click()
  await expect(canvas(page)).toBeVisible()
}

test('a tab that crashes: the start page goes on with the picture, every finished stroke is there', async ({
  context,
  page,
}) => {
  await page.goto('/')
  await openPicture(page, picture(640, 480), 'mine.png')
  let now = page
  for (const seed of [3, 8]) {
    const before = await storedSteps(now)
    await paintStrokes(now, seed, 2)
    const { data } = await exportedMask(now)
    // A stroke that lasts is counted before it is whole.
    await waitUntilStored(now)
    expect(await storedSteps(now)).toBe(before + 2)
    const cdp = await context.newCDPSession(now)
    const crashed = now.waitForEvent('crash')
    // Its answer never comes.
    void cdp.send('Page.crash').catch(() => {})
    await crashed
    const next = await context.newPage()
    await now.close()
    await goOn(next, 'mine.png')
    expect(Buffer.compare((await exportedMask(next)).data, data)).toBe(0)
    now = next
  }
})

test('a browser that is killed, in the middle of a stroke too: what was painted comes back', async ({
  baseURL,
}, { outputDir }) => {
  const folder = join(outputDir, 'profile')
  const launch = async (): Promise<BrowserContext> =>
    chromium.launchPersistentContext(folder, { ...(await findBrowser()), baseURL: baseURL! })
  let context = await launch()
  let page = context.pages()[0]
  await page.goto('/')
  await openPicture(page, picture(640, 480), 'mine.png')
  await paintStrokes(page, 5, 1)
  const finished = await exportedMask(page)
  // A stroke that lasts is written meanwhile.
  const box = (await canvas(page).boundingBox())!
  await page.mouse.move(box.x + 40, box.y + 40)
  await page.mouse.down()
  await page.mouse.move(box.x + 240, box.y + 60, { steps: 5 })
  await expect.poll(() => storedSteps(page)).toBe(2)
  const browser = context.browser()!
  const cdp = await browser.newBrowserCDPSession()
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo')
  const closed = context.waitForEvent('close')
  process.kill(processInfo.find(({ type }) => type === 'browser')!.id, 'SIGKILL')
  await closed
  for (const name of ['Lock', 'Cookie', 'Socket']) await rm(join(folder, `Singleton${name}`), { force: true })
  context = await launch()
  page = context.pages()[0]
  await goOn(page, 'mine.png')
  const { data } = await exportedMask(page)
  expect(data.filter((value, i) => value < finished.data[i]!)).toHaveLength(0)
  expect(Buffer.compare(data, finished.data)).not.toBe(0)
  await context.close()
})

test('a full disk says so and costs nothing: once there is room, all is written', async ({
  context,
  page,
}) => {
  await page.goto('/')
  const cdp = await context.newCDPSession(page)
  const { origin } = new URL(page.url())
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
  await openPicture(page, picture(640, 480), 'mine.png')
  await paintSomething(page)
  const note = page.getByText('storage of this page is full')
  await expect(note).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save as a file' })).toBeVisible()
  await cdp.send('Storage.overrideQuotaForOrigin', { origin })
  await page.keyboard.press('i')
  await expect(note).toBeHidden()
  const { data } = await exportedMask(page)
  await waitUntilStored(page)
  await page.reload()
  await expect(page.getByText('mine.png')).toBeVisible()
  expect(Buffer.compare((await exportedMask(page)).data, data)).toBe(0)
})

test('a copy of the tab only shows the picture until it takes over; states are gone back to', async ({
  context,
  page,
}) => {
  await page.goto('/')
  await openPicture(page, picture(640, 480), 'mine.png')
  await paintSomething(page)
  const first = await exportedMask(page)
  const opening = context.waitForEvent('page')
  // What a tab notes is copied with it.
  await page.evaluate(() => void open(location.href))
  const copy = await opening
  await copy.getByRole('button', { name: 'Take over' }).click()
  await expect(page.getByRole('button', { name: 'Take over' })).toBeVisible()
  await expect(copy.getByRole('button', { name: 'Take over' })).toBeHidden()
  await copy.keyboard.press('i')
  await copy.keyboard.press('Control+z')
  await paintStrokes(copy, 4, 1)
  await copy.getByRole('button', { name: 'States' }).click()
  const states = copy.getByRole('list', { name: 'States' }).getByRole('button')
  await expect(states).toHaveCount(4)
  // What was undone is a branch.
  await states.nth(2).click()
  await expect(copy.getByRole('dialog')).toBeHidden()
  await expect
    .poll(async () => (await exportedMask(copy)).data.every((value, i) => value === 255 - first.data[i]!))
    .toBe(true)
})
