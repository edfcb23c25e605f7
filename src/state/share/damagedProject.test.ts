import { describe, expect, it } from 'vitest'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, masked, messageCodes, openPhoto, paint, pass, readyTab } from '../tab.testkit'
import { openProject, saveProject } from './projects.testkit'

inFakeTime()

describe('a project file', () => {
  it.each<[string, string, (browser: FakeBrowser, file: File) => File]>([
    ['is none', 'project/unreadable', () => new File(['PK'], 'a.pentimento')],
    [
      'has lost its picture',
      'project/no-picture',
      ({ projects }, file) =>
        projects.changed(
          file,
          (text) => text,
          ({ holds }) => holds.kind !== 'pixels',
        ),
    ],
    [
      'is about a picture of another size',
      'project/no-picture',
      ({ projects }, file) => projects.changed(file, (text) => text.replace('"width":64', '"width":65')),
    ],
    [
      'is of a newer version',
      'project/newer-version',
      ({ projects }, file) => projects.changed(file, (text) => text.replace('"version":1', '"version":9')),
    ],
  ])('that %s is a message, and the open work stays', async (_what, code, change) => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const { file } = await saveProject(browser, tab)
    await openPhoto(tab, 'mine.png')
    paint(tab, 0, 0, 5, 5)
    void tab.app.opener.openFile(change(browser, file))
    await pass(500)
    expect(messageCodes(tab)).toContain(code)
    expect(tab.app.session.store.getState().source?.name).toBe('mine.png')
    expect(masked(tab)).toBe(25)
  })

  it('with damaged runs opens without them, and says how much is missing', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    void tab.app.runner.start()
    await pass(20_000)
    const { file, other } = await saveProject(browser, tab)
    const damaged = browser.projects.changed(file, (text) => text.replace('"runs":[{', '"runs":[{"id":1},{'))
    const there = await openProject(other, damaged)
    expect(messageCodes(there)).toContain('project-partial')
    expect(there.app.runs.store.getState().runs).toHaveLength(1)
    expect(masked(there)).toBe(20 * 16)
  })
})
