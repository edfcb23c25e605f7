// @ts-check
// npm run bench -- --storage: how fast a stored document comes back, and what a stroke's write costs the main thread.
import { encode } from 'fast-png'

const STROKES = 200
const RESTORES = 5
/** Strokes whose writes are timed. */
const WRITES = 40

/** A picture of colours that do not compress to nothing. @param {number} side px */
function png(side) {
  const data = new Uint8Array(side * side * 3)
  for (let i = 0; i < data.length; i++) data[i] = ((i * 2654435761) >>> 24) & 63
  return Buffer.from(encode({ width: side, height: side, data, channels: 3, depth: 8 }))
}

/** @param {readonly number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** @param {import('@playwright/test').Page} page @param {number} count */
async function paint(page, count) {
  const box = await page.getByRole('region', { name: 'Canvas' }).boundingBox()
  if (!box) throw new Error('no canvas')
  for (let n = 0; n < count; n++) {
    const y = box.y + 80 + ((n * 37) % (box.height - 160))
    await page.mouse.move(box.x + 80, y)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width - 80, y + ((n * 13) % 60), { steps: 12 })
    await page.mouse.up()
  }
}

/** Resolves once as many steps are on disk. @param {import('@playwright/test').Page} page @param {number} count */
async function stored(page, count) {
  await page.waitForFunction(async (wanted) => {
    const db = await new Promise((resolve, reject) => {
      const opening = indexedDB.open('pentimento')
      opening.addEventListener('success', () => resolve(opening.result))
      opening.addEventListener('error', () => reject(opening.error))
    })
    const found = await new Promise((resolve) => {
      const counting = db.transaction('steps').objectStore('steps').count()
      counting.addEventListener('success', () => resolve(counting.result))
    })
    db.close()
    return found >= wanted
  }, count)
}

/**
 * Time that the main thread is busy with the write of a stroke: all calls of IndexedDB made until it is on disk.
 * @param {import('@playwright/test').Page} page
 */
async function watchWrites(page) {
  await page.evaluate(() => {
    const times = /** @type {number[]} */ ([])
    Object.assign(globalThis, { writeTimes: times })
    const { put } = IDBObjectStore.prototype
    IDBObjectStore.prototype.put = function (...args) {
      const start = performance.now()
      const request = put.apply(this, args)
      times.push(performance.now() - start)
      return request
    }
  })
}

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address
 * @param {boolean} quick
 */
export async function benchStorage(browser, address, quick) {
  console.log(`\nA document of ${STROKES} strokes, by the size of its picture`)
  for (const side of quick ? [1024] : [3464, 7071]) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    await page.goto(address)
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: png(side) })
    await page.getByRole('region', { name: 'Canvas' }).waitFor({ timeout: 60_000 })
    await paint(page, STROKES - WRITES)
    await stored(page, STROKES - WRITES)
    await watchWrites(page)
    await paint(page, WRITES)
    await stored(page, STROKES)
    /** @type {number[]} */
    const puts = await page.evaluate('writeTimes')
    const restores = []
    for (let n = 0; n < (quick ? 2 : RESTORES); n++) {
      await page.reload({ waitUntil: 'commit' })
      await page.getByRole('region', { name: 'Canvas' }).waitFor({ timeout: 60_000 })
      restores.push(await page.evaluate(() => performance.now()))
    }
    const megapixels = Math.round((side * side) / 1e6)
    console.log(
      `${megapixels} MP: restore after a reload, ms`.padEnd(56) + median(restores).toFixed(0).padStart(8),
    )
    const perStroke = puts.reduce((sum, ms) => sum + ms, 0) / WRITES
    console.log(
      `${megapixels} MP: main thread for a stroke's puts, ms`.padEnd(56) + perStroke.toFixed(2).padStart(8),
    )
    await context.close()
  }
}
