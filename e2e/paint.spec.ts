import { readFileSync } from 'node:fs'
import { decode } from 'fast-png'
import type { Page } from '@playwright/test'
import {
  centroid,
  drag,
  expect,
  exportedMask,
  openPicture,
  picture,
  screenPoint,
  test,
  zoomOf,
} from './fixtures'

const IMAGE = { width: 800, height: 600 }
const PHOTO = picture(IMAGE.width, IMAGE.height)

/** From 100 % by the zoom buttons, two steps a doubling. */
async function zoomTo(page: Page, percent: number): Promise<void> {
  await page.getByRole('button', { name: 'Actual size' }).click()
  const steps = Math.log2(percent / 100) * 2
  for (let k = 0; k < Math.abs(steps); k++) {
    await page.getByRole('button', { name: steps > 0 ? 'Zoom in' : 'Zoom out' }).click()
  }
  await expect(page.getByRole('status', { name: 'Zoom' })).toHaveText(`${percent}%`)
}

for (const ratio of [1, 1.5, 2]) {
  test.describe(`at device pixel ratio ${ratio}`, () => {
    test.use({ deviceScaleFactor: ratio })
    test('a stroke lands where it was drawn, within 1 px, at 25 to 1600 %; the ring has its width', async ({
      page,
    }) => {
      await page.goto('/')
      await openPicture(page, PHOTO)
      await page.getByRole('spinbutton', { name: 'Brush size' }).fill('9')
      await page.getByRole('spinbutton', { name: 'Hardness' }).fill('100')
      for (const percent of [25, 100, 400, 1600]) {
        await zoomTo(page, percent)
        // A mouse is on whole CSS px: the image point under one of them.
        const near = await screenPoint(page, IMAGE, { x: 400 + 900 / percent, y: 300 - 700 / percent })
        const at = { x: Math.round(near.x), y: Math.round(near.y) }
        const middle = await screenPoint(page, IMAGE, { x: 400, y: 300 })
        const scale = percent / 100 / ratio
        const target = { x: 400 + (at.x - middle.x) / scale, y: 300 + (at.y - middle.y) / scale }
        await page.mouse.move(at.x, at.y)
        await page.mouse.down()
        await page.mouse.up()
        const center = centroid(await exportedMask(page))
        expect([percent, Math.abs(center.x - target.x) <= 1, Math.abs(center.y - target.y) <= 1]).toEqual([
          percent,
          true,
          true,
        ])
        // As wide as it says: a hard disc of 9 px.
        expect(center.sum / 255).toBeGreaterThan(52)
        expect(center.sum / 255).toBeLessThan(75)
        await page.getByRole('button', { name: 'Undo' }).click()
      }
      await zoomTo(page, 200)
      await page.getByRole('spinbutton', { name: 'Brush size' }).fill('50')
      await page.getByRole('region', { name: 'Canvas' }).hover()
      const width = async () => (await page.locator('[data-ring]').first().boundingBox())!.width * ratio
      await expect.poll(async () => Math.abs((await width()) - 100)).toBeLessThanOrEqual(1)
    })
  })
}

