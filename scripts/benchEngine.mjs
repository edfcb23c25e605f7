// @ts-check
// npm run bench:engine: compares quality and speed of the fill with OpenCV.js. Prints figures and ratios, asserts none.
// --quick: one run at 512 px. --sheet: writes the pictures of docs/engine.md. Otherwise then what fills cost the page.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import { writeWebps } from './engine/webp.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const server = await createServer({
  root,
  server: { middlewareMode: true, hmr: false, ws: false },
  appType: 'custom',
  logLevel: 'error',
})
/** @type {import('./engine/bench').BenchCase[]} */
const cases = []
const { bench } = /** @type {typeof import('./engine/bench')} */ (
  await server.ssrLoadModule('/scripts/engine/bench.ts')
)
await bench(process.argv.includes('--quick'), (one) => cases.push(one))
if (process.argv.includes('--sheet')) {
  const { contactSheet, triplet } = /** @type {typeof import('./engine/sheet')} */ (
    await server.ssrLoadModule('/scripts/engine/sheet.ts')
  )
  const sheets = new Map([[`${root}docs/engine/contact-sheet.webp`, contactSheet(cases)]])
  for (const name of ['chelsea, text', 'rocket, object', 'coffee, border', 'bricks, 15 %']) {
    const found = cases.find((one) => one.name === name)
    if (found)
      sheets.set(`${root}docs/engine/${name.replace(/\W+/g, '-').replace(/-$/, '')}.webp`, triplet(found))
  }
  await writeWebps(sheets)
}
await server.close()
if (!process.argv.includes('--quick') && !process.argv.includes('--sheet'))
  execFileSync('npm', ['run', '-s', 'bench', '--', '--fill'], { cwd: root, stdio: 'inherit' })
process.exit(0)
