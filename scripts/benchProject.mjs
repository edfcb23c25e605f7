// @ts-check
// npm run bench -- --storage: project files of 100 MB, links, and how soon the page starts with and without a network.
// Prints figures, asserts none.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { encode } from 'fast-png'
import { createServer } from 'vite'
import { serveGzipped } from './gzipServer.mjs'

const STARTS = 5
const STROKES = [50, 500]
/** Of the picture and of a kept result, px: 48 MB each as a PNG that does not pack. */
const SIDE = 4096

/** @param {string} title @param {string} figures */
const row = (title, figures) => console.log(`${title.padEnd(44)}${figures}`)
/** @param {readonly number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** @param {number} seed */
function noise(seed) {
  const data = new Uint8Array(SIDE * SIDE * 3)
  let state = seed
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    data[i] = state >>> 24
  }
  const png = encode({ width: SIDE, height: SIDE, data, channels: 3, depth: 8 }, { zlib: { level: 0 } })
  return new Blob([new Uint8Array(png)], { type: 'image/png' })
}

/** A soft stroke as a hand draws it. @param {number} n */
function stroke(n) {
  const points = Array.from({ length: 60 }, (_, i) => ({
    x: Math.round(2 * (300 + ((n * 97) % 2500) + i * 6 + 40 * Math.sin(n + i / 7))) / 2,
    y: Math.round(2 * (300 + ((n * 61) % 2500) + 50 * Math.cos(n + i / 5))) / 2,
    pressure: 255,
  }))
  return /** @type {const} */ ({
    kind: 'stroke',
    mode: 'paint',
    size: 120,
    hardness: 30,
    opacity: 80,
    points,
  })
}

const SETUP = {
  backend: { id: 'embedded', url: null },
  model: 'stability-ai/stable-diffusion-inpainting',
  version: null,
  params: {},
  options: {},
  roles: {},
  polarity: null,
}

/** @param {import('vite').ViteDevServer} server */
async function benchLinks(server) {
  const { decodeLink, encodeLink } = /** @type {typeof import('../src/core/document/codec/linkCodec')} */ (
    await server.ssrLoadModule('/src/core/document/codec/linkCodec.ts')
  )
  for (const count of STROKES) {
    const link = {
      base: null,
      size: null,
      frame: null,
      mask: Array.from({ length: count }, (_, n) => stroke(n)),
      sampling: [],
      guides: [],
      complete: true,
      sent: null,
      setup: SETUP,
    }
    const times = Array.from({ length: 9 }, () => {
      const start = performance.now()
      const packed = deflateRawSync(encodeLink(link))
      const made = performance.now()
      decodeLink(inflateRawSync(packed))
      return {
        encode: made - start,
        decode: performance.now() - made,
        chars: Math.ceil((packed.length * 4) / 3),
      }
    })
    const of = (/** @type {'encode' | 'decode' | 'chars'} */ name) => median(times.map((time) => time[name]))
    const ms = `${of('encode').toFixed(1)} ms, decode ${of('decode').toFixed(1)} ms`
    row(`link of ${count} soft strokes`, `encode ${ms}, ${of('chars')} characters`)
  }
}

