import { describe, expect, it } from 'vitest'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeFile } from '../fakePictures.testkit'
import {
  inFakeTime,
  masked,
  messageCodes,
  openPhoto,
  type OpenTab,
  openTab,
  pass,
  readyTab,
} from '../tab.testkit'

inFakeTime()

const editorOf = ({ app }: OpenTab) => app.session.store.getState().editor!

describe('a mask from a file', () => {
  it('of the picture’s size replaces the mask in one step', async () => {
    const tab = await readyTab(new FakeBrowser())
    void tab.app.maskImport.open(fakeFile('mask.png', 64, 48))
    await pass(100)
    expect(editorOf(tab).commands.map(({ kind }) => kind)).toEqual(['rectangle', 'raster'])
    tab.app.session.undo()
    expect(masked(tab)).toBe(20 * 16)
  })

  it('that was asked for last wins', async () => {
    const tab = await openTab(new FakeBrowser())
    await openPhoto(tab)
    tab.delays.decode = 500
    void tab.app.maskImport.open(fakeFile('slow.png', 64, 48, 3))
    await pass(5)
    tab.delays.decode = 1
    void tab.app.maskImport.open(fakeFile('second.png', 64, 48, 1))
    await pass(100)
    const wanted = masked(tab)
    await pass(1000)
    expect(masked(tab)).toBe(wanted)
    expect(editorOf(tab).commands).toHaveLength(1)
    // What is wrong with one that was overtaken is of no use.
    tab.delays.decode = 500
    void tab.app.maskImport.open(new File(['?'], 'broken.png'))
    await pass(5)
    tab.delays.decode = 1
    void tab.app.maskImport.open(fakeFile('third.png', 64, 48, 1))
    await pass(1000)
    expect(messageCodes(tab)).toEqual([])
  })

  it('of another size waits for a yes', async () => {
    const tab = await openTab(new FakeBrowser())
    await openPhoto(tab)
    void tab.app.maskImport.open(fakeFile('mask.png', 32, 24))
    await pass(100)
    expect(editorOf(tab).commands).toEqual([])
    expect(tab.app.state.read().maskImport.pending?.scaled).toMatchObject({ width: 64, height: 48 })
    await tab.app.maskImport.takePending()
    expect(editorOf(tab).commands).toHaveLength(1)
    expect(tab.app.state.read().maskImport.pending).toBeNull()
  })
})
