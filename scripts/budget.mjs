// @ts-check
// npm run budget: builds the page where the journeys look for it, and sums what a browser must load, gzip bytes. Exits
// with 1 beyond a budget, or where the build warns.
import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, createLogger } from 'vite'

/** Until the start page can be used, kB of 1000 bytes. */
const MAX_START_KB = 130
/** Until the first stroke, the start page included, kB of 1000 bytes. */
const MAX_PAINTING_KB = 260
/** Names of the chunks that the first drawing of the start page waits for beside its entry: one language. */
const START_CHUNKS = ['startMessages.en']
/** Names of the chunks that the first stroke waits for, and what is drawn around it: see scripts/chunks.ts. */
const PAINTING_CHUNKS = ['messages.en', 'canvas', 'painting']

/**
 * Vite's manifest: chunks by key.
 * @typedef {Readonly<Record<string, { file: string, name?: string, isEntry?: boolean, imports?: string[],
 *   css?: string[] }>>} Manifest
 */

/**
 * Files that a browser loads with some chunks: the chunks, what they import statically, and the CSS of all of them.
 * @param {Manifest} manifest
 * @param {readonly string[]} keys of chunks
 * @returns {Set<string>} paths below the output folder
 */
function filesOf(manifest, keys) {
  /** @type {Set<string>} */
  const seen = new Set()
  const open = [...keys]
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (seen.has(key)) continue
    seen.add(key)
    open.push(...(manifest[key]?.imports ?? []))
  }
  return new Set([...seen].flatMap((key) => [manifest[key]?.file ?? '', ...(manifest[key]?.css ?? [])]))
}

/**
 * What is loaded at the start, what comes with opening a picture, and the rest.
 * @param {Manifest} manifest
 * @param {readonly string[]} paintingChunks their names
 * @param {readonly string[]} [startChunks] their names
 * @returns {{ start: string[], painting: string[], later: string[], missing: string[] }} files below the output
 *   folder, each once; `missing`: names that no chunk has
 */
export function splitFiles(manifest, paintingChunks, startChunks = []) {
  const keys = Object.keys(manifest)
  const isNamed = (/** @type {readonly string[]} */ wanted) => (/** @type {string} */ key) => {
    const { name } = manifest[key] ?? {}
    return name !== undefined && wanted.includes(name)
  }
  const isStart = isNamed(startChunks)
  const start = filesOf(
    manifest,
    keys.filter((key) => manifest[key]?.isEntry || isStart(key)),
  )
  const isPainting = isNamed(paintingChunks)
  const painting = filesOf(manifest, keys.filter(isPainting))
  const all = filesOf(manifest, keys)
  const named = keys.filter((key) => isPainting(key) || isStart(key))
  const names = new Set(named.map((key) => manifest[key]?.name))
  // A style sheet that no chunk names belongs to the page.
  const ofChunks = new Set(keys.flatMap((key) => manifest[key]?.css ?? []))
  for (const file of all) if (file.endsWith('.css') && !ofChunks.has(file)) start.add(file)
  return {
    start: ['index.html', ...start],
    painting: [...painting].filter((file) => !start.has(file)),
    later: [...all].filter((file) => !start.has(file) && !painting.has(file)),
    missing: [...startChunks, ...paintingChunks].filter((name) => !names.has(name)),
  }
}

/** @param {string} title @param {number} bytes @param {string} [note] */
function row(title, bytes, note = '') {
  console.log(`${title.padEnd(52)}${(bytes / 1000).toFixed(1).padStart(8)} kB${note}`)
}

/** @param {string} folder the build's output */
function report(folder) {
  /** @type {Manifest} */
  const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8'))
  const { start, painting, later, missing } = splitFiles(manifest, PAINTING_CHUNKS, START_CHUNKS)
  const known = new Set([...start, ...painting, ...later])
  const workers = readdirSync(join(folder, 'assets'))
    .map((name) => `assets/${name}`)
    .filter((file) => file.endsWith('.js') && !known.has(file))
  const sizeOf = (/** @type {string} */ file) =>
    gzipSync(readFileSync(join(folder, file)), { level: 9 }).length
  /** @param {string} title @param {readonly string[]} files */
  const section = (title, files) => {
    console.log(title)
    for (const file of files) row(`  ${file}`, sizeOf(file))
    return files.reduce((sum, file) => sum + sizeOf(file), 0)
  }
  const startBytes = section('Start page', start)
  const paintingBytes = startBytes + section('With the first picture', painting)
  section('Later', later)
  section('Workers, counted apart', workers)
  console.log('')
  row('Start page', startBytes, ` of ${MAX_START_KB}`)
  row('Up to painting', paintingBytes, ` of ${MAX_PAINTING_KB}`)
  const faults = [
    ...missing.map(
      (name) => `No chunk is called ${name}: see START_CHUNKS and PAINTING_CHUNKS in scripts/budget.mjs.`,
    ),
    ...(startBytes > MAX_START_KB * 1000 ? ['The start page is over its budget.'] : []),
    ...(paintingBytes > MAX_PAINTING_KB * 1000 ? ['Painting is over its budget.'] : []),
  ]
  for (const fault of faults) console.error(fault)
  return faults.length === 0
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const folder = join(root, 'node_modules/.e2e-dist')
  const logger = createLogger('warn')
  await build({
    root,
    customLogger: logger,
    // As the build of a user, whose maps a faulty plugin is warned of; without a comment, which would weigh.
    build: { outDir: folder, emptyOutDir: true, manifest: true, sourcemap: 'hidden' },
  })
  const isWithin = report(folder)
  if (logger.hasWarned) console.error('The build warns: `npm start` would greet a newcomer with that.')
  if (!isWithin || logger.hasWarned) process.exit(1)
}
