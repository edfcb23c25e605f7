// @ts-check
// npm run bench -- --fill: what a fill on this device costs the page.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encode } from 'fast-png'

const OUTPUTS = 4
const PICTURES = [
  [4000, 3000],
  [6000, 4000],
]
const HOLES = [
  [300, 300],
  [1000, 1500],
]
/** Of the kernel's clock for CPU times, a second. */
const TICKS = 100

/** A picture with edges and grain. @param {number} width px @param {number} height px @param {number} grain bits of it, as a mask */
export function png(width, height, grain = 31) {
  const data = new Uint8Array(width * height * 3)
  let state = 1
  for (let p = 0; p < width * height; p++) {
    const x = p % width
    const y = (p / width) | 0
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    const light = 90 + (((x >> 6) + (y >> 7)) % 2) * 60 + ((state >>> 26) & grain)
    data[p * 3] = light
    data[p * 3 + 1] = light - 20 + (y * 40) / height
    data[p * 3 + 2] = light - 40 + (x * 60) / width
  }
  return Buffer.from(encode({ width, height, data, channels: 3, depth: 8 }, { zlib: { level: 1 } }))
}

/** The page's process: its memory and its workers. @param {import('@playwright/test').Browser} browser */
export async function pageProcess(browser) {
  const cdp = await browser.newBrowserCDPSession()
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo')
  await cdp.detach()
  const status = (/** @type {number} */ id, /** @type {string} */ name) =>
    Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0) / 1024
  const [{ id }] = processInfo
    .filter(({ type }) => type === 'renderer')
    .toSorted((a, b) => status(b.id, 'VmRSS') - status(a.id, 'VmRSS'))
  return {
    /** From now on `peak` is that of what follows. */
    startPeak: () => writeFileSync(`/proc/${id}/clear_refs`, '5'),
    /** MB. */
    memory: () => status(id, 'VmRSS'),
    peak: () => status(id, 'VmHWM'),
    /** CPU of all threads but the main one since the process began, s: those of ended workers count too. */
    workerCpu() {
      const seconds = (/** @type {string} */ file) => {
        const fields = readFileSync(file, 'utf8')
          .replace(/^.*\) /, '')
          .split(' ')
        return (Number(fields[11]) + Number(fields[12])) / TICKS
      }
      return seconds(`/proc/${id}/stat`) - seconds(`/proc/${id}/task/${id}/stat`)
    },
  }
}

/**
 * @param {Buffer} trace
 * @returns {{ cpu: number, wall: number }} the longest task of the page's thread, ms
 */
export function longestTask(trace) {
  /** @type {{ traceEvents: { name: string, ph: string, pid: number, tid: number, ts: number, dur?: number, tdur?: number, args?: { name?: string } }[] }} */
  const { traceEvents } = JSON.parse(trace.toString())
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) => ph === 'X' && name === 'RunTask' && mains.has(`${pid} ${tid}`),
  )
  const most = (/** @type {(number | undefined)[]} */ times) =>
    times.reduce((/** @type {number} */ max, time) => Math.max(max, time ?? 0), 0) / 1000
  return { cpu: most(tasks.map(({ tdur }) => tdur)), wall: most(tasks.map(({ dur }) => dur)) }
}

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address of the page
 * @param {string} picture its file
 * @param {readonly number[]} size of the picture, px
 * @param {readonly number[]} hole its sides, px
 */
async function fill(browser, address, picture, [width, height], hole) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  page.setDefaultTimeout(120_000)
  await page.goto(address)
  // A path: bytes that are sent to the page would stay in its memory.
  await page.locator('input[type=file]').setInputFiles(picture)
  await page.locator('[data-pane=editor] canvas').first().waitFor()
  await page.waitForTimeout(3000)
  const canvas = page.getByRole('region', { name: 'Canvas' })
  const box = await canvas.boundingBox()
  if (!box) throw new Error('no canvas')
  const zoom = Number.parseFloat((await page.getByRole('status', { name: 'Zoom' }).textContent()) ?? '') / 100
  await canvas.focus()
  await page.keyboard.press('r')
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const [dx, dy] = hole.map((side) => (side * zoom) / 2)
  await page.mouse.move(middle.x - dx, middle.y - dy)
  await page.mouse.down()
  await page.mouse.move(middle.x, middle.y)
  await page.mouse.move(middle.x + dx, middle.y + dy)
  await page.mouse.up()
  await page.getByRole('spinbutton', { name: 'Outputs' }).fill(String(OUTPUTS))
  await page.waitForTimeout(1500)
  const process = await pageProcess(browser)
  const open = process.memory()
  const before = process.workerCpu()
  process.startPeak()
  let sampled = 0
  const sampling = setInterval(() => (sampled = Math.max(sampled, process.memory())), 100)
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] })
  const started = performance.now()
  const run = page.getByRole('button', { name: 'Run', exact: true })
  await run.click()
  await page.getByRole('figure', { name: `Output ${OUTPUTS}` }).waitFor({ timeout: 300_000 })
  const seconds = (performance.now() - started) / 1000
  // What follows the last output, storing it among it, counts too.
  await page.waitForTimeout(4000)
  clearInterval(sampling)
  const { cpu, wall } = longestTask(await browser.stopTracing())
  const cells = [
    process.workerCpu() - before,
    seconds,
    cpu,
    wall,
    open,
    Math.max(sampled, process.peak()),
    process.memory(),
  ].map((value, i) => value.toFixed(i < 2 ? 1 : 0).padStart(10))
  const megapixels = Math.round((width * height) / 1e6)
  console.log(`${`${megapixels} MP, hole of ${hole.join(' x ')} px`.padEnd(34)}${cells.join('')}`)
  await page.close()
}

/**
 * Prints what four outputs cost in pictures and holes of several sizes.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address of the page
 * @param {boolean} quick the smallest picture only
 */
export async function benchFill(browser, address, quick) {
  console.log(`${OUTPUTS} outputs; CPU of the page's other threads and time on the clock, s;`)
  console.log(
    'longest task of the main thread, CPU and clock, ms; memory of the page before, peak, after, MB\n',
  )
  const titles = ['CPU', 'clock', 'task', 'on clock', 'before', 'peak', 'after']
  console.log(`${''.padEnd(34)}${titles.map((title) => title.padStart(10)).join('')}`)
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const picture = join(folder, 'bench.png')
  for (const size of PICTURES.slice(0, quick ? 1 : PICTURES.length)) {
    writeFileSync(picture, png(size[0] ?? 0, size[1] ?? 0))
    for (const hole of HOLES) await fill(browser, address, picture, size, hole)
  }
  rmSync(folder, { recursive: true })
}
