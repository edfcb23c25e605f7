// @ts-check
// The longest tasks of the page's thread from Run to Export: a part of npm run bench -- --results.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { longestTask, png } from './benchFill.mjs'
import { drawHistory } from './benchStrokes.mjs'
import { startSourceServer } from './sourceServer.mjs'

const SIZES = [
  [4000, 3000],
  [8192, 6144],
]
const STROKES = 200
/** What a law of the page allows, ms. */
const MAX_TASK_MS = 50
/** After a step the page works on: bitmaps, files and undo. */
const REST_MS = 2500

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address of the page
 * @param {boolean} quick 12 MP only
 */
export async function benchTasks(browser, address, quick) {
  const source = await startSourceServer()
  const { FakeReplicate } = /** @type {typeof import('../src/backends/replicate/fakeReplicate.testkit')} */ (
    await source.ssrLoadModule('/src/backends/replicate/fakeReplicate.testkit.ts')
  )
  const server = new FakeReplicate()
  await server.start()
  for (const [width, height] of SIZES.slice(0, quick ? 1 : SIZES.length)) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-'))
    const picture = join(folder, 'bench.png')
    writeFileSync(picture, png(width, height, 3))
    console.log(`${Math.round((width * height) / 1e6)} MP: longest task of the page's thread, ms`)
    await steps(browser, address, picture, server)
    // A larger picture may not be extended so far.
    if (width * height < 20e6) await reframed(browser, address, picture)
    rmSync(folder, { recursive: true })
  }
  await server.stop()
  await source.close()
}

/** @param {import('@playwright/test').Browser} browser @param {string} address @param {string} picture its file */
async function open(browser, address, picture) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  page.setDefaultTimeout(180_000)
  await page.goto(address)
  // A path: bytes that are sent to the page would stay in its memory.
  await page.locator('input[type=file]').setInputFiles(picture)
  await page.locator('[data-pane=editor] canvas').first().waitFor()
  await page.waitForTimeout(REST_MS)
  /** @param {string} what @param {() => Promise<unknown>} work */
  const step = async (what, work) => {
    await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] })
    await work()
    await page.waitForTimeout(REST_MS)
    const { cpu, wall } = longestTask(await browser.stopTracing())
    const over = cpu > MAX_TASK_MS ? '   over 50' : ''
    console.log(`  ${what.padEnd(58)}${cpu.toFixed(0).padStart(5)}   (clock ${wall.toFixed(0)})${over}`)
  }
  return { page, step }
}

/**
 * The whole picture is masked, the most that can be sent, composed and blended.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address
 * @param {string} picture its file
 * @param {import('../src/backends/replicate/fakeReplicate.testkit').FakeReplicate} server
 */
async function steps(browser, address, picture, server) {
  const { page, step } = await open(browser, address, picture)
  const { base } = server.mount({ sync: true })
  await page.getByRole('button', { name: 'Backend', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Backend' })
  await dialog.getByRole('radio', { name: /^Replicate or a compatible API/ }).check()
  await dialog.getByRole('textbox', { name: 'Backend URL' }).fill(base)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a bench')
  await page.getByRole('button', { name: 'Invert mask' }).click()
  await page.waitForTimeout(REST_MS)
  await step('Run: cropped, scaled, encoded, sent; placed, compared, stored', async () => {
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByRole('figure', { name: 'Output 1' }).waitFor()
  })
  const ways = page.getByRole('radiogroup', { name: 'Compare' })
  await step('Difference', () => ways.getByRole('radio', { name: 'Difference' }).check())
  await ways.getByRole('radio', { name: 'Side by side' }).check()
  await step('Apply', async () => {
    await page.getByRole('button', { name: 'Apply output 1', exact: true }).click()
    await page.locator('[data-pane=editor] canvas').first().waitFor()
  })
  const patch = page.getByRole('list', { name: 'Patches' }).getByRole('listitem').first()
  const choose = patch.locator('button[aria-expanded]').first()
  if ((await choose.getAttribute('aria-expanded')) === 'false') await choose.click()
  for (const name of ['Opacity', 'Feather', 'Grow']) {
    const slider = patch.getByRole('slider', { name, exact: true })
    await slider.scrollIntoViewIfNeeded()
    const box = await slider.boundingBox()
    if (!box) throw new Error(`no slider ${name}`)
    await step(`${name} dragged, 40 frames, and settled`, async () => {
      const y = box.y + box.height / 2
      await page.mouse.move(box.x + box.width / 2, y)
      await page.mouse.down()
      for (let k = 0; k < 40; k++) {
        await page.mouse.move(box.x + box.width * (0.5 + 0.4 * Math.sin(k / 6)), y)
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
      }
      await page.mouse.up()
    })
  }
  await step('Undo', () => page.getByRole('button', { name: 'Undo', exact: true }).click())
  await step('Export as PNG', async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    const downloading = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'PNG' }).click()
    await downloading
  })
  await page.close()
}

/** @param {import('@playwright/test').Browser} browser @param {string} address @param {string} picture its file */
async function reframed(browser, address, picture) {
  const { page, step } = await open(browser, address, picture)
  await drawHistory(page, STROKES)
  await page.waitForTimeout(REST_MS)
  const bar = page.getByRole('group', { name: 'Extend or crop' })
  await page.getByRole('button', { name: 'Extend or crop' }).click()
  await bar.getByRole('button', { name: '× 1.25' }).click()
  await step(`extended, with ${STROKES} strokes`, async () => {
    await page.keyboard.press('Enter')
    await bar.waitFor({ state: 'hidden' })
  })
  await step('Undo of it', () => page.getByRole('button', { name: 'Undo', exact: true }).click())
  await page.getByRole('button', { name: 'Extend or crop' }).click()
  await page.getByRole('button', { name: 'More about extending and cropping' }).click()
  const before = await page.getByRole('banner').innerText()
  await step(`turned, with ${STROKES} strokes`, async () => {
    await page.getByRole('button', { name: 'Turn right' }).click()
    while ((await page.getByRole('banner').innerText()) === before) await page.waitForTimeout(100)
  })
  await page.close()
}
