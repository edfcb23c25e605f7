import { readFileSync } from 'node:fs'
import { decode, encode } from 'fast-png'
import { drag, expect, exportedMask, openPicture, picture, screenPoint, test } from './fixtures'

const IMAGE = { width: 800, height: 600 }

test.beforeEach(async ({ page }) => {
  await page.goto('/')
  await openPicture(page, picture(IMAGE.width, IMAGE.height))
  await page.getByRole('button', { name: 'Actual size' }).click()
})

/** How many pixels are not as the shape says; those near its edge are left out (a mouse is on whole CSS px). */
function differs(mask: { data: Uint8Array }, inside: (x: number, y: number) => boolean): number {
  let wrong = 0
  for (let y = 1; y < IMAGE.height - 1; y++) {
    for (let x = 1; x < IMAGE.width - 1; x++) {
      const wanted = inside(x + 0.5, y + 0.5)
      const edge = [
        [-2, 0],
        [2, 0],
        [0, -2],
        [0, 2],
      ].some(([dx, dy]) => inside(x + 0.5 + dx!, y + 0.5 + dy!) !== wanted)
      if (!edge && mask.data[y * IMAGE.width + x] !== (wanted ? 255 : 0)) wrong++
    }
  }
  return wrong
}

test('rectangle: exact to the pixel; shift makes a square, alt takes away, Escape cancels', async ({
  page,
}) => {
  const at = (x: number, y: number) => screenPoint(page, IMAGE, { x, y })
  await page.keyboard.press('r')
  await expect(page.getByRole('radio', { name: 'Rectangle' })).toBeChecked()
  await drag(page, await at(200, 150), await at(500, 350))
  let mask = await exportedMask(page)
  const inRect = (x: number, y: number) => x > 200 && x < 500 && y > 150 && y < 350
  mask.data.forEach((value, p) => {
    const wanted = inRect((p % 800) + 0.5, Math.floor(p / 800) + 0.5) ? 255 : 0
    if (value !== wanted) throw new Error(`pixel ${p % 800}, ${Math.floor(p / 800)} is ${value}`)
  })
  await page.keyboard.down('Alt')
  await drag(page, await at(250, 200), await at(300, 260))
  await page.keyboard.up('Alt')
  mask = await exportedMask(page)
  expect(mask.data[230 * 800 + 270]).toBe(0)
  expect(mask.data[300 * 800 + 270]).toBe(255)
  await page.getByRole('button', { name: 'Clear mask' }).click()
  await page.keyboard.down('Shift')
  await drag(page, await at(200, 150), await at(300, 180))
  await page.keyboard.up('Shift')
  mask = await exportedMask(page)
  expect(mask.data.reduce((sum, value) => sum + value, 0) / 255).toBe(100 * 100)
  const before = mask.data
  await page.mouse.move(500, 400)
  await page.mouse.down()
  await page.mouse.move(600, 480, { steps: 3 })
  await page.keyboard.press('Escape')
  await page.mouse.up()
  expect(Buffer.compare((await exportedMask(page)).data, before)).toBe(0)
})

test('a selection adds, subtracts or intersects by its buttons; there is room for the actions in words', async ({
  page,
}) => {
  await page.keyboard.press('r')
  const ways = page.getByRole('radiogroup', { name: 'New selections' })
  for (const word of ['Invert', 'Clear', 'Refine', 'Import', 'Export'])
    await expect(page.getByRole('group', { name: 'Mask' }).getByText(word, { exact: true })).toBeVisible()
  const select = async (x: number, y: number) =>
    drag(
      page,
      await screenPoint(page, IMAGE, { x, y }),
      await screenPoint(page, IMAGE, { x: x + 100, y: y + 100 }),
    )
  const covered = async () => (await exportedMask(page)).data.reduce((sum, value) => sum + value / 255, 0)
  await select(100, 100)
  expect(await covered()).toBe(10_000)
  await ways.getByRole('radio', { name: 'Subtract from the mask' }).check()
  await select(150, 100)
  expect(await covered()).toBe(5_000)
  await ways.getByRole('radio', { name: 'Keep only what is in both' }).check()
  await select(125, 100)
  expect(await covered()).toBe(2_500)
})

test('ellipse, lasso and polygon cover what they enclose', async ({ page }) => {
  const at = (x: number, y: number) => screenPoint(page, IMAGE, { x, y })
  await page.keyboard.press('o')
  await drag(page, await at(200, 150), await at(500, 350))
  expect(
    differs(await exportedMask(page), (x, y) => ((x - 350) / 150) ** 2 + ((y - 250) / 100) ** 2 < 1),
  ).toBe(0)
  await page.getByRole('button', { name: 'Clear mask' }).click()

  // A triangle by lasso: its sides are straight, so sampling does not matter.
  const inTriangle = (x: number, y: number) => x > 200 && y > 150 && (x - 200) / 300 + (y - 150) / 200 < 1
  await page.keyboard.press('l')
  const corners = [await at(200, 150), await at(500, 150), await at(200, 350), await at(200, 150)]
  await page.mouse.move(corners[0]!.x, corners[0]!.y)
  await page.mouse.down()
  for (const { x, y } of corners.slice(1)) await page.mouse.move(x, y)
  await page.mouse.up()
  // At the tips less than a pixel is wide: a few pixels there may go either way.
  expect(differs(await exportedMask(page), inTriangle)).toBeLessThan(6)
  await page.getByRole('button', { name: 'Clear mask' }).click()

  await page.keyboard.press('p')
  for (const [x, y] of [
    [200, 150],
    [500, 150],
    [200, 350],
    [200, 150],
  ] as const) {
    const point = await at(x, y)
    await page.mouse.click(point.x, point.y)
  }
  // At the tips less than a pixel is wide: a few pixels there may go either way.
  expect(differs(await exportedMask(page), inTriangle)).toBeLessThan(6)
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('button', { name: 'Redo' })).toBeEnabled()
})

