import type { Page } from '@playwright/test'
import { encode } from 'fast-png'
import { expect, exportedMask, openPicture, screenPoint, test } from './fixtures'

const IMAGE = { width: 400, height: 300 }
const MIDDLE = { x: IMAGE.width / 2, y: IMAGE.height / 2 }

/** A blue square of 2 x `half` px in the middle of a grey picture: for the tools that look at the picture. */
function square(half: number) {
  const data = new Uint8Array(IMAGE.width * IMAGE.height * 3).fill(200)
  for (let y = MIDDLE.y - half; y < MIDDLE.y + half; y++)
    for (let x = MIDDLE.x - half; x < MIDDLE.x + half; x++) data.set([30, 60, 220], (y * IMAGE.width + x) * 3)
  return Buffer.from(encode({ ...IMAGE, data, channels: 3, depth: 8 }))
}

interface At {
  readonly x: number
  readonly y: number
}

/** A pointer of any kind, as events: down at the first point, over the others, up. */
async function gesture(page: Page, pointerType: string, points: readonly At[], clicks = false) {
  await page.getByRole('region', { name: 'Canvas' }).evaluate(
    (canvas, given) => {
      canvas.setPointerCapture = () => {}
      const send = (type: string, { x, y }: { x: number; y: number }) =>
        canvas.dispatchEvent(
          new PointerEvent(type, {
            clientX: x,
            clientY: y,
            pointerId: 5,
            pointerType: given.pointerType,
            pressure: 1,
            buttons: 1,
            bubbles: true,
            cancelable: true,
          }),
        )
      if (given.clicks) {
        for (const point of given.points) {
          send('pointerdown', point)
          send('pointerup', point)
        }
        return
      }
      send('pointerdown', given.points[0]!)
      for (const point of given.points) send('pointermove', point)
      send('pointerup', given.points.at(-1)!)
    },
    { pointerType, points, clicks },
  )
}

/** Where the mask is, px, and how much there is of it. */
async function measure(page: Page) {
  const { data, width } = await exportedMask(page)
  let sum = 0
  let x = 0
  let y = 0
  for (let p = 0; p < data.length; p++) {
    const weight = data[p]! / 255
    sum += weight
    x += weight * ((p % width) + 0.5)
    y += weight * (Math.floor(p / width) + 0.5)
  }
  return { area: sum, x: x / sum, y: y / sum }
}

async function zoomTo(page: Page, percent: number) {
  await page.getByRole('button', { name: 'Actual size' }).click()
  const stops = Math.round(Math.log2(percent / 100) * 2)
  const button = page.getByRole('button', { name: stops > 0 ? 'Zoom in' : 'Zoom out' })
  for (let k = 0; k < Math.abs(stops); k++) await button.click()
}

const SHAPES = [
  { key: 'r', name: 'rectangle', area: 4 },
  { key: 'o', name: 'ellipse', area: Math.PI },
  { key: 'l', name: 'lasso', area: 4 },
  { key: 'p', name: 'polygon', area: 4 },
  { key: 'w', name: 'magic wand', area: 4 },
  { key: 'q', name: 'smart select', area: 4 },
] as const

/** Draws a shape of 2 x `half` px around the middle of the picture. */
async function draw(page: Page, key: string, half: number, pointerType: string) {
  await page.keyboard.press(key)
  const at = (dx: number, dy: number) =>
    screenPoint(page, IMAGE, { x: MIDDLE.x + dx * half, y: MIDDLE.y + dy * half })
  const corners = [await at(-1, -1), await at(1, -1), await at(1, 1), await at(-1, 1)]
  if (key === 'l') await gesture(page, pointerType, corners)
  else if (key === 'p') await gesture(page, pointerType, [...corners, corners[0]!], true)
  else if (key === 'w' || key === 'q') await gesture(page, pointerType, [await at(0, 0)])
  else await gesture(page, pointerType, [corners[0]!, corners[2]!])
  await expect(page.getByRole('button', { name: 'Clear mask' })).toBeEnabled()
}

/** Each shape and selection once, each pixel ratio at two zooms: src/editor/toolAccuracy.test.ts has all. */
const VIEWS = [
  [1, [25, 400]],
  [1.5, [100, 1600]],
  [2, [400, 1600]],
] as const
for (const [turn, [ratio, zooms]] of VIEWS.entries()) {
  test.describe(`at device pixel ratio ${ratio}`, () => {
    test.use({ deviceScaleFactor: ratio })
    test(`shapes and selections lie where they were drawn at ${zooms.join(' and ')} %`, async ({ page }) => {
      test.slow()
      await page.goto('/')
      for (const [k, percent] of zooms.entries()) {
        // Of a size that is seen whole at this zoom.
        const half = { 25: 120, 100: 100, 400: 40, 1600: 12 }[percent]!
        await openPicture(page, square(half), `square-${percent}.png`)
        await zoomTo(page, percent)
        const { key, name, area } = SHAPES[2 * turn + k]!
        await draw(page, key, half, 'mouse')
        const found = await measure(page)
        const side = Math.sqrt(found.area / area)
        expect([
          name,
          percent,
          Math.abs(found.x - MIDDLE.x) <= 1,
          Math.abs(found.y - MIDDLE.y) <= 1,
          Math.abs(side - half) <= 1,
        ]).toEqual([name, percent, true, true, true])
        await page.getByRole('button', { name: 'Clear mask' }).click()
      }
    })
  })
}

/** A shape that is dragged, one that is clicked, a selection: useCanvasInput.test.ts has what all tools are told. */
const BY_HAND = SHAPES.filter(({ key }) => ['r', 'p', 'w'].includes(key))

test('touch and pen make the mask that the mouse makes, to the byte', async ({ page }) => {
  test.slow()
  await page.goto('/')
  await openPicture(page, square(100))
  await page.getByRole('button', { name: 'Actual size' }).click()
  const byMouse = new Map<string, Uint8Array>()
  // Fingers pan once a pen was seen, so that it comes last.
  for (const type of ['mouse', 'touch', 'pen']) {
    for (const { key } of [{ key: 'b' }, ...BY_HAND]) {
      if (key === 'b') {
        await page.keyboard.press(key)
        const from = await screenPoint(page, IMAGE, { x: 150, y: 125 })
        await gesture(page, type, [from, { x: from.x + 90, y: from.y + 40 }])
      } else await draw(page, key, 100, type)
      const { data } = await exportedMask(page)
      if (type === 'mouse') byMouse.set(key, data)
      expect([key, type, Buffer.compare(byMouse.get(key)!, data)]).toEqual([key, type, 0])
      await page.getByRole('button', { name: 'Clear mask' }).click()
    }
    if (type === 'mouse') continue
    // The eraser: back to what was there.
    await page.keyboard.press('i')
    await page.keyboard.press('e')
    const at = await screenPoint(page, IMAGE, { x: 150, y: 125 })
    await gesture(page, type, [at, { x: at.x + 50, y: at.y }])
    const { data } = await exportedMask(page)
    expect([type, data[125 * IMAGE.width + 170], data[275 * IMAGE.width + 20]]).toEqual([type, 0, 255])
    await page.getByRole('button', { name: 'Clear mask' }).click()
  }
})
