// @ts-check
// What Compare costs with eight outputs of 12 MP: a part of npm run bench -- --results.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { longestTask, pageProcess, png } from './benchFill.mjs'
import { startSourceServer } from './sourceServer.mjs'

const OUTPUTS = 8
const PAN_STEPS = 60

/**
 * The whole picture is masked, and each output has its size. Time is from the first request for an output to the last
 * output on the screen: what the fake server computes before is not in it.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address of the page
 */
export async function benchCompare(browser, address) {
  const source = await startSourceServer()
  const { FakeReplicate } = /** @type {typeof import('../src/backends/replicate/fakeReplicate.testkit')} */ (
    await source.ssrLoadModule('/src/backends/replicate/fakeReplicate.testkit.ts')
  )
  const server = new FakeReplicate()
  await server.start()
  // Of more bytes than the debugger keeps: what it does with an answer would be in the page's figures.
  const output = png(4000, 3000, 255)
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const picture = join(folder, 'bench.png')
  writeFileSync(picture, output)
  let asked = 0
  const { base } = server.mount({
    sync: true,
    output: ([url]) => Array.from({ length: OUTPUTS }, () => url),
    onOutput: ({ response, headers }) => {
      asked ||= performance.now()
      response.writeHead(200, { 'content-type': 'image/png', ...headers }).end(output)
      return true
    },
  })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  page.setDefaultTimeout(180_000)
  await page.goto(address)
  // A path: bytes that are sent to the page would stay in its memory.
  await page.locator('input[type=file]').setInputFiles(picture)
  await page.getByRole('region', { name: 'Canvas' }).waitFor()
  await page.getByRole('button', { name: 'Backend', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Backend' })
  await dialog.getByRole('radio', { name: /^Replicate or a compatible API/ }).check()
  await dialog.getByRole('textbox', { name: 'Backend URL' }).fill(base)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a bench')
  await page.getByRole('button', { name: 'Invert mask' }).click()
  await page.waitForTimeout(3000)
  const process = await pageProcess(browser)
  const before = process.memory()
  process.startPeak()
  const trace = { categories: ['disabled-by-default-devtools.timeline'] }
  await browser.startTracing(page, trace)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByRole('figure', { name: `Output ${OUTPUTS}` }).waitFor()
  const ms = performance.now() - asked
  // What follows the last output, storing it among it, counts too.
  await page.waitForTimeout(4000)
  const arrival = longestTask(await browser.stopTracing())
  const peak = process.peak()
  const after = process.memory()

  const pane = await page.getByRole('figure', { name: 'Output 1' }).locator('[data-pane]').boundingBox()
  if (!pane) throw new Error('no pane')
  const middle = { x: pane.x + pane.width / 2, y: pane.y + pane.height / 2 }
  await browser.startTracing(page, trace)
  await page.mouse.move(middle.x, middle.y)
  await page.mouse.wheel(0, -400)
  await page.mouse.down({ button: 'middle' })
  const started = performance.now()
  for (let k = 0; k < PAN_STEPS; k++) {
    await page.mouse.move(middle.x + 40 * Math.sin(k / 5), middle.y + 40 * Math.cos(k / 5))
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
  }
  const frameMs = (performance.now() - started) / PAN_STEPS
  await page.mouse.up({ button: 'middle' })
  const pan = longestTask(await browser.stopTracing())
  const task = (/** @type {{ cpu: number, wall: number }} */ { cpu, wall }) =>
    `longest task ${cpu.toFixed(0)} ms of CPU, ${wall.toFixed(0)} on the clock`
  console.log(`Compare, ${OUTPUTS} outputs of 12 MP: ${(ms / 1000).toFixed(1)} s, ${task(arrival)}`)
  console.log(
    `  memory of the page, MB: before ${before.toFixed(0)}, peak ${peak.toFixed(0)}, after ${after.toFixed(0)}`,
  )
  console.log(`  panning all panes: ${frameMs.toFixed(0)} ms a frame, ${task(pan)}`)
  await page.close()
  await server.stop()
  await source.close()
  rmSync(folder, { recursive: true })
}
