import { lama, noPicture } from '../src/backends/onnx/onnxGraph.testkit'
import { expect, paintSomething, runButton, test } from './fixtures'

const bufferOf = async (file: Blob) => Buffer.from(await file.arrayBuffer())

test('a model of one’s own: opened, run, applied, there after a reload, and removed', async ({
  page,
  ready,
}) => {
  await ready()
  await page.getByRole('button', { name: 'Backend', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Backend' })
  await dialog.getByRole('radio', { name: /^Model on this device/ }).check()
  await expect(dialog).toContainText('No model yet.')
  const open = async (name: string, file: Blob) => {
    const choosing = page.waitForEvent('filechooser')
    await dialog.getByRole('button', { name: 'Open a model file…' }).click()
    await (await choosing).setFiles({ name, mimeType: '', buffer: await bufferOf(file) })
  }
  await open('words.onnx', noPicture())
  await expect(dialog.getByRole('alert')).toContainText('words.onnx takes no picture. Its inputs: input_ids')
  await open('half.onnx', lama().slice(0, 200))
  await expect(dialog.getByRole('alert')).toContainText('half.onnx is incomplete')
  const bytes = [...(await bufferOf(lama({ side: 64 })))]
  const dataTransfer = await page.evaluateHandle((content) => {
    const dropped = new DataTransfer()
    dropped.items.add(new File([Uint8Array.from(content)], 'small-lama.onnx'))
    return dropped
  }, bytes)
  await dialog.dispatchEvent('drop', { dataTransfer })
  const model = dialog.getByRole('radio', { name: /^small-lama\.onnx/ })
  await expect(model).toBeChecked()
  await expect(dialog.getByRole('group', { name: 'Models on this device' })).toContainText('64 × 64 px')
  await expect(dialog.getByRole('alert')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Done' }).click()

  await runButton(page).click()
  await expect(page.getByRole('figure', { name: 'Output 2' })).toBeVisible()
  await page.getByRole('button', { name: 'Apply output 1', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()

  await page.reload()
  await page.getByRole('button', { name: 'Backend', exact: true }).click()
  await expect(model).toBeChecked()
  await dialog.getByRole('button', { name: 'Remove small-lama.onnx' }).click()
  await expect(dialog).toContainText('No model yet.')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await paintSomething(page)
  await expect(page.getByRole('status', { name: 'Prediction status' })).toContainText('Open a model file')
})