test.describe('strokes', () => {
  test.beforeEach(async ({ page }) => {
    await page.goto('/')
    await openPicture(page, PHOTO)
    await page.getByRole('button', { name: 'Actual size' }).click()
  })

  test('opacity does not build up; the eraser takes away; pressure scales the size; without a smooth edge all is 0 or 255', async ({
    page,
  }) => {
    await page.getByRole('spinbutton', { name: 'Opacity' }).fill('40')
    await page.getByRole('spinbutton', { name: 'Brush size' }).fill('40')
    await page.getByRole('spinbutton', { name: 'Hardness' }).fill('100')
    const at = (x: number, y: number) => screenPoint(page, IMAGE, { x, y })
    await drag(page, await at(300, 300), await at(500, 300), await at(300, 300), await at(500, 300))
    let mask = await exportedMask(page)
    expect(Math.max(...mask.data.subarray(300 * 800, 301 * 800))).toBe(102)
    await page.getByRole('radio', { name: 'Eraser' }).click()
    await page.getByRole('spinbutton', { name: 'Opacity' }).fill('100')
    await page.getByRole('spinbutton', { name: 'Brush size' }).fill('60')
    await drag(page, await at(280, 300), await at(520, 300))
    mask = await exportedMask(page)
    expect(mask.data.every((value) => value === 0)).toBe(true)

    await page.getByRole('radio', { name: 'Brush', exact: true }).click()
    await page.getByRole('spinbutton', { name: 'Opacity' }).fill('100')
    await page.getByRole('spinbutton', { name: 'Brush size' }).fill('100')
    await page.getByRole('spinbutton', { name: 'Hardness' }).fill('100')
    const dab = async (pressure: number) => {
      const middle = await screenPoint(page, IMAGE, { x: 400, y: 300 })
      await page.getByRole('region', { name: 'Canvas' }).evaluate(
        (canvas, { x, y, force }) => {
          const init = {
            clientX: x,
            clientY: y,
            pointerId: 7,
            pointerType: 'pen',
            pressure: force,
            bubbles: true,
            cancelable: true,
          }
          // A pen that only exists as events cannot be captured.
          canvas.setPointerCapture = () => {}
          canvas.dispatchEvent(new PointerEvent('pointerdown', init))
          canvas.dispatchEvent(new PointerEvent('pointerup', init))
        },
        { ...middle, force: pressure },
      )
      const { sum } = centroid(await exportedMask(page))
      await page.getByRole('button', { name: 'Undo' }).click()
      return sum / 255
    }
    expect((await dab(0.5)) / (await dab(1))).toBeCloseTo(0.25, 1)

    // Only its two tones, and grow moves the edge by whole pixels.
    await page.getByRole('spinbutton', { name: 'Brush size' }).fill('40')
    const smooth = page.getByRole('button', { name: 'Smooth edge' })
    await smooth.click()
    await expect(smooth).toHaveAttribute('aria-pressed', 'false')
    await drag(page, await at(300, 300), await at(500, 300), await at(350, 200))
    const before = await exportedMask(page)
    expect(before.data.every((value) => value === 0 || value === 255)).toBe(true)
    const column = ({ data }: typeof before) =>
      data.filter((value, p) => p % 800 === 450 && p > 290 * 800 && value > 0).length
    await page.getByRole('button', { name: 'Refine mask' }).click()
    const menu = page.getByRole('dialog', { name: 'Refine mask' })
    await menu.getByRole('spinbutton', { name: 'Amount' }).fill('2')
    await menu.getByRole('button', { name: 'Grow mask' }).click()
    await page.keyboard.press('Escape')
    await expect.poll(async () => column(await exportedMask(page))).toBe(column(before) + 2)
    const after = await exportedMask(page)
    expect(after.data.every((value) => value === 0 || value === 255)).toBe(true)
  })

  test('a stroke may leave the picture and come back; Escape takes one back; the keyboard paints as well', async ({
    page,
  }) => {
    const at = (x: number, y: number) => screenPoint(page, IMAGE, { x, y })
    await drag(page, await at(700, 100), await at(840, 100), await at(840, 300), await at(700, 300))
    const mask = await exportedMask(page)
    const row = (y: number) => mask.data.subarray(y * 800, (y + 1) * 800)
    expect(row(100)[750]).toBe(255)
    expect(row(300)[750]).toBe(255)
    expect(row(200)[750]).toBe(0)
    expect([mask.width, mask.height]).toEqual([800, 600])

    await page.keyboard.press('Control+z')
    const middle = await at(400, 300)
    await page.mouse.move(middle.x, middle.y)
    await page.mouse.down()
    await page.mouse.move(middle.x + 60, middle.y, { steps: 4 })
    await page.keyboard.press('Escape')
    await page.mouse.up()
    await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled()
    await expect(page.getByRole('status', { name: 'Prediction status' })).toHaveText(
      'Paint over what should change.',
    )

    // Arrows move the crosshair, Enter dabs.
    await page.getByRole('region', { name: 'Canvas' }).focus()
    for (let k = 0; k < 3; k++) await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('ArrowUp')
    await expect(page.getByText('x 430, y 299')).toBeAttached()
    await page.keyboard.press('Enter')
    const center = centroid(await exportedMask(page))
    expect(Math.abs(center.x - 430)).toBeLessThan(0.6)
    expect(Math.abs(center.y - 299)).toBeLessThan(0.6)
  })

  test('two strokes 100 ms apart are two steps; undo and redo everything, clear and invert too', async ({
    page,
  }) => {
    const at = (x: number, y: number) => screenPoint(page, IMAGE, { x, y })
    const states = [(await exportedMask(page)).data]
    const note = async () => states.push((await exportedMask(page)).data)
    await drag(page, await at(200, 200), await at(300, 220))
    await note()
    await drag(page, await at(400, 200), await at(500, 220))
    await note()
    await page.keyboard.press('i')
    await note()
    await page.keyboard.press('Delete')
    await note()
    for (let k = states.length - 2; k >= 0; k--) {
      await page.keyboard.press('Control+z')
      expect(Buffer.compare((await exportedMask(page)).data, states[k]!)).toBe(0)
    }
    await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled()
    for (let k = 1; k < states.length; k++) {
      await page.keyboard.press(k % 2 ? 'Control+Shift+z' : 'Control+y')
      expect(Buffer.compare((await exportedMask(page)).data, states[k]!)).toBe(0)
    }
    await expect(page.getByRole('button', { name: 'Redo' })).toBeDisabled()
  })
})

