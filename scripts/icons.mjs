// @ts-check
// node scripts/icons.mjs: draws the icons of the installed page, public/icon-*.png, from public/icon.svg.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { findBrowser } from './browser.mjs'

const folder = new URL('../public/', import.meta.url)
const svg = readFileSync(new URL('icon.svg', folder), 'utf8')
/** Systems cut a maskable icon to a shape: what matters is within the middle 80 %, and the ground reaches the edge. */
const ICONS = [
  { name: 'icon-192.png', side: 192, share: 1 },
  { name: 'icon-512.png', side: 512, share: 1 },
  { name: 'icon-maskable-512.png', side: 512, share: 0.8 },
]

const browser = await chromium.launch((await findBrowser()) ?? {})
const page = await browser.newPage()
for (const { name, side, share } of ICONS) {
  await page.setViewportSize({ width: side, height: side })
  const ground = /fill="(#[\da-f]{6})"/.exec(svg)?.[1]
  await page.setContent(`<style>
    body { margin: 0; height: 100vh; display: grid; place-items: center; ${share < 1 ? `background: ${ground}` : ''} }
    svg { width: ${share * 100}% }
  </style>${svg}`)
  writeFileSync(fileURLToPath(new URL(name, folder)), await page.screenshot({ omitBackground: true }))
}
await browser.close()
