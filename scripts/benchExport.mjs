// @ts-check
// Whole pictures as files, in the built page: a part of npm run bench -- --results.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { longestTask, pageProcess, png } from './benchFill.mjs'

const SIZES = [
  [4000, 3000],
  [8192, 6144],
]
const TYPES = ['PNG', 'JPEG', 'WebP']
/** As the page exports. */
const QUALITY = 0.92

/**
 * From the press to the file, and the longest task of the page's thread meanwhile; beside the browser's own encoder alone.
 * Each in a page of its own: what one holds does not count for the next.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address of the page
 * @param {boolean} quick 12 MP only
 */
export async function benchExport(browser, address, quick) {
  for (const [width, height] of SIZES.slice(0, quick ? 1 : SIZES.length)) {
    // Larger than what Playwright takes as bytes.
    const folder = mkdtempSync(join(tmpdir(), 'bench-'))
    const picture = join(folder, 'bench.png')
    // Little grain: a file of 50 MP has to be within what the page opens.
    writeFileSync(picture, png(width, height, 3))
    const mp = Math.round((width * height) / 1e6)
    for (const type of TYPES) {
      const floor = await encodeAlone(browser, picture, `image/${type.toLowerCase()}`)
      const { ms, task, peak, mb } = await exported(browser, address, picture, type)
      console.log(
        `export ${mp} MP ${type}: ${ms.toFixed(0)} ms (browser alone ${floor.toFixed(0)}), longest task ` +
          `${task.cpu.toFixed(0)} ms of CPU, ${task.wall.toFixed(0)} on the clock; file ${mb.toFixed(1)} MB, peak ${peak.toFixed(0)} MB`,
      )
    }
    rmSync(folder, { recursive: true })
  }
}

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address
 * @param {string} picture its file
 * @param {string} type
 */
async function exported(browser, address, picture, type) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  page.setDefaultTimeout(180_000)
  await page.goto(address)
  await page.locator('input[type=file]').setInputFiles(picture)
  await page.locator('[data-pane=editor] canvas').first().waitFor()
  await page.waitForTimeout(4000)
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const item = page.getByRole('menuitem', { name: type })
  await item.waitFor()
  const process = await pageProcess(browser)
  process.startPeak()
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] })
  const downloading = page.waitForEvent('download')
  const start = performance.now()
  await item.click()
  const download = await downloading
  const ms = performance.now() - start
  await page.waitForTimeout(500)
  const task = longestTask(await browser.stopTracing())
  const peak = process.peak()
  let bytes = 0
  for await (const chunk of await download.createReadStream()) bytes += chunk.length
  await page.close()
  return { ms, task, peak, mb: bytes / 1e6 }
}

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} picture its file
 * @param {string} type
 * @returns ms
 */
async function encodeAlone(browser, picture, type) {
  const page = await browser.newPage()
  await page.setContent('<input type="file">')
  await page.locator('input').setInputFiles(picture)
  const ms = await page.evaluate(
    async ({ wanted, quality }) => {
      const file = document.querySelector('input')?.files?.[0]
      if (!file) throw new Error('no file')
      const bitmap = await createImageBitmap(file)
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
      bitmap.close()
      const start = performance.now()
      await canvas.convertToBlob({ type: wanted, quality })
      return performance.now() - start
    },
    { wanted: type, quality: QUALITY },
  )
  await page.close()
  return ms
}
