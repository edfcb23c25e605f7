import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { patchList } from '../../core/document/document.testkit'
import { isEqual } from '../../core/document/equality'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { selectValues } from '../model/formSelectors'
import { selectWriteFailure } from '../runs/writeFailure'
import { captureDocument } from '../session/setup'
import { patchesOf } from '../session/source'
import {
  inFakeTime,
  keep,
  masked,
  newestRun,
  type OpenTab,
  openTab,
  paint,
  pass,
  readyTab,
} from '../tab.testkit'
import { shownBy, openProject, saveProject } from './projects.testkit'

inFakeTime()

const documentOf = ({ app }: OpenTab) => captureDocument(app.session.store.getState(), app.forms.context())

describe('a project file', () => {
  it('brings picture, mask, kept results, form, model and runs to another device; nothing is sent', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    tab.app.chooseModel('black-forest-labs/flux-fill-dev')
    tab.app.models.setPolarity('black-forest-labs/flux-fill-dev', 'black')
    tab.app.forms.setFields({ prompt: 'a blue door', seed: 12 })
    void tab.app.runner.start()
    await pass(20_000)
    const run = newestRun(tab).record
    expect(run.status).toBe('succeeded')
    const [patches] = fc.sample(
      patchList({ x: 0, y: 0, width: 64, height: 48 }).filter((list) => list.length > 1),
      { numRuns: 1, seed: 5 },
    )
    await keep(tab, browser, patches)
    const { file, other } = await saveProject(browser, tab)
    expect(file.name).toBe('photo.pentimento')

    const there = await openProject(other, file)
    const [mine, theirs] = [documentOf(tab)!, documentOf(there)!]
    expect(theirs.patches).toEqual(mine.patches)
    expect(theirs.patches).toHaveLength(patches.length)
    expect(masked(there)).toBe(masked(tab))
    expect(isEqual(theirs.frame, mine.frame)).toBe(true)
    expect(selectValues(there.app.forms.context())).toMatchObject({ prompt: 'a blue door', seed: 12 })
    expect(there.app.models.store.getState().polarity).toEqual({ 'black-forest-labs/flux-fill-dev': 'black' })
    // Where to send is this device's own choice.
    expect(there.app.settings.store.getState().backendId).toBe('embedded')
    expect(newestRun(there)).toMatchObject({
      stage: 'done',
      record: { id: run.id, phase: 'done', predictionId: null },
    })
    expect(other.outputs.size).toBe(browser.outputs.size)
    // Nor is it of the next run: one that is brought back leaves the address as it is.
    there.app.settings.set({ backendId: 'replicate', backendUrl: 'https://mine.example/v1' })
    void there.app.history.bringBack(run.id)
    await pass(100)
    expect(there.app.settings.store.getState().backendUrl).toBe('https://mine.example/v1')
    expect(newestRun(there).record.backend.url).toBeNull()
    there.app.session.undo()
    await pass(60_000)
    expect(there.backend.calls).toMatchObject({ create: 0, get: 0, find: 0 })

    there.app.session.undo()
    other.close(there.tab)
    const again = await openTab(other, { name: there.tab })
    await pass(500)
    expect(patchesOf(again.app.session.store.getState().source!)).toEqual(theirs.patches)
  })

  it('holds what no disk would take, and opens where no disk takes it', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    browser.isFull = true
    paint(tab, 0, 0, 5, 5)
    tab.app.session.undo()
    paint(tab, 40, 0, 4, 4)
    await pass(500)
    const { file, other } = await saveProject(browser, tab)
    const there = await openTab(other)
    other.isFull = true
    void there.app.opener.openFile(file)
    await pass(500)
    expect(masked(there)).toBe(20 * 16 + 16)
    there.app.session.undo()
    expect(masked(there)).toBe(20 * 16)
    there.app.session.redo()
    other.isFull = false
    await pass(11_000)
    // Both branches are on disk now: the one that was gone on with, and the one that was not.
    const { states } = await shownBy(there)
    expect(states?.map(({ number, depth }) => [number, depth])).toEqual([
      [0, 0],
      [1, 0],
      [2, 1],
      [3, 0],
    ])
  })

  it('holds the outputs of a run that a full disk refused', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    browser.isFull = true
    void tab.app.runner.start()
    await pass(5000)
    expect(selectWriteFailure(tab.app.state.read())).toBe('storage/full')
    const { file, other } = await saveProject(browser, tab)
    await openProject(other, file)
    expect([...other.outputs.keys()]).toEqual([`${newestRun(tab).record.id} 0`])
    expect(browser.outputs.size).toBe(0)
    browser.isFull = false
    await pass(20_000)
    expect(selectWriteFailure(tab.app.state.read())).toBeNull()
  })

  it('holds no key', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    tab.ports.vault.saveToken('https://api.example', 'r8_secret', false)
    tab.ports.vault.saveHeaders('https://api.example', 'x-key: r8_secret', false)
    void tab.app.runner.start()
    await pass(20_000)
    const { file } = await saveProject(browser, tab)
    let manifest = ''
    browser.projects.changed(file, (text) => (manifest = text))
    expect(manifest).toContain('https://api.example/v1')
    expect(manifest).not.toContain('r8_secret')
  })

  it('writes over no run that is here', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    void tab.app.runner.start()
    await pass(20_000)
    const { file } = await saveProject(browser, tab)
    const { id } = newestRun(tab).record
    const before = browser.runs.get(id)
    const other = browser.projects.changed(file, (text) =>
      text.replaceAll('"status":"succeeded"', '"status":"failed"'),
    )
    void tab.app.opener.openFile(other)
    await pass(500)
    expect(tab.app.session.store.getState().source?.name).toBe('photo.png')
    expect(browser.runs.get(id)).toEqual(before)
    expect(tab.app.runs.store.getState().runs).toHaveLength(1)
  })
})
