import { readFileSync } from 'node:fs'
import { decode } from 'fast-png'
import {
  expect,
  exportedMask,
  openPicture,
  paintSomething,
  picture,
  restingBox,
  runButton,
  test,
} from './fixtures'

test('a picture is extended, its new area masked and filled; what was there stays to the byte', async ({
  page,
}) => {
  const plain = decode(picture(300, 200))
  await page.goto('/')
  await openPicture(page, picture(300, 200))
  await page.getByRole('button', { name: 'Extend or crop' }).click()
  const bar = page.getByRole('group', { name: 'Extend or crop' })
  const height = bar.getByRole('spinbutton', { name: 'Height' })
  const edge = await restingBox(page.getByRole('slider', { name: 'Bottom edge' }))
  await page.mouse.move(edge.x + edge.width / 2, edge.y + edge.height / 2)
  await page.mouse.down()
  await page.mouse.move(edge.x + edge.width / 2, edge.y + edge.height / 2 + 40)
  await page.mouse.up()
  await expect(height).not.toHaveValue('200')
  expect(Number(await height.inputValue())).toBeGreaterThan(200)
  await page.keyboard.press('Escape')
  await expect(bar).toBeHidden()
  await expect(page.getByRole('banner').getByText('300 × 200')).toBeVisible()

  await page.getByRole('button', { name: 'Extend or crop' }).click()
  await bar.getByRole('button', { name: '× 1.5' }).click()
  await expect(bar.getByRole('spinbutton', { name: 'Width' })).toHaveValue('450')
  // Keys move an edge, too.
  await page.getByRole('slider', { name: 'Right edge' }).press('Shift+ArrowLeft')
  await expect(bar.getByRole('spinbutton', { name: 'Width' })).toHaveValue('440')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('banner').getByText('440 × 300')).toBeVisible()
  const mask = await exportedMask(page)
  expect([mask.width, mask.height, mask.data[0], mask.data[150 * 440 + 220]]).toEqual([440, 300, 255, 0])

  await runButton(page).click()
  await page.getByRole('button', { name: 'Apply output 1' }).click()
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('menuitem', { name: 'PNG' }).click()
  const made = decode(readFileSync(await (await downloading).path()))
  expect([made.width, made.height]).toEqual([440, 300])
  // 75 and 50 px were added left and above; the overlap is 16 px wide.
  let changed = 0
  for (let y = 16; y < 184; y++) {
    for (let x = 16; x < 284; x++) {
      for (let c = 0; c < 3; c++) {
        const own = made.data[((y + 50) * 440 + x + 75) * made.channels + c]
        if (own !== plain.data[(y * 300 + x) * 3 + c]) changed++
      }
    }
  }
  expect(changed).toBe(0)
  const alphas = made.channels === 4 ? made.data.filter((_, i) => i % 4 === 3 && made.data[i]! < 255) : []
  expect(alphas.length).toBe(0)

  // One Undo takes the result back, the next the frame.
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(page.getByRole('banner').getByText('300 × 200')).toBeVisible()
})

test('a turn is undone and done again after a reload, with the mask, to the byte', async ({ page }) => {
  await page.goto('/')
  await openPicture(page, picture(300, 200))
  await paintSomething(page)
  const before = await exportedMask(page)
  await page.getByRole('button', { name: 'Extend or crop' }).click()
  await page.getByRole('button', { name: 'More about extending and cropping' }).click()
  await page.getByRole('button', { name: 'Turn right' }).click()
  const banner = page.getByRole('banner')
  await expect(banner.getByText('200 × 300')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('group', { name: 'Extend or crop' }).getByRole('button', { name: 'Cancel' }).click()
  const turned = await exportedMask(page)
  expect(turned.width).toBe(200)
  // A pixel of the left edge is on the upper edge now.
  const moved = (x: number, y: number) => turned.data[x * 200 + (199 - y)] === before.data[y * 300 + x]
  expect(before.data.every((_, p) => moved(p % 300, Math.floor(p / 300)))).toBe(true)

  // What the list of states shows is on disk.
  await page.getByRole('button', { name: 'States' }).click()
  await expect(page.getByRole('list', { name: 'States' }).getByText('Turned')).toBeVisible()
  await page.reload()
  await expect(banner.getByText('200 × 300')).toBeVisible()
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(banner.getByText('300 × 200')).toBeVisible()
  expect((await exportedMask(page)).data).toEqual(before.data)
  await page.getByRole('button', { name: 'Redo', exact: true }).click()
  await expect(banner.getByText('200 × 300')).toBeVisible()
  expect((await exportedMask(page)).data).toEqual(turned.data)
})
