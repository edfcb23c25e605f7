import { expect } from 'vitest'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { patchesOf } from '../session/source'
import { masked, messageCodes, type OpenTab, openTab, pass } from '../tab.testkit'

/** Saves what is openProject, and takes the file to another device. */
export async function saveProject(
  browser: FakeBrowser,
  tab: OpenTab,
): Promise<{ file: File; other: FakeBrowser }> {
  void tab.app.saveProject()
  await pass(500)
  expect(messageCodes(tab)).toContain('project-saved')
  const other = new FakeBrowser()
  other.projects = browser.projects
  return { file: browser.projects.saved.at(-1)!, other }
}

/** Opens a project file on a device. */
export async function openProject(browser: FakeBrowser, file: File): Promise<OpenTab> {
  const tab = await openTab(browser)
  void tab.app.opener.openFile(file)
  await pass(500)
  return tab
}

/** The states of the open document. */
export async function historyOf(app: OpenTab['app']) {
  const reading = app.documents.history()
  await pass(300)
  return reading
}

/** What Undo, Redo and the tree of states show. */
export async function shownBy(tab: OpenTab) {
  const { source, frame, regions, sent } = tab.app.session.store.getState()
  const history = await historyOf(tab.app)
  return {
    states: history?.states,
    patches: patchesOf(source!),
    masked: masked(tab),
    frame,
    regions,
    sent,
    viewport: tab.app.viewport.store.getState().viewport,
  }
}