/** @param {import('vite').ViteDevServer} server @param {string} path where to write the file */
async function makeProject(server, path) {
  const { BlobSink, packProject } = /** @type {typeof import('../src/platform/projectPack')} */ (
    await server.ssrLoadModule('/src/platform/projectPack.ts')
  )
  const { sha256 } = /** @type {typeof import('../src/platform/digest')} */ (
    await server.ssrLoadModule('/src/platform/digest.ts')
  )
  const { DEFAULT_SENT: sent } = /** @type {typeof import('../src/core/document/sentArea')} */ (
    await server.ssrLoadModule('/src/core/document/sentArea.ts')
  )
  const { PLAIN_BLEND } = /** @type {typeof import('../src/core/document/document')} */ (
    await server.ssrLoadModule('/src/core/document/document.ts')
  )
  const [picture, result] = [noise(1), noise(2)]
  const [key, pixels] = [(await sha256(picture)) ?? '', (await sha256(result)) ?? '']
  const frame = { x: 0, y: 0, width: SIDE, height: SIDE }
  const patch = {
    id: 'kept',
    from: null,
    pixels,
    rect: frame,
    coverage: [stroke(1)],
    coverageFrame: frame,
    blend: PLAIN_BLEND,
    visible: true,
  }
  const name = 'large.png'
  const link = { kind: /** @type {const} */ ('file'), name, sha256: key }
  const base = { key, name, width: SIDE, height: SIDE, link }
  const mask = STROKES.map(stroke)
  const document = {
    base,
    frame,
    mask,
    sampling: [],
    guides: [],
    patches: [patch],
    regions: [],
    sent,
    setup: SETUP,
  }
  const sink = new BlobSink()
  const files = [
    { holds: { kind: /** @type {const} */ ('pixels'), key }, blob: picture },
    { holds: { kind: /** @type {const} */ ('pixels'), key: pixels }, blob: result },
  ]
  await packProject({ document, history: null, runs: [] }, files, sink)
  const zip = sink.finish('application/x-pentimento')
  writeFileSync(path, new Uint8Array(await zip.arrayBuffer()))
  return zip.size
}

/** @param {import('@playwright/test').Browser} browser @param {string} address @param {string} path @param {number} bytes */
async function benchFile(browser, address, path, bytes) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-US' })
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'))
  await page.goto(address)
  await page.getByRole('group', { name: 'Samples' }).waitFor()
  const start = performance.now()
  await page.locator('input[type=file]').setInputFiles(path)
  await page.getByText('large-edited.png').waitFor({ timeout: 120_000 })
  const opened = performance.now() - start
  const before = performance.now()
  const downloading = page.waitForEvent('download', { timeout: 120_000 })
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Project file' }).click()
  const download = await downloading
  const saved = performance.now() - before
  await download.path()
  row(
    `project file of ${Math.round(bytes / 1e6)} MB, 2 pictures of ${Math.round((SIDE * SIDE) / 1e6)} MP`,
    `open ${(opened / 1000).toFixed(2)} s, save ${(saved / 1000).toFixed(2)} s`,
  )
  await page.close()
}

/** @param {import('@playwright/test').Browser} browser @param {string} output */
async function benchStarts(browser, output) {
  /** @type {{ cold: number[], warm: number[], offline: number[] }} */
  const times = { cold: [], warm: [], offline: [] }
  for (let turn = 0; turn < STARTS; turn++) {
    const site = await serveGzipped(output)
    const context = await browser.newContext({ locale: 'en-US' })
    const page = await context.newPage()
    const timed = async (/** @type {() => Promise<unknown>} */ load) => {
      const start = performance.now()
      await load()
      await page.getByRole('group', { name: 'Samples' }).waitFor()
      return performance.now() - start
    }
    times.cold.push(await timed(() => page.goto(site.address)))
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready
    })
    times.warm.push(await timed(() => page.reload()))
    site.close()
    await context.setOffline(true)
    times.offline.push(await timed(() => page.reload()))
    await context.close()
  }
  const { cold, warm, offline } = times
  row(
    `start until the samples are there, of ${STARTS}`,
    `cold ${median(cold).toFixed(0)} ms, warm ${median(warm).toFixed(0)} ms, offline ${median(offline).toFixed(0)} ms`,
  )
}

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} output the built page
 */
export async function benchProject(browser, output) {
  const server = await createServer({
    root: fileURLToPath(new URL('..', import.meta.url)),
    server: { middlewareMode: true, hmr: false, ws: false },
    appType: 'custom',
    logLevel: 'error',
  })
  const folder = mkdtempSync(join(tmpdir(), 'pentimento-project-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'large.pentimento')
  await benchLinks(server)
  const bytes = await makeProject(server, path)
  await server.close()
  const site = await serveGzipped(output)
  await benchFile(browser, site.address, path, bytes)
  site.close()
  await benchStarts(browser, output)
}
