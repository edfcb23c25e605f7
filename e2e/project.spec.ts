import { readFileSync } from 'node:fs'
import { expect, exportedMask, paintSomething, runButton, test } from './fixtures'

test('a project file is saved and dropped elsewhere: picture, result, mask and run are there, cut off as well', async ({
  page,
  ready,
  browser,
}) => {
  // The system's own dialog for saving cannot be driven: without it the browser downloads.
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'))
  await ready({ size: [300, 200] })
  await runButton(page).click()
  await page.getByRole('button', { name: 'Apply output 1' }).click()
  await paintSomething(page)
  const mask = await exportedMask(page)
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Project file' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('photo.pentimento')
  await expect(page.getByText('photo.pentimento is saved')).toBeVisible()
  const bytes = readFileSync(await download.path())

  const context = await browser.newContext()
  const other = await context.newPage()
  await other.goto('/')
  const drop = async (contents: Buffer) => {
    const data = await other.evaluateHandle((base64) => {
      const transfer = new DataTransfer()
      const file = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
      transfer.items.add(new File([file], 'photo.pentimento'))
      return transfer
    }, contents.toString('base64'))
    await other.dispatchEvent('body', 'drop', { dataTransfer: data })
  }
  await drop(bytes)
  await expect(other.getByRole('banner').getByText('photo-edited.png')).toBeVisible()
  await expect(other.getByRole('list', { name: 'Runs' }).getByRole('listitem')).toHaveCount(1)
  expect(await exportedMask(other)).toEqual(mask)
  await other.getByRole('button', { name: 'Undo', exact: true }).click()
  expect((await exportedMask(other)).data.every((value) => value === 0)).toBe(true)
  await other.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(other.getByRole('banner').getByText('photo.png')).toBeVisible()
  await other.getByRole('button', { name: 'Redo', exact: true }).click()
  await other.getByRole('button', { name: 'Redo', exact: true }).click()
  await expect(other.getByRole('banner').getByText('photo-edited.png')).toBeVisible()
  await drop(bytes.subarray(0, bytes.length - 2000))
  await expect(other.getByText('photo.pentimento is damaged')).toBeVisible()
  expect(await exportedMask(other)).toEqual(mask)
  await context.close()
})
