import { expect, exportedMask, openPicture, paintSomething, picture, test } from './fixtures'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

test('a link holds a small picture where its maker wants that: it opens elsewhere with the mask, and says what it will do', async ({
  page,
  browser,
}) => {
  await page.goto('/')
  await openPicture(page, picture(240, 160), 'mine.png')
  await paintSomething(page)
  const mask = await exportedMask(page)
  await page.getByRole('button', { name: 'Share' }).click()
  const dialog = page.getByRole('dialog', { name: 'Share this setup' })
  const link = dialog.getByRole('textbox', { name: 'Link' })
  await expect(dialog.getByText('is a file: whoever opens the link is asked for it')).toBeVisible()
  await dialog.getByRole('checkbox', { name: /^Put the picture into the link/ }).check()
  await expect(dialog.getByText('whoever has the link can see it')).toBeVisible()
  await dialog.getByRole('button', { name: 'QR code' }).click()
  await expect(link).not.toHaveValue('')
  const isShort = (await link.inputValue()).length <= 2953
  await expect(
    isShort
      ? dialog.getByRole('img', { name: 'QR code of the link' })
      : dialog.getByText('too long for a QR code'),
  ).toBeVisible()
  await dialog.getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByText('Link copied')).toBeVisible()
  const url = await page.evaluate(() => navigator.clipboard.readText())
  expect(url.length).toBeLessThan(40_000)

  const context = await browser.newContext()
  const other = await context.newPage()
  await other.goto(url)
  await expect(other.getByText('mine.png', { exact: true })).toBeVisible()
  expect(await exportedMask(other)).toEqual(mask)
  // Pasted into a page with work, the same link asks first.
  await paintSomething(other)
  await other.evaluate((text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
  }, url)
  const question = other.getByRole('dialog', { name: 'Open this link?' })
  await expect(question.getByText('mine.png, in the link')).toBeVisible()
  await expect(question.getByText('will be replaced')).toBeVisible()
  await question.getByRole('button', { name: 'Open link' }).click()
  await expect(question).toBeHidden()
  // What is open stays until the picture of the link is whole.
  await expect(async () => expect(await exportedMask(other)).toEqual(mask)).toPass()
  await context.close()
})
