import { decode, encode } from 'fast-png'
import type { Page } from '@playwright/test'
import { drag, expect, exportedMask, openPicture, picture, screenPoint, test } from './fixtures'

const IMAGE = { width: 800, height: 600 }

/** One colour everywhere, unless `paint` says otherwise. */
function plain(
  rgb: readonly [number, number, number],
  paint?: (x: number, y: number) => readonly number[] | null,
) {
  const data = new Uint8Array(IMAGE.width * IMAGE.height * 3)
  for (let p = 0; p < IMAGE.width * IMAGE.height; p++)
    data.set(paint?.(p % IMAGE.width, Math.floor(p / IMAGE.width)) ?? rgb, p * 3)
  return Buffer.from(encode({ ...IMAGE, data, channels: 3, depth: 8 }))
}

async function open(page: Page, bytes: Buffer) {
  await page.goto('/')
  await openPicture(page, bytes)
  await page.getByRole('button', { name: 'Actual size' }).click()
}

const area = async (page: Page) =>
  (await exportedMask(page)).data.reduce((sum, value) => sum + value, 0) / 255

const inObject = (x: number, y: number) =>
  ((x - 400) / 140) ** 2 + ((y - 300) / 90) ** 2 < 1 || (Math.abs(x - 400) < 30 && Math.abs(y - 210) < 60)

async function overlap(page: Page) {
  const { data } = await exportedMask(page)
  let both = 0
  let either = 0
  for (let p = 0; p < data.length; p++) {
    const wanted = inObject((p % IMAGE.width) + 0.5, Math.floor(p / IMAGE.width) + 0.5)
    const found = data[p]! >= 128
    if (wanted && found) both++
    if (wanted || found) either++
  }
  return both / either
}

test('smart select: a loop snaps to the object, alt takes it away; a click and Enter take what is under them', async ({
  page,
}) => {
  test.slow()
  const grain = (x: number, y: number) => (x * 7919 + y * 104729 + x * y) % 13
  await open(
    page,
    plain([0, 0, 0], (x, y) =>
      inObject(x + 0.5, y + 0.5)
        ? [170 + grain(x, y), 80, 60 + ((x >> 4) & 1) * 30]
        : [200 + grain(y, x) - x / 40, 205, 210 - y / 30],
    ),
  )
  await page.keyboard.press('q')
  await expect(page.getByRole('radio', { name: 'Smart select' })).toBeChecked()

  const corner = await screenPoint(page, IMAGE, { x: 0, y: 0 })
  const loop = Array.from({ length: 25 }, (_, k) => {
    const angle = (k / 24) * 2 * Math.PI
    const out = 1.12 + 0.06 * Math.sin(5 * angle)
    return {
      x: corner.x + 400 + 150 * out * Math.cos(angle),
      y: corner.y + 270 + 135 * out * Math.sin(angle),
    }
  })
  const drawLoop = async () => {
    await page.mouse.move(loop[0]!.x, loop[0]!.y)
    await page.mouse.down()
    for (const { x, y } of loop) await page.mouse.move(x, y)
    await page.mouse.up()
  }
  await drawLoop()
  await expect(page.getByRole('button', { name: 'Clear mask' })).toBeEnabled()
  expect(await overlap(page)).toBeGreaterThan(0.9)
  await page.keyboard.down('Alt')
  await drawLoop()
  await page.keyboard.up('Alt')
  await expect(page.getByRole('button', { name: 'Clear mask' })).toBeDisabled()
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled()

  const at = await screenPoint(page, IMAGE, { x: 400, y: 300 })
  await page.mouse.click(at.x, at.y)
  await expect(page.getByRole('button', { name: 'Clear mask' })).toBeEnabled()
  expect(await overlap(page)).toBeGreaterThan(0.9)
  await page.keyboard.press('Delete')
  await page.getByRole('region', { name: 'Canvas' }).focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Clear mask' })).toBeEnabled()
  expect(await overlap(page)).toBeGreaterThan(0.9)
})

