// @ts-check
// npm run bench: measures painting on the built page in a real Chromium. Prints figures and ratios, asserts none.
// --quick: the smallest picture only. --paint: only strokes. --mask: only operations, selections, export, memory.
// --load: only the first load. --fill: only fills on this device. --storage: stored documents,
// history, project files, links, starts without a network.
// --results: only what a run's start, its answer, kept results, exports and Compare cost.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { encode } from 'fast-png'
import { benchCompare } from './benchCompare.mjs'
import { benchExport } from './benchExport.mjs'
import { benchFill } from './benchFill.mjs'
import { benchHistory } from './benchHistory.mjs'
import { benchLoad } from './benchLoad.mjs'
import { benchMask } from './benchMask.mjs'
import { benchPixels } from './benchPixels.mjs'
import { benchProject } from './benchProject.mjs'
import { benchResults } from './benchResults.mjs'
import { benchSend } from './benchSend.mjs'
import { benchStorage } from './benchStorage.mjs'
import { benchStrokes, drawHistory } from './benchStrokes.mjs'
import { benchTasks } from './benchTasks.mjs'
import { findBrowser } from './browser.mjs'

const PORT = 4179
const root = fileURLToPath(new URL('..', import.meta.url))
const quick = process.argv.includes('--quick')
const paintOnly = process.argv.includes('--paint')
const maskOnly = process.argv.includes('--mask')
const fillOnly = process.argv.includes('--fill')
const storageOnly = process.argv.includes('--storage')
const resultsOnly = process.argv.includes('--results')
if (process.argv.includes('--load')) {
  await benchLoad(fileURLToPath(new URL('../node_modules/.e2e-dist', import.meta.url)))
  process.exit()
}
const SIDES = quick ? [1024] : [1024, 2048, 3464, 7071]
const MASK_SIDES = quick ? [1024] : [3464, 7071]
const HISTORIES = quick ? [1, 50] : [1, 50, 500]

const server = spawn(
  process.execPath,
  [
    'node_modules/vite/bin/vite.js',
    'preview',
    '--outDir',
    'node_modules/.e2e-dist',
    '--port',
    String(PORT),
    '--strictPort',
  ],
  { cwd: root, stdio: 'ignore' },
)
process.on('exit', () => server.kill())

const browser = await chromium.launch({ ...(await findBrowser()) })

/** A grey picture with a pattern. @param {number} side px */
function png(side) {
  const data = new Uint8Array(side * side)
  for (let i = 0; i < data.length; i++) data[i] = (((i % side) >> 5) * 7 + ((i / side) >> 5) * 5) % 150
  // A bright disc gives smart select an object.
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      if (Math.hypot(x - side / 2, y - side / 2) < side * 0.1) data[y * side + x] = 235
  return Buffer.from(encode({ width: side, height: side, data, channels: 1, depth: 8 }))
}

const address = `http://127.0.0.1:${PORT}/`
if (storageOnly) {
  await benchHistory(browser, address, quick)
  await benchStorage(browser, address, quick, png)
  await benchProject(browser, `${root}node_modules/.e2e-dist`)
} else if (resultsOnly) {
  await benchResults()
  await benchSend(browser, quick)
  await benchPixels(browser, quick)
  await benchExport(browser, address, quick)
  await benchCompare(browser, address)
  await benchTasks(browser, address, quick)
} else if (fillOnly) await benchFill(browser, address, quick)
else if (!maskOnly) await benchStrokes(browser, address, { sides: SIDES, histories: HISTORIES, png })
for (const side of paintOnly || fillOnly || storageOnly || resultsOnly ? [] : MASK_SIDES) {
  await benchMask(browser, address, { side, png: png(side), history: drawHistory })
}
await browser.close()
server.kill()
