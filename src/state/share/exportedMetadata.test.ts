import { describe, expect, it } from 'vitest'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeFile, setFileFacts } from '../fakePictures.testkit'
import { inFakeTime, messageCodes, openTab, type OpenTab, pass, turn } from '../tab.testkit'
import { beginExport, comparing, openExport, saveExport } from './exports.testkit'

inFakeTime()

describe('the export that is set up', () => {
  it('takes camera data only if asked, and the place only with them and for this once', async () => {
    const tab = await openTab(new FakeBrowser())
    const file = fakeFile('cat.jpg')
    setFileFacts(file, { camera: true, location: true })
    void tab.app.opener.openFile(file)
    await pass(50)
    await beginExport(tab)
    expect(openExport(tab)?.camera).toEqual({ camera: true, location: true })
    expect((await saveExport(tab)).job.camera).toBeNull()
    void tab.app.exports.change({ location: true })
    expect((await saveExport(tab)).job.camera).toBeNull()
    void tab.app.exports.change({ camera: true })
    const { camera } = (await saveExport(tab)).job
    expect([await camera?.file.text(), camera?.location]).toEqual([await file.text(), false])
    void tab.app.exports.change({ location: true })
    expect((await saveExport(tab)).job.camera?.location).toBe(true)
    void tab.app.exports.end()
    await beginExport(tab)
    expect(openExport(tab)?.options).toMatchObject({ camera: true, location: false })
  })

  it('takes what was chosen along with one that is saved at once, but never the place', async () => {
    const browser = new FakeBrowser()
    const tab = await openTab(browser)
    const savedAs = async (one: OpenTab, format: 'png' | 'jpeg') => {
      void one.app.exports.saveAs(format)
      await pass(600)
      return { ...one.exported.at(-1)!, name: one.saved.at(-1)!.name }
    }
    const file = fakeFile('cat.jpg')
    setFileFacts(file, { camera: true, location: true })
    void tab.app.opener.openFile(file)
    await pass(50)
    expect(await savedAs(tab, 'png')).toMatchObject({ about: { prompt: '' }, camera: null, name: 'cat.png' })
    await beginExport(tab)
    const chosen = { about: false, camera: true, location: true, quality: 61, scale: 50 } as const
    void tab.app.exports.change({ ...chosen, area: 'whole' })
    void tab.app.exports.end()
    const { camera, ...job } = await savedAs(tab, 'jpeg')
    expect(job).toMatchObject({ about: null, quality: 0.61, size: { width: 64, height: 48 } })
    expect(camera?.location).toBe(false)
    await pass(1000)
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    await pass(500)
    expect(await savedAs(again, 'png')).toMatchObject({ about: null, camera: null })
    await beginExport(again)
    expect(openExport(again)?.options).toMatchObject({ about: false, camera: false, location: false })
  })

  it('has the camera data of the file that the picture was turned from, after a reload too', async () => {
    const browser = new FakeBrowser()
    const tab = await openTab(browser)
    const file = fakeFile('cat.jpg')
    setFileFacts(file, { camera: true, location: true })
    void tab.app.opener.openFile(file)
    await pass(50)
    for (const degrees of [90, 5]) await turn(tab, degrees)
    await pass(1000)
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    await pass(500)
    for (const one of [tab, again]) {
      await beginExport(one)
      expect(openExport(one)?.camera).toEqual({ camera: true, location: true })
      void one.app.exports.change({ camera: true })
      const { camera } = (await saveExport(one)).job
      expect([await camera?.file.text(), camera?.location]).toEqual([await file.text(), false])
    }
  })

  it('copies the composed picture, as a PNG without metadata', async () => {
    const tab = await beginExport(await comparing())
    void tab.app.exports.change({ format: 'jpeg' })
    void tab.app.exports.copy()
    await pass(600)
    expect(tab.clipboard.image?.type).toBe('image/png')
    expect(tab.exported.find(({ format }) => format === 'png')).toBeDefined()
    expect(messageCodes(tab)).toContain('image-copied')
  })
})
