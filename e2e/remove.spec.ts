import { readFileSync } from 'node:fs'
import { decode, encode } from 'fast-png'
import { expect, openPicture, screenPoint, test } from './fixtures'

const [WIDTH, HEIGHT] = [600, 400]
const SPECKS = [
  { x: 120, y: 100 },
  { x: 300, y: 220 },
  { x: 480, y: 300 },
]
const BRUSH = 28
const SPECK = 10

/** A soft gradient with three black specks. */
function specked(): Uint8Array {
  const data = new Uint8Array(WIDTH * HEIGHT * 3)
  for (let p = 0; p < WIDTH * HEIGHT; p++) {
    const [x, y] = [p % WIDTH, Math.floor(p / WIDTH)]
    const isSpeck = SPECKS.some((speck) => Math.hypot(x - speck.x, y - speck.y) < SPECK / 2)
    data.set(isSpeck ? [0, 0, 0] : [120 + (x * 100) / WIDTH, 110 + (y * 100) / HEIGHT, 160], p * 3)
  }
  return data
}

test('three quick strokes of the Remove brush take three specks away, one undo step each', async ({
  page,
}) => {
  await page.goto('/')
  const before = specked()
  const file = encode({ width: WIDTH, height: HEIGHT, data: before, channels: 3, depth: 8 })
  await openPicture(page, Buffer.from(file))
  await page.keyboard.press('j')
  await expect(page.getByRole('radio', { name: 'Remove' })).toBeChecked()
  await page.getByRole('spinbutton', { name: 'Brush size' }).fill(String(BRUSH))
  for (const speck of SPECKS) {
    const at = await screenPoint(page, { width: WIDTH, height: HEIGHT }, speck)
    await page.mouse.click(at.x, at.y)
  }
  // The name says that something was applied; then the last fill is over.
  await expect(page.getByText('photo-edited.png')).toBeVisible()
  await expect(page.getByRole('status', { name: 'Remove' })).toBeEmpty()

  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('menuitem', { name: 'PNG' }).click()
  const { data, channels } = decode(readFileSync(await (await downloading).path()))
  const changed = { near: 0, far: 0, dark: 0 }
  for (let p = 0; p < WIDTH * HEIGHT; p++) {
    const is = [0, 1, 2].map((c) => data[p * channels + c])
    if (is[0] < 60) changed.dark++
    if (is.every((value, c) => value === before[p * 3 + c])) continue
    const [x, y] = [(p % WIDTH) + 0.5, Math.floor(p / WIDTH) + 0.5]
    const isNear = SPECKS.some((speck) => Math.hypot(x - speck.x, y - speck.y) <= BRUSH / 2 + 1.5)
    changed[isNear ? 'near' : 'far']++
  }
  expect(changed).toMatchObject({ far: 0, dark: 0 })
  // All of the specks; a gradient comes back to the level, so that no more needs to change.
  const specks = before.filter((value, i) => i % 3 === 0 && value === 0).length
  expect(changed.near).toBeGreaterThanOrEqual(specks)

  const undo = page.getByRole('button', { name: 'Undo', exact: true })
  for (let k = 0; k < SPECKS.length; k++) await undo.click()
  await expect(page.getByText('photo.png')).toBeVisible()
  await expect(undo).toBeDisabled()
})
