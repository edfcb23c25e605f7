// @ts-check
// Re-blends of a patch in the browser: a part of npm run bench -- --results.
import { bundle } from './benchBundle.mjs'

/** What the workers of the page run, for a page of its own. */
const ENTRY = `
export { createRgba } from '/src/core/image/raster'
export { LiveBlend } from '/src/core/document/liveBlend'
export { composePatch } from '/src/core/document/composePatch'
export { PLAIN_BLEND } from '/src/core/document/document'
`

/** With how many px of the picture a px of the screen shows at least, fitted. */
const SIZES = [
  [4000, 3000, 2],
  [8192, 6144, 4],
]

/**
 * Prints what a patch of 1024 px costs while its blend is dragged, at 1:1 and with the picture fitted to a pane of 1030 x
 * 800, and once it is toned.
 * @param {import('@playwright/test').Browser} browser
 * @param {boolean} quick 12 MP only
 */
export async function benchPixels(browser, quick) {
  const code = await bundle(ENTRY)
  for (const [width, height, fitted] of SIZES.slice(0, quick ? 1 : SIZES.length)) {
    const mp = Math.round((width * height) / 1e6)
    // The code of a page before it would be compiled for both, and run at half the speed.
    const page = await browser.newPage()
    for (const { what, ms } of await page.evaluate(blendInPage, { code, width, height, fitted }))
      console.log(
        `1024 px in ${mp} MP, ${what}: ${ms.toFixed(1)} ms a frame, ${(1000 / ms).toFixed(0)} a second`,
      )
    await page.close()
  }
}

/** @param {{ code: string, width: number, height: number, fitted: number }} job */
async function blendInPage({ code, width, height, fitted }) {
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))
  const { createRgba, LiveBlend, composePatch, PLAIN_BLEND } = await import(url)
  const side = 1024
  const noise = (/** @type {number} */ seed) => {
    const image = createRgba(side, side)
    const words = new Uint32Array(image.data.buffer)
    for (let p = 0; p < words.length; p++) words[p] = 0xff000000 | Math.imul(p + seed, 2_654_435_761)
    return image
  }
  const pixels = noise(0)
  const below = noise(77)
  const patch = {
    id: 'a',
    from: null,
    pixels: 'p',
    rect: { x: 900, y: 900, width: side, height: side },
    coverage: [
      { kind: 'ellipse', mode: 'paint', rect: { x: 1000, y: 1000, width: side - 200, height: side - 200 } },
    ],
    coverageFrame: { x: 0, y: 0, width, height },
    blend: PLAIN_BLEND,
    visible: true,
  }
  const canvas = new OffscreenCanvas(side, side)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  /** The median with drawing. @param {(k: number) => any} work gives a composed patch */
  const time = (work) => {
    const times = []
    for (let k = 0; k < 23; k++) {
      const start = performance.now()
      const { crop } = work(k)
      context.putImageData(new ImageData(crop.data, crop.width, crop.height), 0, 0)
      times.push(performance.now() - start)
    }
    return times.slice(3).toSorted((a, b) => a - b)[10]
  }
  /** @type {[string, (k: number) => object][]} */
  const drags = [
    ['opacity', (k) => ({ featherPx: 24, opacity: 30 + k })],
    ['feather', (k) => ({ featherPx: 8 + k })],
    ['grow', (k) => ({ growPx: 1 + k })],
    ['grow, feathered', (k) => ({ growPx: 1 + k, featherPx: 24 })],
  ]
  const rows = drags.flatMap(([what, change]) =>
    [fitted, 1].map((scale) => {
      const live = new LiveBlend({ patch, pixels, below, above: [] })
      const ms = time((k) => live.draw({ ...PLAIN_BLEND, ...change(k) }, { seen: patch.rect, scale }))
      return { what: `${what}, ${scale === 1 ? '1:1' : 'fitted'}`, ms }
    }),
  )
  for (const [what, change] of [
    ['colour match', { matchColor: true }],
    ['seam repair', { seam: 'gradient' }],
    ['both', { matchColor: true, seam: 'gradient' }],
  ]) {
    const toned = { ...patch, blend: { ...PLAIN_BLEND, .../** @type {object} */ (change) } }
    rows.push({ what: String(what), ms: time(() => composePatch(toned, pixels, below)) })
  }
  return rows
}
