import { decodeDataUri } from '../src/backends/replicate/fakeModel.testkit'
import { drag, expect, paintSomething, picture, restingBox, runButton, test } from './fixtures'

/** What goes to the model is seen, and chosen, before Run. */

const SIZE = [1600, 1200] as const

test('the frame moves by mouse and keys, and the model gets the very part that it shows', async ({
  page,
  server,
  ready,
}) => {
  const api = server.mount({ sync: true })
  await ready({ on: api, size: SIZE })
  const info = page.locator('[data-send-info]')
  const said = /^(\d+) × (\d+) px of the photo at 768 × 576 \((\d+)%\)/
  await expect(info).toContainText(said)
  const first = (await info.textContent())!
  const [, width] = said.exec(first)!
  await info.getByRole('button').first().click()
  const frame = page.getByRole('group', { name: 'Frame' }).and(page.locator('[data-send-frame]'))
  const before = await restingBox(frame)
  const middle = { x: before.x + before.width / 2, y: before.y + before.height / 2 }
  await drag(page, middle, { x: middle.x + 60, y: middle.y - 30 })
  await expect.poll(async () => (await frame.boundingBox())!.x - before.x).toBeGreaterThan(50)
  // A second step: by the keyboard, from a corner.
  await frame.getByRole('button', { name: 'Scale the frame, bottom right' }).press('Shift+ArrowRight')
  await expect(info).not.toHaveText(first)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(info).toHaveText(first)
  const shown = await restingBox(frame)
  expect(Math.abs(shown.x - before.x - 60)).toBeLessThan(3)
  const scale = before.width / Number(width)
  const canvas = (await page.getByRole('region', { name: 'Canvas' }).boundingBox())!
  await page.getByRole('button', { name: 'Done', exact: true }).click()
  await runButton(page).click()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  // Each pixel of the picture tells where it is: red its column, green its row.
  const sent = decodeDataUri((api.creates()[0]!.body as { input: Record<string, unknown> }).input['image'])
  const left = 800 + (shown.x - canvas.x - canvas.width / 2) / scale
  const top = 600 + (shown.y - canvas.y - canvas.height / 2) / scale
  expect(Math.abs(sent.data[0]! - (left * 255) / 1600)).toBeLessThan(4)
  expect(Math.abs(sent.data[1]! - (top * 255) / 1200)).toBeLessThan(4)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('a finger scales the frame; the whole picture is one switch, and what that costs is said', async ({
    page,
    server,
  }) => {
    // A phone's bar has no room for the picture's name.
    const backendUrl = server.mount().base
    await page.addInitScript((url) => {
      const state = { backendId: 'replicate', backendUrl: url }
      localStorage.setItem('pentimento.settings', JSON.stringify({ state, version: 1 }))
    }, backendUrl)
    await page.goto('/')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: picture(2400, 1800) })
    await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
    await paintSomething(page)
    const info = page.locator('[data-send-info]')
    await info.getByRole('button').first().tap()
    const frame = page.locator('[data-send-frame]')
    const before = await restingBox(frame)
    const cdp = await page.context().newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number, y?: number) =>
      cdp.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: x === undefined || y === undefined ? [] : [{ x, y }],
      })
    const corner = { x: before.x + before.width, y: before.y + before.height }
    await touch('touchStart', corner.x, corner.y)
    for (const by of [8, 16, 24]) await touch('touchMove', corner.x + by, corner.y + by)
    await touch('touchEnd')
    await expect.poll(async () => (await frame.boundingBox())!.width).toBeGreaterThan(before.width + 15)
    // A tap within milliseconds of the drag's end stops its fling for the browser, and clicks nothing.
    await page.getByRole('switch', { name: 'Whole picture' }).click()
    await expect(info).toContainText('2,400 × 1,800 px of the photo')
    await expect(info).toContainText('Fine detail is lost')
    await info.getByRole('button', { name: /Shrink the frame|Choose/ }).click()
    await expect(info).not.toContainText('Fine detail is lost')
  })
})
