// @ts-check
// What a stroke costs: a part of npm run bench.

const POINTS = 200
const BRUSHES = [40, 400]

/** @param {number[]} values @param {number} part */
function quantile(values, part) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0
}

/** Point `k` of a figure of eight in the surface's middle, CSS px. @param {number} k from 0 to POINTS @param {{ x: number, y: number, width: number, height: number }} box */
function curve(k, box) {
  const t = (k / POINTS) * 2 * Math.PI
  return {
    x: box.x + box.width / 2 + Math.min(box.width, box.height) * 0.42 * Math.sin(t),
    y: box.y + box.height / 2 + Math.min(box.width, box.height) * 0.42 * Math.sin(2 * t + 0.5),
  }
}

/**
 * Draws one stroke and waits for a frame after each point.
 * @param {import('@playwright/test').Page} page
 * @param {import('@playwright/test').CDPSession} cdp
 */
async function stroke(page, cdp) {
  const box = await page.locator('.surface, [data-pane=editor]').first().boundingBox()
  if (!box) throw new Error('no surface')
  const busy = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
  }
  const frame = () =>
    page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
  const start = curve(0, box)
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await frame()
  const perPoint = []
  for (let k = 1; k <= POINTS; k++) {
    const before = await busy()
    const { x, y } = curve(k, box)
    await page.mouse.move(x, y)
    await frame()
    perPoint.push((await busy()) - before)
  }
  const before = await busy()
  await page.mouse.up()
  await frame()
  const up = (await busy()) - before
  return { perPoint, up, ...(await inRealTime(page)) }
}

/**
 * Draws the same stroke without waiting, one move a frame; counts late frames and tasks over 50 ms.
 * @param {import('@playwright/test').Page} page
 */
function inRealTime(page) {
  return page.evaluate(
    async ({ points }) => {
      const surface = /** @type {HTMLElement} */ (document.querySelector('.surface, [data-pane=editor]'))
      surface.setPointerCapture = () => {}
      const box = surface.getBoundingClientRect()
      const send = (/** @type {string} */ type, /** @type {number} */ k) => {
        const t = (k / points) * 2 * Math.PI
        const reach = Math.min(box.width, box.height) * 0.42
        surface.dispatchEvent(
          new PointerEvent(type, {
            clientX: box.x + box.width / 2 + reach * Math.sin(t),
            clientY: box.y + box.height / 2 + reach * Math.sin(2 * t + 0.5),
            pointerId: 1,
            pointerType: 'mouse',
            bubbles: true,
            buttons: 1,
          }),
        )
      }
      let long = 0
      const observer = new PerformanceObserver((list) => (long += list.getEntries().length))
      observer.observe({ type: 'longtask' })
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
      send('pointerdown', 0)
      let last = await frame()
      let dropped = 0
      for (let k = 1; k <= points; k++) {
        send('pointermove', k)
        const now = await frame()
        dropped += Math.max(0, Math.round((now - last) / (1000 / 60)) - 1)
        last = now
      }
      send('pointerup', points)
      await new Promise((resolve) => setTimeout(resolve, 400))
      observer.disconnect()
      return { dropped, long }
    },
    { points: POINTS },
  )
}

/**
 * Draws strokes as events inside the page, as fast as it takes them: they only make an undo history.
 * @param {import('@playwright/test').Page} page
 * @param {number} count
 */
export function drawHistory(page, count) {
  return page.evaluate(
    async ({ total }) => {
      const canvas = /** @type {HTMLElement} */ (document.querySelector('.surface, [data-pane=editor]'))
      canvas.setPointerCapture = () => {}
      const box = canvas.getBoundingClientRect()
      const send = (/** @type {string} */ type, /** @type {number} */ x, /** @type {number} */ y) =>
        canvas.dispatchEvent(
          new PointerEvent(type, {
            clientX: x,
            clientY: y,
            pointerId: 1,
            pointerType: 'mouse',
            bubbles: true,
            buttons: 1,
          }),
        )
      for (let s = 0; s < total; s++) {
        for (let k = 0; k < 30; k++) {
          const x = box.left + box.width * (0.3 + 0.4 * Math.abs(Math.sin(s * 7.3 + k * 0.05)))
          const y = box.top + box.height * (0.2 + 0.6 * Math.abs(Math.sin(s * 3.1 + k * 0.07)))
          send(k === 0 ? 'pointerdown' : 'pointermove', x, y)
        }
        send('pointerup', box.left, box.top)
        if (s % 20 === 0) await new Promise((resolve) => requestAnimationFrame(resolve))
      }
    },
    { total: count },
  )
}

/** The least work an editor can do: the page redraws one bitmap of the viewport's size for each event. */
const FLOOR = `<!doctype html><style>html,body{margin:0;height:100%}canvas{display:block}</style>
<div class="surface" style="width:1068px;height:720px"><canvas width="1068" height="720"></canvas></div><script>
const c=document.querySelector('canvas'),x=c.getContext('2d'),b=new OffscreenCanvas(1068,720);b.getContext('2d').fillRect(0,0,500,500);
let f=0;c.addEventListener('pointermove',()=>{f||=requestAnimationFrame(()=>{f=0;x.clearRect(0,0,1068,720);x.drawImage(b,0,0)})})</script>`

