// @ts-check
// What a run's start and an answer cost: a part of npm run bench -- --results.
import { bundle } from './benchBundle.mjs'

/** What the workers of the page run, for a page of its own. */
const ENTRY = `
export { cropRgba, createRgba } from '/src/core/image/raster'
export { scaleInput } from '/src/core/run/scaleInput'
export { alignOutput } from '/src/core/run/alignOutput'
`

/**
 * Crop, scale and PNG for models of 512 and 1024 px from photos of 12 and 50 MP, whole and in part; each beside the
 * browser's own drawing and encoding of the same. Then finding where an answer of another size lies.
 * @param {import('@playwright/test').Browser} browser
 * @param {boolean} quick 12 MP only
 */
export async function benchSend(browser, quick) {
  const code = await bundle(ENTRY)
  for (const [width, height] of quick
    ? [[4000, 3000]]
    : [
        [4000, 3000],
        [8192, 6144],
      ]) {
    // One page for both would run code that is compiled for both, at half the speed.
    const page = await browser.newPage()
    const rows = await page.evaluate(inPage, { code, width, height })
    await page.close()
    for (const { what, ours, floor } of rows) {
      const mp = Math.round((width * height) / 1e6)
      const ratio = (ours / floor).toFixed(1)
      console.log(`send ${mp} MP ${what}: ${ours.toFixed(0)} ms, browser ${floor.toFixed(0)} ms, x${ratio}`)
    }
  }
  const page = await browser.newPage()
  const found = await page.evaluate(alignInPage, { code })
  for (const { what, ms } of found) console.log(`place ${what}: ${ms.toFixed(0)} ms`)
  await page.close()
}

/** @param {{ code: string, width: number, height: number }} job */
async function inPage({ code, width, height }) {
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))
  const { createRgba, cropRgba, scaleInput } = await import(url)
  const photo = createRgba(width, height)
  for (let i = 0; i < photo.data.length; i += 4) {
    const p = i >> 2
    photo.data[i] = (p * 7) & 255
    photo.data[i + 1] = (p >> 5) & 255
    photo.data[i + 2] = ((p % width) >> 4) & 255
    photo.data[i + 3] = 255
  }
  const bitmap = await createImageBitmap(new ImageData(photo.data, width, height))
  /** @param {() => Promise<unknown>} work */
  const time = async (work) => {
    const times = []
    for (let i = 0; i < 3; i++) {
      const start = performance.now()
      await work()
      times.push(performance.now() - start)
    }
    return Math.min(...times)
  }
  const rows = []
  for (const side of [512, 1024]) {
    for (const part of [1, 0.5]) {
      const w = Math.round(width * part)
      const h = Math.round(height * part)
      const size = { width: side, height: Math.round((side * h) / w / 8) * 8 }
      const rect = { x: width - w, y: height - h, width: w, height: h }
      const ours = await time(async () => {
        const image = cropRgba(photo, rect)
        const mask = { width: w, height: h, data: new Uint8Array(w * h) }
        const base = { x: 0, y: 0, width, height }
        const scaled = scaleInput({ image, mask }, size, { kind: 'edge', region: rect, base }).image
        const canvas = new OffscreenCanvas(size.width, size.height)
        canvas.getContext('2d')?.putImageData(new ImageData(scaled.data, size.width, size.height), 0, 0)
        await canvas.convertToBlob({ type: 'image/png' })
      })
      const floor = await time(async () => {
        const canvas = new OffscreenCanvas(size.width, size.height)
        const context = canvas.getContext('2d')
        if (!context) throw new Error('no canvas')
        context.imageSmoothingQuality = 'high'
        context.drawImage(bitmap, rect.x, rect.y, w, h, 0, 0, size.width, size.height)
        await canvas.convertToBlob({ type: 'image/png' })
      })
      rows.push({ what: `${w} x ${h} px at ${size.width} x ${size.height}`, ours, floor })
    }
  }
  return rows
}

/** @param {{ code: string }} job */
async function alignInPage({ code }) {
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))
  const { alignOutput } = await import(url)
  /** @param {number} width @param {number} height @param {(x: number, y: number) => number} toneAt */
  const gray = (width, height, toneAt) => {
    const data = new Uint8Array(width * height)
    for (let p = 0; p < data.length; p++) data[p] = toneAt(p % width, Math.floor(p / width))
    return { width, height, data }
  }
  /** @param {number} x @param {number} y */
  const tone = (x, y) =>
    128 +
    40 * Math.sin(x / 13) * Math.cos(y / 17) +
    40 * Math.sin((x * y) / 4000) +
    ((x * 7919 + y * 104_729) % 31)
  const rows = []
  for (const [what, sent, answer, dx] of [
    ['1020 x 1010 padded to 1024 x 1024', [1020, 1010], [1024, 1024], 0],
    ['1024 x 1024 extended left to 1536 x 1024', [1024, 1024], [1536, 1024], 512],
  ]) {
    const [width, height] = /** @type {[number, number]} */ (sent)
    const [w, h] = /** @type {[number, number]} */ (answer)
    let ms = Infinity
    for (let i = 0; i < 3; i++) {
      const job = {
        sent: gray(width, height, tone),
        answer: gray(w, h, (x, y) => tone(x - Number(dx), y)),
        coverage: null,
        size: { width, height },
        at: { x: 0, y: 0 },
      }
      const start = performance.now()
      const found = alignOutput(job)
      ms = Math.min(ms, performance.now() - start)
      if (found?.dx !== dx) throw new Error(`${what} was placed wrongly`)
    }
    rows.push({ what: String(what), ms })
  }
  return rows
}
