import { encode } from 'fast-png'
import { chooseBackend, expect, exportedMask, picture, runButton, test } from './fixtures'

/** Pictures and masks that a link names by address. */

test('a link with picture and mask by address opens both, and a run sends the addresses', async ({
  page,
  server,
  clean,
}) => {
  clean.allow(/request to https:\/\/pictures\.example\//)
  const mask = new Uint8Array(300 * 200)
  for (let y = 60; y < 120; y++) mask.fill(255, y * 300 + 90, y * 300 + 180)
  const files: Record<string, Buffer> = {
    '/photo.png': picture(300, 200),
    '/mask.png': Buffer.from(encode({ width: 300, height: 200, data: mask, channels: 1, depth: 8 })),
  }
  const address = (path: string) => `https://pictures.example${path}`
  await page.route('https://pictures.example/*', (route) =>
    route.fulfill({
      body: files[new URL(route.request().url()).pathname],
      headers: { 'access-control-allow-origin': '*', 'content-type': 'image/png' },
    }),
  )
  const api = server.mount({ sync: true })
  await page.goto('/')
  await chooseBackend(page, api.base)
  const link = new URLSearchParams({
    image: address('/photo.png'),
    mask: address('/mask.png'),
    prompt: 'a quiet pad',
  })
  await page.goto(`/?${link.toString()}`)
  await expect(page.getByRole('banner').getByText('300 × 200')).toBeVisible()
  await expect(async () => {
    expect(Buffer.compare((await exportedMask(page)).data, mask)).toBe(0)
  }).toPass()
  await expect(page.getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue('a quiet pad')
  expect(api.creates()).toEqual([])

  await runButton(page).click()
  await expect(page.getByRole('figure', { name: 'Output 1' })).toBeVisible()
  expect(api.creates()[0]!.body).toMatchObject({
    input: { image: address('/photo.png'), mask: address('/mask.png'), prompt: 'a quiet pad' },
  })
})