/** What most editors do: the page draws every stroke again as a line at each move. */
const LINES = `<!doctype html><style>html,body{margin:0;height:100%}canvas{display:block}</style>
<div class="surface" style="width:1068px;height:720px;touch-action:none"><canvas width="1068" height="720"></canvas></div><script>
const d=document.querySelector('.surface'),c=document.querySelector('canvas'),x=c.getContext('2d'),all=[];let on=false,f=0;
const draw=()=>{f=0;x.clearRect(0,0,1068,720);x.lineCap=x.lineJoin='round';x.lineWidth=40;x.strokeStyle='rgb(255 38 62 / 50%)';
for(const s of all){x.beginPath();for(const p of s)x.lineTo(p[0],p[1]);x.stroke()}};
d.addEventListener('pointerdown',e=>{on=true;all.push([[e.clientX,e.clientY]])});
d.addEventListener('pointermove',e=>{if(!on)return;all.at(-1).push([e.clientX,e.clientY]);f||=requestAnimationFrame(draw)});
d.addEventListener('pointerup',()=>{on=false})</script>`

/** @param {import('@playwright/test').Browser} browser */
async function freshPage(browser) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  return { page, cdp }
}

/** @param {string} name @param {{ perPoint: number[], up: number, dropped: number, long: number }} result @param {{ p50: number, p95: number }} floor */
function row(name, { perPoint, up, dropped, long }, floor) {
  const p50 = quantile(perPoint, 0.5)
  const p95 = quantile(perPoint, 0.95)
  const cells = [p50, p95, Math.max(...perPoint), up].map((value) => value.toFixed(2).padStart(8))
  console.log(
    `${name.padEnd(44)}${cells.join('')}${[p50 / floor.p50, p95 / floor.p95].map((ratio) => ratio.toFixed(2).padStart(8)).join('')}${[dropped, long].map((count) => String(count).padStart(8)).join('')}`,
  )
}

/**
 * Prints what a point of a stroke costs, in pictures of several sizes and after longer and longer histories.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address of the page
 * @param {{ sides: readonly number[], histories: readonly number[], png: (side: number) => Buffer }} extent
 */
export async function benchStrokes(browser, address, { sides, histories, png }) {
  console.log(
    `${POINTS} points a stroke, each waiting for its frame; main-thread CPU ms a point; up: the pointer's release`,
  )
  console.log('dropped, long: late frames and tasks over 50 ms while the same stroke is drawn in real time\n')
  console.log(
    `${''.padEnd(44)}${['p50', 'p95', 'max', 'up'].map((title) => title.padStart(8)).join('')}${['p50/fl', 'p95/fl', 'dropped', 'long'].map((title) => title.padStart(8)).join('')}`,
  )

  const floorPage = await freshPage(browser)
  await floorPage.page.setContent(FLOOR)
  const floorRun = await stroke(floorPage.page, floorPage.cdp)
  const floor = { p50: quantile(floorRun.perPoint, 0.5), p95: quantile(floorRun.perPoint, 0.95) }
  row('floor: one viewport bitmap', floorRun, floor)
  await floorPage.page.close()

  for (const count of histories) {
    const { page, cdp } = await freshPage(browser)
    await page.setContent(LINES)
    await drawHistory(page, count - 1)
    row(`baseline: a line per stroke, stroke ${count}`, await stroke(page, cdp), floor)
    await page.close()
  }

  for (const side of sides) {
    const megapixels = Math.round((side * side) / 1e6)
    for (const brush of BRUSHES) {
      const { page, cdp } = await freshPage(browser)
      await page.goto(address)
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'bench.png', mimeType: 'image/png', buffer: png(side) })
      await page.locator('[data-pane=editor] canvas').first().waitFor()
      await page.getByRole('spinbutton', { name: 'Brush size' }).fill(String(brush))
      let strokes = 0
      for (const count of histories) {
        await drawHistory(page, count - 1 - strokes)
        // The page still writes the history's strokes to disk, one after the other.
        if (count > 50) await page.waitForTimeout(10_000)
        row(`${megapixels} MP, brush ${brush} px, stroke ${count}`, await stroke(page, cdp), floor)
        strokes = count + 1
      }
      const undo = await page.evaluate(async () => {
        const times = []
        for (let k = 0; k < 20; k++) {
          const start = performance.now()
          dispatchEvent(new KeyboardEvent('keydown', { key: 'z', code: 'KeyZ', ctrlKey: true }))
          times.push(performance.now() - start)
          await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
        }
        return times
      })
      console.log(
        `${''.padEnd(8)}undo of 20 strokes: p50 ${quantile(undo, 0.5).toFixed(1)} ms, p95 ${quantile(undo, 0.95).toFixed(1)} ms`,
      )
      await page.close()
    }
  }
}
