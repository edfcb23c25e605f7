// @ts-check
// npm run bench -- --storage: the history of many runs, in a browser of its own. Prints figures, asserts none.

const RUNS = 10_000
const QUICK_RUNS = 1000
/** Of one output, bytes: 10,000 of them are 1 GB. */
const OUTPUT_BYTES = 100_000
const SCROLLS = 120
const MAX_WAIT_MS = 120_000

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address
 * @param {boolean} quick
 */
export async function benchHistory(browser, address, quick) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' })
  const page = await context.newPage()
  page.setDefaultTimeout(MAX_WAIT_MS)
  const cards = page.getByRole('group', { name: 'Samples' })
  const count = quick ? QUICK_RUNS : RUNS
  await page.goto(address)
  await cards.waitFor()
  // The stores are made by the page.
  const hasStores = () => page.evaluate(async () => (await indexedDB.databases()).length > 0)
  while (!(await hasStores())) await page.waitForTimeout(100)
  await page.waitForTimeout(1000)
  await page.evaluate(seed, { count, outputBytes: OUTPUT_BYTES })
  await page.reload()
  await cards.waitFor()
  const button = page.getByRole('radio', { name: 'History', exact: true })
  await button.waitFor()
  // What the page does at its start is another figure.
  await page.waitForTimeout(3000)
  const begun = performance.now()
  await button.click()
  await page.locator('[data-index="8"]').waitFor()
  const firstMs = performance.now() - begun
  await page.getByText(`Runs: ${count.toLocaleString('en-US')}`, { exact: true }).waitFor()
  const allMs = performance.now() - begun
  await page.waitForTimeout(1000)
  const frames = page.evaluate(longestFrame, SCROLLS)
  await page.mouse.move(400, 500)
  for (let turn = 0; turn < SCROLLS; turn++) await page.mouse.wheel(0, 1500)
  const frameMs = await frames
  const searchMs = await page.evaluate(search, 'number 77')
  const cdp = await context.newCDPSession(page)
  await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  console.log(`history of ${count} runs, ${Math.round((count * OUTPUT_BYTES) / 1e6)} MB of outputs`)
  console.log(`  first rows ${firstMs.toFixed(0)} ms, all listed ${allMs.toFixed(0)} ms`)
  console.log(
    `  longest frame of ${SCROLLS} scrolls ${frameMs.toFixed(0)} ms, search ${searchMs.toFixed(0)} ms`,
  )
  console.log(`  heap ${(usedSize / 1e6).toFixed(1)} MB`)
  await context.close()
}

/** Runs in the page. @param {{ count: number, outputBytes: number }} options */
async function seed({ count, outputBytes }) {
  /** @type {IDBDatabase} */
  const db = await new Promise((resolve) => {
    const request = indexedDB.open('pentimento')
    request.addEventListener('success', () => resolve(request.result))
  })
  const canvas = new OffscreenCanvas(128, 128)
  canvas.getContext('2d')?.fillRect(0, 0, 64, 64)
  const thumbnail = await canvas.convertToBlob({ type: 'image/jpeg' })
  const commands = crypto.getRandomValues(new Uint8Array(4000))
  const base = { key: 'k', name: 'photo.jpg', width: 600, height: 400 }
  for (let from = 0; from < count; from += 200) {
    const transaction = db.transaction(['runs', 'thumbnails', 'outputs'], 'readwrite')
    for (let place = from; place < Math.min(count, from + 200); place++) {
      const id = `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`
      const setup = {
        backend: { id: 'replicate', url: 'https://api.example/v1' },
        model: place % 2 ? 'black-forest-labs/flux-fill-dev' : 'stability-ai/stable-diffusion-inpainting',
        version: null,
        params: { prompt: `a prompt of some length, 一只橘猫, number ${place}`, num_inference_steps: 50 },
        options: {},
        roles: {},
        polarity: null,
      }
      transaction.objectStore('runs').put({
        version: 4,
        id,
        createdAt: new Date(1.7e12 + place * 60_000).toISOString(),
        backend: { id: 'replicate', url: 'https://api.example/v1', version: null },
        phase: 'done',
        predictionId: `p${place}`,
        status: place % 7 ? 'succeeded' : 'failed',
        document: {
          base: { ...base, link: { kind: 'file', name: 'photo.jpg', sha256: null } },
          frame: { x: 0, y: 0, width: 600, height: 400 },
          commands,
          sampling: new Uint8Array(),
          patches: [],
          setup,
        },
        region: { x: 0, y: 0, width: 512, height: 400 },
        masked: true,
        seeds: [place],
        durationMs: 2500,
        outputCount: 1,
        rawOutputs: [],
        error: null,
      })
      transaction.objectStore('thumbnails').put(thumbnail, id)
      const bytes = new Uint8Array(outputBytes)
      crypto.getRandomValues(bytes.subarray(0, 65_536))
      transaction.objectStore('outputs').put(new Blob([bytes]), [id, 0])
    }
    await new Promise((resolve) => {
      transaction.addEventListener('complete', resolve)
    })
  }
  db.close()
}

/** Runs in the page. @param {number} scrolls @returns {Promise<number>} the longest gap of two frames, ms */
async function longestFrame(scrolls) {
  let longest = 0
  let last = await new Promise(requestAnimationFrame)
  const end = performance.now() + scrolls * 40
  while (performance.now() < end) {
    const now = await new Promise(requestAnimationFrame)
    longest = Math.max(longest, now - last)
    last = now
  }
  return longest
}

/** Runs in the page. @param {string} text @returns {Promise<number>} until the list shows what fits, ms */
async function search(text) {
  const field = /** @type {HTMLInputElement} */ (document.querySelector('[data-history-search]'))
  const status = /** @type {HTMLElement} */ (document.querySelector('[data-area=history] output'))
  const before = status.textContent
  const begun = performance.now()
  // React listens to what the field itself would tell of typing.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text)
  field.dispatchEvent(new Event('input', { bubbles: true }))
  while (status.textContent === before) await new Promise(requestAnimationFrame)
  return performance.now() - begun
}