test('the right button erases with the brush; with Alt it resizes it, as the wheel does', async ({
  page,
}) => {
  await page.keyboard.press('i')
  const at = await screenPoint(page, IMAGE, { x: 400, y: 300 })
  await page.mouse.move(at.x, at.y)
  await page.mouse.down({ button: 'right' })
  await page.mouse.move(at.x + 30, at.y, { steps: 3 })
  await page.mouse.up({ button: 'right' })
  const mask = await exportedMask(page)
  expect(mask.data[300 * 800 + 410]).toBe(0)
  expect(mask.data[100 * 800 + 100]).toBe(255)

  const size = page.getByRole('spinbutton', { name: 'Brush size' })
  await size.fill('50')
  await page.keyboard.down('Alt')
  await page.mouse.move(at.x, at.y)
  await page.mouse.down({ button: 'right' })
  await page.mouse.move(at.x + 80, at.y, { steps: 3 })
  await page.mouse.up({ button: 'right' })
  await expect(size).toHaveValue('100')
  await page.mouse.wheel(0, -100)
  await expect(size).toHaveValue('112')
  await page.keyboard.up('Alt')
  expect(Buffer.compare((await exportedMask(page)).data, mask.data)).toBe(0)
})

test('magic wand: contiguous takes one field, everywhere takes all alike', async ({ page }) => {
  const data = new Uint8Array(IMAGE.width * IMAGE.height * 3)
  for (let p = 0; p < IMAGE.width * IMAGE.height; p++) {
    const x = p % IMAGE.width
    const left = x >= 100 && x < 200
    const right = x >= 500 && x < 600
    data.set(left || right ? [200, 40 + (x % 3), 40] : [30, 60, 200], p * 3)
  }
  await openPicture(page, Buffer.from(encode({ ...IMAGE, data, channels: 3, depth: 8 })), 'stripes.png')
  await page.getByRole('button', { name: 'Actual size' }).click()
  await page.keyboard.press('w')
  const at = await screenPoint(page, IMAGE, { x: 150, y: 300 })
  const area = async () => (await exportedMask(page)).data.reduce((sum, value) => sum + value, 0) / 255
  await page.mouse.click(at.x, at.y)
  await expect(page.getByRole('button', { name: 'Clear mask' })).toBeEnabled()
  expect(await area()).toBe(100 * 600)
  await page.getByRole('button', { name: 'Clear mask' }).click()
  await page.getByRole('checkbox', { name: 'Contiguous' }).uncheck()
  await page.mouse.click(at.x, at.y)
  await expect(page.getByRole('button', { name: 'Clear mask' })).toBeEnabled()
  expect(await area()).toBe(200 * 600)
  await page.getByRole('button', { name: 'Clear mask' }).click()
  // By keyboard: the crosshair stands in the middle, between the stripes.
  await page.getByRole('region', { name: 'Canvas' }).focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Clear mask' })).toBeEnabled()
  expect(await area()).toBe(600 * 600)
})

test('grow, shrink, feather, fill holes, remove specks: each one step, undone to the byte', async ({
  page,
}) => {
  const at = (x: number, y: number) => screenPoint(page, IMAGE, { x, y })
  await page.keyboard.press('r')
  await drag(page, await at(200, 150), await at(500, 350))
  await page.keyboard.down('Alt')
  await drag(page, await at(300, 200), await at(340, 240))
  await page.keyboard.up('Alt')
  await drag(page, await at(600, 450), await at(604, 454))
  const start = await exportedMask(page)
  await page.getByRole('button', { name: 'Refine mask' }).click()
  const menu = page.getByRole('dialog', { name: 'Refine mask' })
  const value = (mask: { data: Uint8Array }, x: number, y: number) => mask.data[y * 800 + x]
  const after = async (name: string) => {
    await menu.getByRole('button', { name }).click()
    await expect.poll(async () => Buffer.compare((await exportedMask(page)).data, start.data)).not.toBe(0)
    const mask = await exportedMask(page)
    await page.getByRole('button', { name: 'Undo' }).click()
    expect(Buffer.compare((await exportedMask(page)).data, start.data)).toBe(0)
    await page.getByRole('button', { name: 'Refine mask' }).click()
    return mask
  }
  await menu.getByRole('spinbutton', { name: 'Amount' }).fill('10')
  const grown = await after('Grow mask')
  expect([value(grown, 505, 250), value(grown, 515, 250)]).toEqual([255, 0])
  const shrunk = await after('Shrink mask')
  expect([value(shrunk, 495, 250), value(shrunk, 480, 250)]).toEqual([0, 255])
  const soft = await after('Feather mask')
  const ramp = Array.from({ length: 24 }, (_, k) => value(soft, 488 + k, 250)!)
  expect(ramp.toSorted((a, b) => b - a)).toEqual(ramp)
  expect([ramp[0], ramp[23]]).toEqual([255, 0])
  const filled = await after('Fill holes')
  expect(value(filled, 320, 220)).toBe(255)
  const cleaned = await after('Remove specks')
  expect([value(cleaned, 602, 452), value(cleaned, 250, 250)]).toEqual([0, 255])
})

