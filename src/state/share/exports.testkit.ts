import { expect } from 'vitest'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { pixelsOf } from '../fakePictures.testkit'
import { type OpenTab, pass, readyTab } from '../tab.testkit'

/** The export that is set up; null where none is. */
export const openExport = ({ app }: OpenTab) => app.state.read().exports.open

/** Opens the export dialog. */
export async function beginExport(tab: OpenTab): Promise<OpenTab> {
  void tab.app.exports.begin()
  await pass(20)
  return tab
}

/** Saves the export that is set up; what was saved. */
export async function saveExport(tab: OpenTab) {
  void tab.app.exports.save()
  await pass(600)
  const { name, blob } = tab.saved.at(-1)!
  return { name, blob, pixels: pixelsOf(blob)!, job: tab.exported.at(-1)! }
}

/** A run whose outputs are compared. */
export async function comparing(): Promise<OpenTab> {
  const tab = await readyTab(new FakeBrowser())
  await pass(1000)
  void tab.app.runner.start()
  await pass(5000)
  expect(tab.app.view.store.getState().view).toBe('compare')
  return tab
}
