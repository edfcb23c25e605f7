import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decode } from 'fast-png'
import { decodeDataUri } from '../src/backends/replicate/fakeModel.testkit'
import { chooseBackend, expect, openPicture, picture, runButton, test } from './fixtures'

test.beforeEach(async ({ page }) => {
  await page.goto('/')
})

test('file picker: the button opens it, the picture is shown with its size', async ({ page }) => {
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Open image' }).click()
  await (await choosing).setFiles({ name: 'my photo.png', mimeType: 'image/png', buffer: picture(300, 200) })
  await expect(page.getByText('my photo.png')).toBeVisible()
  await expect(page.getByRole('banner').getByText('300 × 200')).toBeVisible()
})

test('drop anywhere and paste', async ({ page }) => {
  const send = (type: 'drop' | 'paste', name: string, width: number) =>
    page.evaluate(
      ({ event, file, bytes }) => {
        const data = new DataTransfer()
        data.items.add(new File([Uint8Array.from(bytes)], file, { type: 'image/png' }))
        document.body.dispatchEvent(
          event === 'drop'
            ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
            : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
        )
      },
      { event: type, file: name, bytes: [...picture(width, 50)] },
    )
  await expect(page.getByRole('group', { name: 'Samples' })).toBeVisible()
  await send('drop', 'dropped.png', 120)
  await expect(page.getByText('dropped.png')).toBeVisible()
  await expect(page.getByRole('banner').getByText('120 × 50')).toBeVisible()
  await send('paste', 'pasted.png', 90)
  await expect(page.getByRole('banner').getByText('90 × 50')).toBeVisible()
})

