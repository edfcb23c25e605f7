import { describe, expect, it } from 'vitest'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeFile, fakeImage } from '../fakePictures.testkit'
import { intersectRect } from '../../core/geometry'
import type { ReadyOutput } from './runs'
import {
  inFakeTime,
  masked,
  messageCodes,
  newestRun,
  openPhoto,
  openTab,
  paint,
  pass,
  promptOf,
  readyTab,
} from '../tab.testkit'

inFakeTime()

describe('a stored run', () => {
  it('is listed at the next visit and brings picture, mask, form and backend back', async () => {
    const browser = new FakeBrowser()
    const first = await readyTab(browser)
    first.app.forms.setFields({ prompt: 'a red door' })
    void first.app.runner.start()
    await pass(5000)
    browser.close(first.tab)
    const other = await openTab(browser)
    other.app.settings.set({ backendId: 'embedded' })
    void other.app.history.bringBack(newestRun(other).record.id)
    await pass(50)
    expect(masked(other)).toBe(20 * 16)
    expect(other.app.session.store.getState().source?.name).toBe('photo.png')
    expect(promptOf(other)).toBe('a red door')
    expect(other.app.settings.store.getState()).toMatchObject({
      backendId: 'replicate',
      backendUrl: 'https://api.example/v1',
    })
    expect(other.app.view.store.getState().view).toBe('edit')
  })

  it.each(['the hole', 'the region, as stored before'])(
    'shows outputs of %s where they lie',
    async (part) => {
      const browser = new FakeBrowser()
      const first = await readyTab(browser)
      void first.app.runner.start()
      await pass(5000)
      const { record, outputs } = newestRun(first)
      const made = outputs[0] as ReadyOutput
      let { rect } = made
      expect(record.outputRect).toEqual(rect)
      browser.close(first.tab)
      if (part !== 'the hole') {
        const { outputRect: _, ...earlier } = browser.runs.get(record.id)!
        browser.runs.set(record.id, earlier)
        rect = intersectRect(record.region, record.document.frame)
        browser.outputs.set(`${record.id} 0`, fakeFile('0.png', rect.width, rect.height))
      }
      const later = await openTab(browser)
      void later.app.history.look(record.id)
      await pass(50)
      expect(newestRun(later).outputs[0]).toMatchObject({ kind: 'ready', rect, whole: false })
    },
  )

  it('keeps how a link names its picture', async () => {
    const browser = new FakeBrowser()
    const tab = await openTab(browser)
    tab.app.settings.set({ backendId: 'replicate', backendUrl: 'https://api.example/v1' })
    tab.web.set('https://pictures.example/a.png', fakeImage(40, 40))
    void tab.app.opener.openUrl('https://pictures.example/a.png')
    await pass(50)
    tab.app.forms.setFields({ prompt: 'a test' })
    paint(tab)
    void tab.app.runner.start()
    await pass(5000)
    expect(newestRun(tab).record.document.base.link).toEqual({
      kind: 'url',
      url: 'https://pictures.example/a.png',
    })
  })

  it('whose model is gone leaves the form alone and says so', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    void tab.app.runner.start()
    await pass(5000)
    const { record } = newestRun(tab)
    const setup = { ...record.document.setup, model: 'gone/model' }
    tab.app.runs.update(record.id, { record: { ...record, document: { ...record.document, setup } } })
    tab.app.forms.setFields({ prompt: 'mine' })
    void tab.app.history.replay(record.id)
    await pass(5000)
    expect(messageCodes(tab)).toContain('model-gone')
    expect(tab.backend.calls.create).toBe(1)
    expect(Object.values(tab.app.forms.store.getState().values)[0]).toMatchObject({ prompt: 'mine' })
  })

  it('whose picture is gone starts nothing when it is run again', async () => {
    const browser = new FakeBrowser()
    const first = await readyTab(browser)
    void first.app.runner.start()
    await pass(5000)
    browser.close(first.tab)
    browser.sources.clear()
    const other = await openTab(browser)
    await openPhoto(other, 'mine.png', 30, 30)
    paint(other)
    void other.app.history.replay(newestRun(other).record.id)
    await pass(5000)
    expect(other.backend.calls.create).toBe(0)
    expect(other.app.session.store.getState().source?.name).toBe('mine.png')
    expect(messageCodes(other)).toContain('image/unreadable')
  })

  it('runs again with its inputs', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.app.forms.setFields({ prompt: 'first' })
    void tab.app.runner.start()
    await pass(5000)
    tab.app.forms.setFields({ prompt: 'second' })
    void tab.app.history.replay(newestRun(tab).record.id)
    await pass(5000)
    expect(tab.backend.inputs.map(({ params }) => params['prompt'])).toEqual(['first', 'first'])
  })
})
