// @ts-check
// node scripts/thumbnails.mjs: makes the start page's small pictures of the samples, public/samples/small/*.webp.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { findBrowser } from './browser.mjs'

/** A card is 210 px wide; this is for screens of twice as many pixels. */
const SIZE = { width: 420, height: 280 }
const MAX_BYTES = 10_000

const folder = fileURLToPath(new URL('../public/samples/', import.meta.url))
mkdirSync(`${folder}small`, { recursive: true })
const browser = await chromium.launch((await findBrowser()) ?? {})
const page = await browser.newPage()
for (const file of readdirSync(folder).filter((name) => name.endsWith('.jpg'))) {
  const source = `data:image/jpeg;base64,${readFileSync(folder + file, 'base64')}`
  const base64 = await page.evaluate(
    async ([url, { width, height }, maxBytes]) => {
      const picture = await createImageBitmap(await (await fetch(url)).blob())
      const scale = Math.max(width / picture.width, height / picture.height)
      const canvas = new OffscreenCanvas(width, height)
      const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'))
      context.imageSmoothingQuality = 'high'
      const [w, h] = [picture.width * scale, picture.height * scale]
      context.drawImage(picture, (width - w) / 2, (height - h) / 2, w, h)
      for (let quality = 0.8; quality > 0; quality -= 0.02) {
        const blob = await canvas.convertToBlob({ type: 'image/webp', quality })
        if (blob.size <= maxBytes) {
          const bytes = new Uint8Array(await blob.arrayBuffer())
          return btoa(String.fromCharCode(...bytes))
        }
      }
      throw new Error('too large at any quality')
    },
    /** @type {const} */ ([source, SIZE, MAX_BYTES]),
  )
  const bytes = Buffer.from(base64, 'base64')
  writeFileSync(`${folder}small/${file.replace(/\.jpg$/, '.webp')}`, bytes)
  console.log(`${file}: ${bytes.length} bytes`)
}
await browser.close()
