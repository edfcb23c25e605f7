// @ts-check
// npm run bench -- --load: the first load of this build beside that of a baseline commit (--base <commit>), in cold
// browsers, taking turns. Prints medians and ratios, asserts none.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { findBrowser } from './browser.mjs'
import { serveGzipped } from './gzipServer.mjs'
import { watchLoad } from './loadWatch.mjs'

const BASE_COMMIT = 'c0062f3'
const RUNS = 7
const QUICK_RUNS = 2
const MAX_INSTALL_MS = 180_000
const MAX_BUILD_MS = 120_000
const MAX_LOAD_MS = 60_000
const root = fileURLToPath(new URL('..', import.meta.url))

/** A slow phone on the Fast 3G of Chrome's developer tools; then this machine as it is. */
const CONDITIONS = [
  { name: 'CPU slowed 4 times, Fast 3G', cpu: 4, latencyMs: 562.5, downBytes: 180_000, upBytes: 84_375 },
  { name: 'not throttled', cpu: 1, latencyMs: 0, downBytes: -1, upBytes: -1 },
]

/** @typedef {Awaited<ReturnType<typeof serveGzipped>>} Site */
/** @typedef {import('./loadWatch.mjs').Load & { bytes: number }} Result */

/** The commit after `--base`. */
function baseCommit() {
  const place = process.argv.indexOf('--base')
  return place < 0 ? BASE_COMMIT : (process.argv[place + 1] ?? BASE_COMMIT)
}

/** @param {string} command @param {readonly string[]} args @param {string} cwd @param {number} timeout ms */
function run(command, args, cwd, timeout) {
  execFileSync(command, args, { cwd, timeout, stdio: ['ignore', 'ignore', 'inherit'] })
}

/** Whether everything that a tree locks is installed here in the same version. @param {string} tree */
function sharesPackages(tree) {
  const packagesOf = (/** @type {string} */ folder) =>
    JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages
  const [theirs, ours] = [packagesOf(tree), packagesOf(root)]
  return Object.keys(theirs).every((path) => path === '' || theirs[path].version === ours[path]?.version)
}

/**
 * Builds a commit in a worktree of its own.
 * @param {string} commit
 * @param {string} folder temporary; holds the worktree
 * @returns {string} the output folder
 */
function buildCommit(commit, folder) {
  const tree = join(folder, 'tree')
  run('git', ['worktree', 'add', '--detach', '--force', tree, commit], root, MAX_BUILD_MS)
  if (sharesPackages(tree)) symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'))
  else
    run(
      'npm',
      ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'],
      tree,
      MAX_INSTALL_MS,
    )
  const vite = join(tree, 'node_modules/vite/bin/vite.js')
  const out = join(folder, 'dist')
  run(process.execPath, [vite, 'build', '--outDir', out, '--logLevel', 'error'], tree, MAX_BUILD_MS)
  return out
}

/**
 * One load in a browser of its own, so with empty caches.
 * @param {Site} site
 * @param {(typeof CONDITIONS)[number]} condition
 * @returns {Promise<Result>}
 */
async function load(site, { cpu, latencyMs, downBytes, upBytes }) {
  const browser = await chromium.launch({ ...(await findBrowser()) })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-US' })
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Network.enable')
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: latencyMs,
      downloadThroughput: downBytes,
      uploadThroughput: upBytes,
    })
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: cpu })
    site.reset()
    const watched = watchLoad(page, MAX_LOAD_MS)
    await page.goto(site.address, { timeout: MAX_LOAD_MS })
    return { ...(await watched), bytes: site.sentBytes() }
  } finally {
    await browser.close()
  }
}

/** @param {readonly number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** @type {readonly { title: string, of: (result: Result) => number, digits: number }[]} */
const FIGURES = [
  { title: 'over the wire in all, kB', of: ({ bytes }) => bytes / 1000, digits: 1 },
  { title: 'until interactive, kB', of: ({ interactiveBytes }) => interactiveBytes / 1000, digits: 1 },
  { title: 'first contentful paint, ms', of: ({ paintMs }) => paintMs, digits: 0 },
  { title: 'sample cards can be clicked, ms', of: ({ cardsMs }) => cardsMs, digits: 0 },
  { title: 'interactive, ms', of: ({ interactiveMs }) => interactiveMs, digits: 0 },
  { title: 'total blocking time, from the start, ms', of: ({ blockingMs }) => blockingMs, digits: 0 },
]

/** @param {string} name @param {readonly Result[]} now @param {readonly Result[]} base */
function report(name, now, base) {
  console.log(
    `\n${`${name}, ${now.length} loads each`.padEnd(44)}${['base', 'now', 'now/base'].map((title) => title.padStart(10)).join('')}`,
  )
  for (const { title, of, digits } of FIGURES) {
    const [before, after] = [median(base.map(of)), median(now.map(of))]
    const ratio = before > 0 ? (after / before).toFixed(2) : '-'
    const cells = [before.toFixed(digits), after.toFixed(digits), ratio]
    console.log(`${title.padEnd(44)}${cells.map((cell) => cell.padStart(10)).join('')}`)
  }
}

/**
 * Builds the baseline, measures both and prints the tables.
 * @param {string} output the present tree's build
 */
export async function benchLoad(output) {
  const commit = baseCommit()
  const runs = process.argv.includes('--quick') ? QUICK_RUNS : RUNS
  const folder = mkdtempSync(join(tmpdir(), 'pentimento-load-'))
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
  process.on('exit', () => {
    const tree = join(folder, 'tree')
    if (existsSync(tree)) run('git', ['worktree', 'remove', '--force', tree], root, MAX_BUILD_MS)
    rmSync(folder, { recursive: true, force: true })
  })
  console.log(`First load: this tree beside ${commit}, gzipped, from this machine`)
  const sites = [await serveGzipped(output), await serveGzipped(buildCommit(commit, folder))]
  for (const condition of CONDITIONS) {
    /** @type {Result[][]} */
    const results = sites.map(() => [])
    for (let turn = 0; turn < runs; turn++)
      for (const [place, site] of sites.entries()) results[place]?.push(await load(site, condition))
    report(condition.name, results[0] ?? [], results[1] ?? [])
  }
  for (const site of sites) site.close()
}