test('from a URL: with CORS it opens, without it or with an error it says why', async ({ page, clean }) => {
  clean.allow(/CORS|Failed to load resource|ERR_FAILED/)
  const port = (server: Server) => (server.address() as AddressInfo).port
  const other = createServer((_, response) => response.end(picture(20, 20)))
  await new Promise<void>((resolve) => {
    other.listen(0, '127.0.0.1', resolve)
  })
  const web = createServer((request, response) => {
    const headers: Record<string, string> =
      request.url === '/closed.png' ? {} : { 'access-control-allow-origin': '*' }
    if (request.url === '/gone.png') response.writeHead(404, headers).end()
    else if (request.url === '/moved.png')
      response.writeHead(302, { ...headers, location: `http://127.0.0.1:${port(other)}/closed.png` }).end()
    else response.writeHead(200, { ...headers, 'content-type': 'image/png' }).end(picture(210, 140))
  })
  await new Promise<void>((resolve) => {
    web.listen(0, '127.0.0.1', resolve)
  })
  const origin = `http://127.0.0.1:${port(web)}`
  const openUrl = async (url: string) => {
    await page.getByRole('button', { name: 'Open from URL' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Image URL' }).fill(url)
    await dialog.getByRole('button', { name: 'Open', exact: true }).click()
  }
  await openUrl(`${origin}/closed.png`)
  await expect(page.getByRole('alert')).toContainText('CORS')
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await openUrl(`${origin}/gone.png`)
  await expect(page.getByRole('alert')).toContainText('404')
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await openUrl(`${origin}/moved.png`)
  await expect(page.getByRole('alert')).toHaveCount(1)
  await expect(page.getByRole('alert')).toContainText('redirects to an address')
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await openUrl('javascript:alert(1)')
  await expect(page.getByRole('alert')).toContainText('not the address of a picture')
  await openUrl(`${origin}/a%20photo.png`)
  await expect(page.getByText('a photo.png')).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
  web.close()
  other.close()
})

const hugePng = () => {
  const bytes = Buffer.from(picture(8, 8))
  bytes.writeUInt32BE(20_000, 16)
  bytes.writeUInt32BE(20_000, 20)
  return bytes
}

test('what is no picture gets a message with its name and reason, and what was open stays open', async ({
  page,
}) => {
  await openPicture(page, picture(300, 200), 'good.png')
  for (const [name, buffer, message] of [
    ['notes.png', Buffer.from('hello, this is text'), 'notes.png is not a picture'],
    ['empty.png', Buffer.alloc(0), 'empty.png is empty'],
    ['half.png', picture(300, 300).subarray(0, 200), 'half.png is damaged'],
    ['drawing.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'drawing.svg is an SVG'],
    ['huge.png', hugePng(), '20000 × 20000 px (400 megapixels); the limit is 128'],
  ] as const) {
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer })
    const alert = page.getByRole('alert').filter({ hasText: message })
    await expect(alert).toBeVisible()
    await expect(page.getByText('good.png')).toBeVisible()
    await expect(page.getByRole('banner').getByText('300 × 200')).toBeVisible()
    await alert.getByRole('button', { name: 'Dismiss' }).click()
  }
})

test('EXIF orientation 1 to 8: what is seen, exported and sent is upright', async ({ page, server }) => {
  // The stored pixels that each orientation turns into the same upright picture: left half red, top left corner blue.
  const jpegs = await page.evaluate(async () => {
    const upright = new OffscreenCanvas(64, 32)
    const context = upright.getContext('2d')!
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, 64, 32)
    context.fillStyle = '#ff0000'
    context.fillRect(0, 0, 32, 32)
    context.fillStyle = '#0000ff'
    context.fillRect(0, 0, 16, 16)
    const out: number[][] = []
    for (let orientation = 1; orientation <= 8; orientation++) {
      const turned = orientation > 4
      const stored = new OffscreenCanvas(turned ? 32 : 64, turned ? 64 : 32)
      const draw = stored.getContext('2d')!
      // The transform from upright to stored is the inverse of what the orientation asks a viewer to do.
      const transforms: Record<number, [number, number, number, number, number, number]> = {
        1: [1, 0, 0, 1, 0, 0],
        2: [-1, 0, 0, 1, 64, 0],
        3: [-1, 0, 0, -1, 64, 32],
        4: [1, 0, 0, -1, 0, 32],
        5: [0, 1, 1, 0, 0, 0],
        6: [0, -1, 1, 0, 0, 64],
        7: [0, -1, -1, 0, 32, 64],
        8: [0, 1, -1, 0, 32, 0],
      }
      draw.setTransform(...transforms[orientation]!)
      draw.drawImage(upright, 0, 0)
      const blob = await stored.convertToBlob({ type: 'image/jpeg', quality: 0.95 })
      const jpeg = [...new Uint8Array(await blob.arrayBuffer())]
      const exif = [0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1]
      exif.push(0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0)
      out.push([...jpeg.slice(0, 2), ...exif, ...jpeg.slice(2)])
    }
    return out
  })
  const api = server.mount({ sync: true })
  await chooseBackend(page, api.base)
  const expectUpright = (name: string, { width, height, channels, data }: ReturnType<typeof decode>) => {
    expect(width / height).toBeCloseTo(2, 5)
    const at = (x: number, y: number) => {
      const i = (Math.floor(y * height) * width + Math.floor(x * width)) * channels
      return Array.from(data.slice(i, i + 3), (value) => (value > 128 ? 1 : 0))
    }
    expect([name, at(0.1, 0.2), at(0.4, 0.8), at(0.1, 0.8), at(0.8, 0.5)]).toEqual([
      name,
      [0, 0, 1],
      [1, 0, 0],
      [1, 0, 0],
      [1, 1, 1],
    ])
  }
  for (const [k, jpeg] of jpegs.entries()) {
    const name = `turned-${k + 1}.jpg`
    await page
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'image/jpeg', buffer: Buffer.from(jpeg) })
    await expect(page.getByText(name)).toBeVisible()
    await expect(page.getByRole('banner').getByText('64 × 32')).toBeVisible()
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await page.getByRole('menuitem', { name: 'PNG' }).click()
    expectUpright(name, decode(readFileSync(await (await downloading).path())))
  }
  // The last one, a quarter turn: what is sent are the pixels that are exported.
  await page.getByRole('button', { name: 'Invert mask' }).click()
  await runButton(page).click()
  await expect.poll(() => api.creates().length).toBe(1)
  const { input } = api.creates()[0]!.body as { input: Record<string, unknown> }
  expectUpright('sent', decodeDataUri(input['image']))
})
