// @ts-check
// Times operations on the whole mask, selections and export, and measures memory: a part of npm run bench.
import { readFileSync } from 'node:fs'

/**
 * Times one action from the press to the painted mask or the saved file.
 * @param {import('@playwright/test').Page} page
 * @param {() => Promise<void>} act
 * @param {'painted' | 'saved'} end
 * @returns {Promise<{ ms: number, longest: number }>} `longest`: the main thread's longest task, ms; NaN where nothing changed
 */
async function measure(page, act, end) {
  await page.evaluate(() => {
    Object.assign(globalThis, { bench: { started: 0, painted: 0, saved: 0, longest: 0 } })
  })
  await act()
  try {
    const done = (/** @type {string} */ what) => /** @type {any} */ (globalThis).bench[what] > 0
    await page.waitForFunction(done, end, { polling: 20, timeout: 8000 })
  } catch {
    return { ms: Number.NaN, longest: Number.NaN }
  }
  // The observer reports a long task only after its end.
  await page.waitForTimeout(300)
  const { started, longest, ...ends } = await page.evaluate(() => /** @type {any} */ (globalThis).bench)
  return { ms: ends[end] - started, longest }
}

/** Runs in the page: records the press, the first painted mask, the first file and the longest task. */
function watch() {
  const bench = () => /** @type {any} */ (globalThis).bench ?? {}
  for (const type of ['click', 'pointerup', 'keydown']) {
    addEventListener(type, () => (bench().started ||= performance.now()), { capture: true })
  }
  const put = CanvasRenderingContext2D.prototype.putImageData
  /** @param {[ImageData, number, number]} args */
  CanvasRenderingContext2D.prototype.putImageData = function (...args) {
    Reflect.apply(put, this, args)
    if (bench().started) bench().painted ||= performance.now()
  }
  // A worker paints the mask once the view rests: it gets what has changed.
  const post = Worker.prototype.postMessage
  /** @param {[any, any]} args */
  Worker.prototype.postMessage = function (...args) {
    Reflect.apply(post, this, args)
    if (args[0]?.kind === 'frame' && args[0].change && bench().started) bench().painted ||= performance.now()
  }
  const create = URL.createObjectURL
  URL.createObjectURL = (blob) => {
    if (bench().started) bench().saved ||= performance.now()
    return create(blob)
  }
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) bench().longest = Math.max(bench().longest ?? 0, duration)
  }).observe({ type: 'longtask' })
}

/** Resident memory of the page's process, MB. @param {import('@playwright/test').Browser} browser */
async function memory(browser) {
  const cdp = await browser.newBrowserCDPSession()
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo')
  await cdp.detach()
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => {
      try {
        return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0) / 1024
      } catch {
        return 0
      }
    })
  return Math.max(...sizes)
}

/**
 * Prints the time of each operation on one picture, and the memory of the page's process.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address of the page
 * @param {{ side: number, png: Buffer, history: (page: import('@playwright/test').Page, count: number) => Promise<void> }} picture
 */
export async function benchMask(browser, address, { side, png, history }) {
  const megapixels = Math.round((side * side) / 1e6)
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  await page.addInitScript(watch)
  await page.goto(address)
  const empty = await memory(browser)
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'bench.png', mimeType: 'image/png', buffer: png })
  await page.locator('[data-pane=editor] canvas').first().waitFor()
  await page.waitForTimeout(1500)
  const opened = await memory(browser)
  await history(page, 50)
  await page.waitForTimeout(1000)
  console.log(
    `\n${megapixels} MP, 50 strokes: ms on the clock to the mask on the screen, longest task of the main thread`,
  )
  /** @param {string} name @param {() => Promise<void>} act @param {'painted' | 'saved'} [end] */
  const row = async (name, act, end = 'painted') => {
    const { ms, longest } = await measure(page, act, end)
    const cells = [ms, longest].map((value) => (Number.isNaN(value) ? '-' : value.toFixed(0)).padStart(8))
    console.log(`${name.padEnd(44)}${cells.join('')}`)
  }
  const undo = async () => {
    await page.keyboard.press('Control+z')
    await page.waitForTimeout(400)
  }
  await page.getByRole('button', { name: 'Refine mask' }).click()
  for (const [button, amount] of /** @type {const} */ ([
    ['Grow mask', 8],
    ['Grow mask', 200],
    ['Shrink mask', 8],
    ['Feather mask', 8],
    ['Feather mask', 128],
    ['Smooth mask', 8],
    ['Fill holes', 8],
    ['Remove specks', 8],
  ])) {
    await page.getByRole('spinbutton', { name: 'Amount' }).fill(String(amount))
    await page.waitForTimeout(500)
    await row(`${button}, ${amount} px`, () => page.getByRole('button', { name: button }).click())
    await undo()
  }
  await page.keyboard.press('Escape')
  const canvas = page.getByRole('region', { name: 'Canvas' })
  await canvas.focus()
  await row('Invert mask', () => page.keyboard.press('i'))
  await undo()
  const box = /** @type {NonNullable<Awaited<ReturnType<typeof canvas.boundingBox>>>} */ (
    await canvas.boundingBox()
  )
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  for (const [key, name] of [
    ['w', 'Magic wand, first (the picture is sent)'],
    ['w', 'Magic wand'],
    ['q', 'Smart select, click'],
  ]) {
    await page.keyboard.press(/** @type {string} */ (key))
    await row(/** @type {string} */ (name), () => page.mouse.click(middle.x, middle.y))
    await undo()
  }
  const loop = async () => {
    await page.mouse.move(middle.x - 200, middle.y - 150)
    await page.mouse.down()
    for (const [x, y] of [
      [200, -150],
      [200, 150],
      [-200, 150],
    ])
      await page.mouse.move(middle.x + /** @type {number} */ (x), middle.y + /** @type {number} */ (y))
    await page.mouse.up()
  }
  await row('Smart select, loop', loop)
  await undo()
  await row(
    'Export mask (PNG, 8 bit)',
    () => page.getByRole('button', { name: 'Export mask' }).click(),
    'saved',
  )
  await history(page, 450)
  await page.waitForTimeout(3000)
  console.log(
    `memory of the page's process, MB: empty ${empty.toFixed(0)}, picture open ${opened.toFixed(0)}, after 500 strokes ${(await memory(browser)).toFixed(0)}`,
  )
  await page.close()
}