test('a mask goes out and comes back to the byte; another size is shown scaled and asked about', async ({
  page,
}) => {
  const at = (x: number, y: number) => screenPoint(page, IMAGE, { x, y })
  await page.getByRole('spinbutton', { name: 'Hardness' }).fill('20')
  await drag(page, await at(200, 150), await at(500, 350))
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export mask' }).click()
  const bytes = readFileSync(await (await downloading).path())
  await page.getByRole('button', { name: 'Clear mask' }).click()
  const importFile = async (name: string, buffer: Buffer) => {
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Import mask' }).click()
    await (await choosing).setFiles({ name, mimeType: 'image/png', buffer })
  }
  await importFile('mask.png', bytes)
  await expect(page.getByRole('button', { name: 'Clear mask' })).toBeEnabled()
  expect(Buffer.compare((await exportedMask(page)).data, new Uint8Array(decode(bytes).data))).toBe(0)

  const half = new Uint8Array(400 * 300)
  half.fill(255, 0, 400 * 150)
  const small = Buffer.from(encode({ width: 400, height: 300, data: half, channels: 1, depth: 8 }))
  await importFile('small.png', small)
  const dialog = page.getByRole('dialog', { name: 'Scale the mask?' })
  await expect(dialog).toContainText('400 × 300 px')
  await expect(dialog.getByRole('img', { name: 'The mask over the picture' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Keep my mask' }).click()
  expect(Buffer.compare((await exportedMask(page)).data, new Uint8Array(decode(bytes).data))).toBe(0)
  await importFile('small.png', small)
  await dialog.getByRole('button', { name: 'Scale to the picture' }).click()
  await expect
    .poll(async () => {
      const mask = await exportedMask(page)
      return [100, 500].map((y) => mask.data[y * 800 + 700])
    })
    .toEqual([255, 0])
})

test('the mask is shown in any colour, alone, or not at all', async ({ page }) => {
  const at = (x: number, y: number) => screenPoint(page, IMAGE, { x, y })
  await page.keyboard.press('r')
  await drag(page, await at(200, 150), await at(500, 350))
  const pixel = async (x: number, y: number) => {
    const point = await at(x, y)
    const clip = { x: Math.floor(point.x), y: Math.floor(point.y), width: 1, height: 1 }
    return Array.from(decode(await page.screenshot({ clip })).data.slice(0, 3))
  }
  // What is not under the mask: the picture's own colour.
  const { data } = decode(picture(IMAGE.width, IMAGE.height))
  const own = (x: number, y: number) => Array.from(data.slice(3 * (y * 800 + x), 3 * (y * 800 + x) + 3))
  // The screen follows a frame or more later.
  const expectPixels = async (...wanted: readonly (readonly number[])[]) =>
    expect.poll(async () => [await pixel(350, 250), await pixel(600, 450)]).toEqual(wanted)
  await page.getByRole('button', { name: 'Mask view' }).click()
  await page.getByRole('radio', { name: 'Mask only' }).check()
  await page.keyboard.press('Escape')
  await expectPixels([255, 255, 255], [0, 0, 0])
  await page.keyboard.press('m')
  await expectPixels(own(350, 250), own(600, 450))
  // Over the picture again, in a colour.
  await page.keyboard.press('m')
  await expect.poll(() => pixel(350, 250)).not.toEqual(own(350, 250))
  expect(await pixel(600, 450)).toEqual(own(600, 450))
})

test('a file that is dragged in can be dropped as the mask', async ({ page }) => {
  const data = new Uint8Array(IMAGE.width * IMAGE.height)
  data.fill(200, 0, 800 * 10)
  const bytes = encode({ ...IMAGE, data, channels: 1, depth: 8 })
  const transfer = await page.evaluateHandle((values) => {
    const out = new DataTransfer()
    out.items.add(new File([Uint8Array.from(values)], 'mask.png', { type: 'image/png' }))
    return out
  }, Array.from(bytes))
  await page.locator('body').dispatchEvent('dragover', { dataTransfer: transfer })
  const target = page.getByText('Use as mask')
  await expect(target).toBeVisible()
  await target.dispatchEvent('drop', { dataTransfer: transfer })
  await expect(page.getByRole('button', { name: 'Clear mask' })).toBeEnabled()
  expect(Buffer.compare((await exportedMask(page)).data, data)).toBe(0)
})
