// @ts-check
// npm run bench -- --storage: how fast a stored document comes back, and what a stroke's write costs the main thread.
const STROKES = 200
/** Kept results: strokes of the Remove tool. */
const RESULTS = 10
const RESTORES = 5
/** Strokes whose writes are timed. */
const WRITES = 40

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

/** Removes spots one after the other. @param {import('@playwright/test').Page} page */
async function keepResults(page) {
  const box = await page.getByRole('region', { name: 'Canvas' }).boundingBox()
  if (!box) throw new Error('no canvas')
  await page.getByRole('radio', { name: 'Remove', exact: true }).click()
  for (let n = 0; n < RESULTS; n++) {
    await page.mouse.move(box.x + 120 + n * 40, box.y + 120)
    await page.mouse.down()
    await page.mouse.move(box.x + 130 + n * 40, box.y + 130)
    await page.mouse.up()
    await stored(page, n + 1)
  }
  await page.getByRole('radio', { name: 'Brush', exact: true }).click()
}

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address
 * @param {boolean} quick
 * @param {(side: number) => Buffer} png
 */
export async function benchStorage(browser, address, quick, png) {
  console.log(`\nA document of ${STROKES} strokes and ${RESULTS} kept results, by the size of its picture`)
  for (const side of quick ? [1024] : [3464, 7071]) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    await page.goto(address)
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: png(side) })
    await page.getByRole('region', { name: 'Canvas' }).waitFor({ timeout: 60_000 })
    await keepResults(page)
    await paint(page, STROKES - WRITES)
    await stored(page, RESULTS + STROKES - WRITES)
    await watchWrites(page)
    await paint(page, WRITES)
    await stored(page, RESULTS + STROKES)
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
