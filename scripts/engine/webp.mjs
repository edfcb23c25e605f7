// @ts-check
import { writeFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { findBrowser } from '../browser.mjs'

const QUALITY = 0.82

/**
 * Packs pictures in a browser.
 * @param {ReadonlyMap<string, Uint8Array>} pictures PNG files by the path of the WebP file that is written
 */
export async function writeWebps(pictures) {
  const browser = await chromium.launch((await findBrowser()) ?? {})
  const page = await browser.newPage()
  for (const [path, png] of pictures) {
    const packed = await page.evaluate(
      async ([base64, quality]) => {
        const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob())
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
        canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
        const bytes = new Uint8Array(
          await (await canvas.convertToBlob({ type: 'image/webp', quality })).arrayBuffer(),
        )
        let text = ''
        for (const byte of bytes) text += String.fromCharCode(byte)
        return btoa(text)
      },
      /** @type {const} */ ([Buffer.from(png).toString('base64'), QUALITY]),
    )
    writeFileSync(path, Buffer.from(packed, 'base64'))
  }
  await browser.close()
}