test('the last operation follows the amount while it is dragged, as one undo step', async ({ page }) => {
  await open(page, picture(IMAGE.width, IMAGE.height))
  await page.keyboard.press('r')
  await drag(
    page,
    await screenPoint(page, IMAGE, { x: 300, y: 200 }),
    await screenPoint(page, IMAGE, { x: 500, y: 400 }),
  )
  await page.getByRole('button', { name: 'Refine mask' }).click()
  await page.getByRole('button', { name: 'Grow mask' }).click()
  await expect(page.getByRole('button', { name: 'Grow mask' })).toHaveAttribute('aria-pressed', 'true')
  const amount = page.getByRole('spinbutton', { name: 'Amount' })
  for (const value of ['12', '40', '25']) await amount.fill(value)
  // The mask on the screen follows: red to the left of the rectangle.
  await page.keyboard.press('Escape')
  await expect
    .poll(async () => {
      const { data } = await exportedMask(page)
      return [277, 273, 260].map((x) => data[300 * 800 + x])
    })
    .toEqual([255, 0, 0])
  await page.getByRole('button', { name: 'Undo' }).click()
  expect(await area(page)).toBe(200 * 200)
})

test('by keyboard alone: a rectangle is exact, and announced; an ellipse, a lasso, a polygon', async ({
  page,
}) => {
  const go = async (key: string, tens: number) => {
    for (let k = 0; k < tens; k++) await page.keyboard.press(`Shift+${key}`)
  }
  await open(page, picture(IMAGE.width, IMAGE.height))
  await page.getByRole('region', { name: 'Canvas' }).focus()
  await page.keyboard.press('r')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await go('ArrowRight', 6)
  await go('ArrowDown', 4)
  await page.keyboard.press('Escape')
  expect(await area(page)).toBe(0)
  await page.getByRole('region', { name: 'Canvas' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await go('ArrowRight', 6)
  await go('ArrowDown', 4)
  await page.keyboard.press('Enter')
  await expect(page.getByText(/The mask covers 0\.5% of the picture/)).toBeAttached()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowUp')
  await expect(page.getByText(/100% masked/)).toBeAttached()
  const { data } = await exportedMask(page)
  data.forEach((value, p) => {
    const x = p % 800
    const y = Math.floor(p / 800)
    const wanted = x >= 401 && x < 461 && y >= 300 && y < 340 ? 255 : 0
    if (value !== wanted) throw new Error(`pixel ${x}, ${y} is ${value}`)
  })

  await page.keyboard.press('Delete')
  await page.getByRole('region', { name: 'Canvas' }).focus()
  await page.keyboard.press('o')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await go('ArrowRight', 10)
  await go('ArrowDown', 10)
  await page.keyboard.press('Enter')
  expect(Math.abs((await area(page)) - Math.PI * 50 * 50)).toBeLessThan(30)
  await page.getByRole('button', { name: 'Clear mask' }).click()
  for (const tool of ['l', 'p']) {
    await page.keyboard.press(tool)
    await page.getByRole('region', { name: 'Canvas' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await go('ArrowRight', 10)
    if (tool === 'p') await page.keyboard.press('Enter')
    await go('ArrowDown', 10)
    await page.keyboard.press('Enter')
    if (tool === 'p') await page.keyboard.press('Enter')
    expect(Math.abs((await area(page)) - 5000)).toBeLessThan(60)
    await page.getByRole('button', { name: 'Clear mask' }).click()
  }
})

/** Presses at one point with a pointer that only exists as events. */
async function press(
  page: Page,
  at: { x: number; y: number },
  init: { pointerType: string; pressure?: number; buttons?: number },
  to = at,
) {
  await page.getByRole('region', { name: 'Canvas' }).evaluate(
    (canvas, given) => {
      canvas.setPointerCapture = () => {}
      const send = (type: string, point: { x: number; y: number }) =>
        canvas.dispatchEvent(
          new PointerEvent(type, {
            clientX: point.x,
            clientY: point.y,
            pointerId: 9,
            bubbles: true,
            cancelable: true,
            buttons: 1,
            ...given.init,
          }),
        )
      send('pointerdown', given.at)
      send('pointermove', given.to)
      send('pointerup', given.to)
    },
    { at, to, init },
  )
}

test('a pen: pressure can be turned off, its other end erases, and once it is seen a finger only moves', async ({
  page,
}) => {
  await open(page, picture(IMAGE.width, IMAGE.height))
  await page.getByRole('spinbutton', { name: 'Brush size' }).fill('100')
  await page.getByRole('spinbutton', { name: 'Hardness' }).fill('100')
  const at = await screenPoint(page, IMAGE, { x: 400, y: 300 })
  await press(page, at, { pointerType: 'pen', pressure: 0.5 })
  const light = await area(page)
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Pen pressure' }).click()
  await press(page, at, { pointerType: 'pen', pressure: 0.5 })
  expect((await area(page)) / light).toBeCloseTo(4, 0)
  await page.getByRole('spinbutton', { name: 'Brush size' }).fill('120')
  await press(page, at, { pointerType: 'pen', pressure: 0.5, buttons: 32 })
  expect(await area(page)).toBe(0)
  // The hand that rests on the screen: nothing is painted, the picture moves.
  await press(page, at, { pointerType: 'touch' }, { x: at.x + 80, y: at.y })
  expect(await area(page)).toBe(0)
  await press(page, { x: at.x, y: at.y }, { pointerType: 'pen', pressure: 0.5 })
  expect((await exportedMask(page)).data[300 * 800 + 320]).toBe(255)
})

test('the mask is looked over: each slip is said with what mends it, and nothing is blocked', async ({
  page,
}) => {
  await open(page, picture(IMAGE.width, IMAGE.height))
  const check = page.getByRole('list', { name: 'Mask check' })
  const at = (x: number, y: number) => screenPoint(page, IMAGE, { x, y })
  await page.keyboard.press('r')
  await drag(page, await at(200, 150), await at(400, 350))
  await drag(page, await at(600, 450), await at(604, 454))
  await page.keyboard.down('Alt')
  await drag(page, await at(300, 200), await at(303, 203))
  await page.keyboard.up('Alt')
  await expect(check).toContainText('Tiny separate specks: 1.')
  await expect(check).toContainText('Tiny holes: 1.')
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeEnabled()
  await check.getByRole('button', { name: 'Remove them' }).click()
  await check.getByRole('button', { name: 'Fill them' }).click()
  await expect(check).toHaveCount(0)
  await expect.poll(() => area(page)).toBe(200 * 200)
  await page.keyboard.press('i')
  await expect(check).toContainText('The mask covers 91% of the picture.')
  await check.getByRole('button', { name: 'Invert it' }).click()
  await expect.poll(() => area(page)).toBe(200 * 200)
  await page.keyboard.press('Delete')
  await expect(check).toContainText('The mask is empty.')
  await page.keyboard.press('b')
  await page.getByRole('spinbutton', { name: 'Opacity' }).fill('30')
  await drag(page, await at(300, 300), await at(400, 300))
  await expect(check).toContainText('too faint')
  await check.getByRole('button', { name: 'Make it solid' }).click()
  expect((await exportedMask(page)).data[300 * 800 + 350]).toBe(255)
})

test('the mask’s outline is seen on a busy picture', async ({ page }) => {
  let state = 7
  const noise = () => (state = (state * 1103515245 + 12345) & 0x7fffffff) >> 23
  await open(
    page,
    plain([0, 0, 0], () => [noise(), noise(), noise()]),
  )
  await page.keyboard.press('r')
  const from = await screenPoint(page, IMAGE, { x: 300, y: 200 })
  await drag(page, from, await screenPoint(page, IMAGE, { x: 500, y: 400 }))
  await page.mouse.move(5, 5)
  const clip = { x: Math.round(from.x) + 60, y: Math.round(from.y) - 20, width: 80, height: 40 }
  /** How many pixels of each row are nearly black or nearly white, as a part of all. */
  const rows = async () => {
    const { width, height, channels, data } = decode(await page.screenshot({ clip }))
    return Array.from({ length: height }, (_, y) => {
      let plainTones = 0
      for (let i = y * width * channels; i < (y + 1) * width * channels; i += channels) {
        const tones = [data[i]!, data[i + 1]!, data[i + 2]!]
        if (Math.max(...tones) < 40 || Math.min(...tones) > 215) plainTones++
      }
      return plainTones / width
    })
  }
  // A worker draws it, a frame or more after the stroke.
  await expect(async () => {
    const parts = await rows()
    expect(Math.max(...parts)).toBe(1)
    expect(Math.max(...parts.filter((part) => part < 1))).toBeLessThan(0.2)
  }).toPass()
})

/** Whether a screenshot has dark and light pixels, as the outline does. */
function tonesOf(png: Buffer): { dark: boolean; light: boolean } {
  const { data, channels } = decode(png)
  const lumas = Array.from({ length: data.length / channels }, (_, p) => {
    const i = p * channels
    return (data[i]! + data[i + 1]! + data[i + 2]!) / 3
  })
  return { dark: Math.min(...lumas) < 50, light: Math.max(...lumas) > 200 }
}

test('the mask is seen on a red, a white and a black picture: its outline moves, in black and white', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await page.goto('/')
  for (const [name, rgb] of [
    ['red', [255, 38, 62]],
    ['white', [255, 255, 255]],
    ['black', [0, 0, 0]],
  ] as const) {
    await openPicture(page, plain(rgb), `${name}.png`)
    await page.getByRole('button', { name: 'Actual size' }).click()
    await page.keyboard.press('r')
    const from = await screenPoint(page, IMAGE, { x: 300, y: 200 })
    await drag(page, from, await screenPoint(page, IMAGE, { x: 500, y: 400 }))
    await page.mouse.move(5, 5)
    const clip = { x: Math.round(from.x) + 60, y: Math.round(from.y) - 4, width: 40, height: 8 }
    const shot = () => page.screenshot({ clip })
    await expect.poll(async () => tonesOf(await shot())).toEqual({ dark: true, light: true })
    const first = await shot()
    await expect.poll(async () => Buffer.compare(await shot(), first)).not.toBe(0)
  }
})

test('the outline stands still for those who asked for less motion', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await open(page, picture(IMAGE.width, IMAGE.height))
  // Its own `performance` is no event target, which the page's start needs.
  await page.clock.install()
  await page.keyboard.press('r')
  const from = await screenPoint(page, IMAGE, { x: 300, y: 200 })
  await drag(page, from, await screenPoint(page, IMAGE, { x: 500, y: 400 }))
  await page.mouse.move(5, 5)
  const clip = { x: Math.round(from.x), y: Math.round(from.y) - 4, width: 60, height: 8 }
  const shot = () => page.screenshot({ clip })
  await expect.poll(async () => tonesOf(await shot())).toEqual({ dark: true, light: true })
  const shots = []
  for (let k = 0; k < 4; k++) {
    shots.push(await shot())
    await page.clock.runFor(130)
  }
  for (const one of shots) expect(Buffer.compare(one, shots[0]!)).toBe(0)
})

test('a finger that paints has a loupe beside it, which shows what it hides; a finger that pans has none', async ({
  page,
}) => {
  await open(page, plain([30, 90, 200]))
  await page.getByRole('spinbutton', { name: 'Brush size' }).fill('30')
  const at = await screenPoint(page, IMAGE, { x: 400, y: 300 })
  const send = (type: string, x: number) =>
    page.getByRole('region', { name: 'Canvas' }).evaluate(
      (canvas, given) => {
        canvas.setPointerCapture = () => {}
        canvas.dispatchEvent(
          new PointerEvent(given.type, {
            clientX: given.x,
            clientY: given.y,
            pointerId: 3,
            pointerType: 'touch',
            bubbles: true,
            cancelable: true,
            buttons: 1,
          }),
        )
      },
      { type, x, y: at.y },
    )
  const loupe = page.locator('canvas[data-loupe]')
  await send('pointerdown', at.x)
  await send('pointermove', at.x + 20)
  await expect(loupe).toBeVisible()
  const middle = () =>
    loupe.evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(canvas.width / 2 - 14, canvas.height / 2, 1, 1)
      return [data[0]! > 100, data[2]! < 160]
    })
  // The stroke under the finger: red over blue.
  await expect.poll(middle).toEqual([true, true])
  const box = (await loupe.boundingBox())!
  expect(box.x + box.width < at.x + 20 || box.x > at.x + 20).toBe(true)
  await send('pointerup', at.x + 20)
  await expect(loupe).toHaveCount(0)
  await page.keyboard.press('h')
  await send('pointerdown', at.x)
  await send('pointermove', at.x + 20)
  await expect(loupe).toHaveCount(0)
  await send('pointerup', at.x + 20)
})