test.describe('the view', () => {
  test.beforeEach(async ({ page }) => {
    await page.goto('/')
    await openPicture(page, PHOTO)
  })

  test('a mouse wheel zooms at the pointer, between 5 % and 3200 %; a pinch on a trackpad too, and paints nothing', async ({
    page,
  }) => {
    await page.getByRole('button', { name: 'Actual size' }).click()
    const at = await screenPoint(page, IMAGE, { x: 250, y: 200 })
    await page.mouse.move(at.x, at.y)
    await page.mouse.wheel(0, -240)
    await expect.poll(() => zoomOf(page)).toBeGreaterThan(1.2)
    await page.mouse.down()
    await page.mouse.up()
    const center = centroid(await exportedMask(page))
    expect(Math.abs(center.x - 250)).toBeLessThan(1)
    expect(Math.abs(center.y - 200)).toBeLessThan(1)
    await page.mouse.move(at.x, at.y)
    // A busy page takes several turns of the wheel as one.
    const turn = async (by: number) => {
      for (let k = 0; k < 8; k++) await page.mouse.wheel(0, by)
      return zoomOf(page)
    }
    await expect.poll(() => turn(-400)).toBe(32)
    await expect.poll(() => turn(400)).toBe(0.05)
    await page.keyboard.press('0')
    await expect(page.getByRole('button', { name: 'Fit' })).toHaveAttribute('aria-pressed', 'true')

    await page.keyboard.press('Control+z')
    await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled()
    const size = page.getByRole('spinbutton', { name: 'Brush size' })
    const before = await size.inputValue()
    const zoom = await zoomOf(page)
    // That is what browsers make of it: wheel events with control down.
    await page.keyboard.down('Control')
    const pinch = async () => {
      await page.mouse.wheel(0, -20)
      return zoomOf(page)
    }
    await expect.poll(pinch).toBeGreaterThan(zoom * 1.2)
    await page.keyboard.up('Control')
    await expect(size).toHaveValue(before)
    await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled()
  })

  test('two fingers on a trackpad pan; so does the wheel where it is set to', async ({ page }) => {
    await page.getByRole('button', { name: 'Actual size' }).click()
    const at = await screenPoint(page, IMAGE, { x: 400, y: 300 })
    const painted = async () => {
      await page.mouse.click(at.x, at.y)
      const { x, y } = centroid(await exportedMask(page))
      await page.getByRole('button', { name: 'Clear mask' }).click()
      return [Math.round(x), Math.round(y)]
    }
    await page.mouse.move(at.x, at.y)
    await page.mouse.wheel(30, 50)
    expect(await zoomOf(page)).toBe(1)
    expect(await painted()).toEqual([430, 350])
    await page.getByRole('button', { name: 'Preferences' }).click()
    await page.getByRole('checkbox', { name: 'Mouse wheel zooms' }).uncheck()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.mouse.move(at.x, at.y)
    await page.mouse.wheel(0, 120)
    expect(await zoomOf(page)).toBe(1)
    expect(await painted()).toEqual([430, 470])
  })

  test('space and the middle button pan, and paint nothing', async ({ page }) => {
    await page.getByRole('button', { name: 'Actual size' }).click()
    const before = await screenPoint(page, IMAGE, { x: 400, y: 300 })
    await page.getByRole('region', { name: 'Canvas' }).focus()
    await page.keyboard.down('Space')
    await drag(page, before, { x: before.x + 100, y: before.y + 40 })
    await page.keyboard.up('Space')
    await page.mouse.move(before.x, before.y)
    await page.mouse.down({ button: 'middle' })
    await page.mouse.move(before.x + 20, before.y, { steps: 4 })
    await page.mouse.up({ button: 'middle' })
    await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled()
    await page.mouse.click(before.x, before.y)
    const center = centroid(await exportedMask(page))
    expect(Math.abs(center.x - 280)).toBeLessThan(1)
    expect(Math.abs(center.y - 260)).toBeLessThan(1)
  })

  test('pixels are sharp from 200 % up, and exactly the picture at 100 %', async ({ page }) => {
    await page.getByRole('button', { name: 'Actual size' }).click()
    const source = decode(PHOTO)
    const shown = async (x: number, y: number) => {
      const at = await screenPoint(page, IMAGE, { x: x + 0.5, y: y + 0.5 })
      const shot = decode(
        await page.screenshot({ clip: { x: Math.floor(at.x), y: Math.floor(at.y), width: 1, height: 1 } }),
      )
      return Array.from(shot.data.slice(0, 3))
    }
    await page.mouse.move(5, 5)
    for (const [x, y] of [
      [400, 300],
      [351, 222],
      [431, 391],
    ] as const) {
      await expect
        .poll(() => shown(x, y))
        .toEqual(Array.from(source.data.slice((y * 800 + x) * 3, (y * 800 + x) * 3 + 3)))
    }
    for (let k = 0; k < 6; k++) await page.getByRole('button', { name: 'Zoom in' }).click()
    await page.mouse.move(5, 5)
    await expect
      .poll(() => shown(401, 300))
      .toEqual(Array.from(source.data.slice((300 * 800 + 401) * 3, (300 * 800 + 401) * 3 + 3)))
  })
})

test('transparent parts show a checkerboard, and the picture is exported as it came', async ({ page }) => {
  await page.goto('/')
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(200, 100)
    const context = canvas.getContext('2d')!
    context.fillStyle = '#00ff00'
    context.fillRect(0, 0, 100, 100)
    return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())]
  })
  await openPicture(page, Buffer.from(bytes), 'half.png')
  const box = (await page.getByRole('region', { name: 'Canvas' }).boundingBox())!
  const clip = { x: box.x + box.width / 2 + 40, y: box.y + box.height / 2, width: 32, height: 8 }
  const tones = async () => {
    const { data, channels } = decode(await page.screenshot({ clip }))
    return new Set(Array.from({ length: data.length / channels }, (_, p) => data[p * channels])).size
  }
  await expect.poll(tones).toBe(2)
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('menuitem', { name: 'PNG' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('half.png')
  const exported = decode(readFileSync(await download.path()))
  expect(Array.from(exported.data.slice(0, 4))).toEqual([0, 255, 0, 255])
  expect(exported.data[150 * 4 + 3]).toBe(0)
})
