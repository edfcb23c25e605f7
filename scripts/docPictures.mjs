// @ts-check
// node scripts/docPictures.mjs: builds the page and makes the pictures of the README, docs/*.webp, from it.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { build, preview } from 'vite'
import { findBrowser } from './browser.mjs'

const outDir = 'node_modules/.pictures-dist'
await build({ logLevel: 'warn', build: { outDir, emptyOutDir: true } })
const server = await preview({ build: { outDir }, preview: { port: 0, open: false }, logLevel: 'error' })
const [address = ''] = server.resolvedUrls?.local ?? []
const browser = await chromium.launch((await findBrowser()) ?? {})

/** @typedef {import('@playwright/test').Page} Page */

/**
 * @param {{ width: number, height: number, scale?: number, touch?: boolean }} screen
 * @returns {Promise<Page>} with a sample open
 */
async function openSample({ width, height, scale = 1, touch = false }) {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    hasTouch: touch,
    locale: 'en-US',
  })
  const page = await context.newPage()
  await page.goto(address)
  await page.locator('[data-sample=rocket]').click()
  await page.getByRole('region', { name: 'Canvas' }).waitFor()
  await page.waitForLoadState('networkidle')
  return page
}

/** @param {Page} page */
async function run(page) {
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByRole('figure', { name: 'Output 1' }).waitFor({ timeout: 60_000 })
  await page.waitForLoadState('networkidle')
}

/**
 * Joins screenshots side by side and packs them.
 * @param {Page} page any page
 * @param {string} name of the file in docs/
 * @param {Buffer[]} shots of one height
 * @param {number} width of the whole, px
 */
async function save(page, name, shots, width) {
  const base64 = await page.evaluate(
    async ([urls, total]) => {
      const bitmaps = await Promise.all(
        urls.map(async (url) => createImageBitmap(await (await fetch(url)).blob())),
      )
      const gap = 12
      const sum = bitmaps.reduce((all, bitmap) => all + bitmap.width + gap, -gap)
      const height = Math.max(...bitmaps.map((bitmap) => bitmap.height))
      const scale = total / sum
      const canvas = new OffscreenCanvas(total, Math.round(height * scale))
      const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'))
      context.imageSmoothingQuality = 'high'
      context.scale(scale, scale)
      let x = 0
      for (const bitmap of bitmaps) {
        context.drawImage(bitmap, x, 0)
        x += bitmap.width + gap
      }
      const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.85 })
      const bytes = new Uint8Array(await blob.arrayBuffer())
      let text = ''
      for (const byte of bytes) text += String.fromCharCode(byte)
      return btoa(text)
    },
    /** @type {const} */ ([shots.map((shot) => `data:image/png;base64,${shot.toString('base64')}`), width]),
  )
  const bytes = Buffer.from(base64, 'base64')
  writeFileSync(fileURLToPath(new URL(`../docs/${name}`, import.meta.url)), bytes)
  console.log(`docs/${name}: ${Math.round(bytes.length / 1000)} kB`)
}

/** A blank page of no origin: the app's policy lets nothing be fetched from data URLs. */
const desk = await (await browser.newContext()).newPage()

const desktop = await openSample({ width: 1280, height: 800 })
const canvas = desktop.getByRole('region', { name: 'Canvas' })
await desktop.getByRole('spinbutton', { name: 'Outputs' }).fill('3')
await run(desktop)
await desktop.getByRole('figure', { name: 'Output 3' }).waitFor()
await save(desk, 'compare.webp', [await desktop.screenshot()], 1280)
// After the run: its strip makes the canvas smaller, and both pictures are to be of one size.
await desktop.keyboard.press('Escape')
await canvas.waitFor()
await canvas.blur()
const before = await canvas.screenshot()
await desktop
  .getByRole('button', { name: 'Compare' })
  .or(desktop.getByRole('radio', { name: 'Compare' }))
  .first()
  .click()
await desktop.getByRole('button', { name: 'Apply output 1' }).click()
await canvas.waitFor()
await desktop.getByRole('button', { name: 'Dismiss' }).first().click()
await save(desk, 'before-after.webp', [before, await canvas.screenshot()], 1280)

const phone = await openSample({ width: 390, height: 844, scale: 2, touch: true })
const edit = await phone.screenshot()
await run(phone)
await save(desk, 'phone.webp', [edit, await phone.screenshot()], 800)

await browser.close()
await server.close()
