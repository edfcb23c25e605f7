import { describe, expect, it } from 'vitest'
import { fails, fakePrediction } from '../fakeBackend.testkit'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeFile } from '../fakePictures.testkit'
import { readRunRecord, type RunRecord } from '../../core/document/codec/recordCodec'
import { selectCanCompare, selectLookedRun } from './selection'
import {
  inFakeTime,
  masked,
  messageCodes,
  newestRun,
  openPhoto,
  openTab,
  type OpenTab,
  paint,
  pass,
  promptOf,
  readyTab,
} from '../tab.testkit'

inFakeTime()

describe('a run that is looked at', () => {
  /** Two runs of two pictures, with 'third.png' open, masked and prompted. */
  const withTwoRuns = async () => {
    const tab = await readyTab(new FakeBrowser(), 'one.png')
    for (const [name, prompt] of [
      ['one.png', 'a door'],
      ['two.png', 'a window'],
    ] as const) {
      if (name !== 'one.png') await openPhoto(tab, name)
      paint(tab)
      tab.app.forms.setFields({ prompt })
      tab.backend.creates.push(fakePrediction(name, 'starting'))
      void tab.app.runner.start()
      await pass(5000)
    }
    await openPhoto(tab, 'third.png', 40, 40)
    paint(tab, 1, 2, 3, 4)
    tab.app.forms.setFields({ prompt: 'typed since' })
    tab.app.settings.set({ backendId: 'embedded' })
    for (const { id } of tab.app.messages.store.getState().messages) tab.app.messages.dismiss(id)
    const [two, one] = tab.app.runs.store.getState().runs.map(({ record }) => record.id)
    return { tab, one, two }
  }
  const workOf = (tab: OpenTab) => {
    const { session, forms, settings } = tab.app.state.read()
    const { source, frame, editor, before } = session
    return { source, frame, before, commands: editor?.commands, canUndo: editor?.canUndo, forms, settings }
  }

  it('leaves picture, mask, undo, form and backend as they are, in any order of looks', async () => {
    const { tab, one, two } = await withTwoRuns()
    const before = workOf(tab)
    for (const id of [one, two, two, one]) {
      tab.app.runs.update(id, { source: null, outputs: [] })
      void tab.app.history.look(id)
      await pass(50)
      expect(tab.app.view.store.getState()).toMatchObject({ view: 'compare', runId: id, looking: true })
      // "Original" is the run's own picture.
      expect(tab.app.runs.byId(id)?.source?.name).toBe(id === one ? 'one.png' : 'two.png')
      expect(tab.app.runs.byId(id)?.outputs).toHaveLength(1)
      expect(workOf(tab)).toEqual(before)
    }
    expect(messageCodes(tab)).toEqual([])
  })

  it('is the last one that was pressed, however long the others take', async () => {
    const { tab, one, two } = await withTwoRuns()
    for (const id of [one, two]) tab.app.runs.update(id, { source: null, outputs: [] })
    tab.delays.decode = 800
    void tab.app.history.look(one)
    await pass(5)
    tab.delays.decode = 20
    void tab.app.history.look(two)
    await pass(3000)
    expect(tab.app.view.store.getState()).toMatchObject({ runId: two, coming: null })
  })

  it('does not come over a picture that was opened meanwhile', async () => {
    const { tab, one } = await withTwoRuns()
    tab.app.runs.update(one, { source: null, outputs: [] })
    tab.delays.decode = 800
    void tab.app.history.look(one)
    await pass(5)
    tab.delays.decode = 20
    void tab.app.opener.openFile(fakeFile('fourth.png'))
    await pass(3000)
    expect(tab.app.view.store.getState()).toMatchObject({ view: 'edit', coming: null })
  })

  it('has a zoom of its own; the open picture’s comes back', async () => {
    const { tab, one, two } = await withTwoRuns()
    const { view, viewport } = tab.app
    const close = { x: 3, y: 4, zoom: 5 } as unknown as ReturnType<typeof viewport.store.getState>['viewport']
    viewport.set(close)
    for (const id of [one, two]) {
      void tab.app.history.look(id)
      await pass(50)
      expect(viewport.store.getState().viewport).toBeNull()
    }
    view.showEdit()
    expect(viewport.store.getState().viewport).toBe(close)
  })

  it('is shown without outputs where it has failed', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.creates.push(fakePrediction('p1', 'failed', { error: fails('backend/run-failed').data }))
    void tab.app.runner.start()
    await pass(5000)
    tab.app.view.showEdit()
    void tab.app.history.look(newestRun(tab).record.id)
    await pass(50)
    expect(selectCanCompare(tab.app.state.read())).toBe(true)
    expect(selectLookedRun(tab.app.state.read())?.record.error?.code).toBe('backend/run-failed')
  })

  it('is restored; one Undo returns to what was open, prompt and backend included', async () => {
    const { tab, one } = await withTwoRuns()
    const { source, commands, settings } = workOf(tab)
    void tab.app.history.look(one)
    await pass(50)
    void tab.app.history.bringBack(one)
    await pass(50)
    expect(workOf(tab).source?.name).toBe('one.png')
    expect(promptOf(tab)).toBe('a door')
    expect(tab.app.settings.store.getState().backendId).toBe('replicate')
    expect(messageCodes(tab)).toEqual(['restored'])
    tab.app.session.undo()
    expect(workOf(tab)).toMatchObject({ source, commands, settings })
    expect(promptOf(tab)).toBe('typed since')
    expect(masked(tab)).toBe(12)
  })

  it('of the open picture is restored with its mask in one step', async () => {
    const tab = await readyTab(new FakeBrowser())
    void tab.app.runner.start()
    await pass(5000)
    tab.app.session.store.getState().editor!.apply({ kind: 'clear' })
    paint(tab, 0, 0, 5, 5)
    void tab.app.history.bringBack(newestRun(tab).record.id)
    await pass(50)
    expect(masked(tab)).toBe(20 * 16)
    tab.app.session.undo()
    expect(masked(tab)).toBe(25)
  })

  it('of an older version of the page opens too', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    tab.app.forms.setFields({ prompt: 'long ago' })
    void tab.app.runner.start()
    await pass(5000)
    browser.close(tab.tab)
    const [record] = browser.runs.values()
    browser.runs.set(record.id, readRunRecord(asVersion1(record))!)
    const again = await openTab(browser)
    const { id } = newestRun(again).record
    void again.app.history.look(id)
    await pass(50)
    expect(newestRun(again).outputs[0]?.kind).toBe('ready')
    void again.app.history.bringBack(id)
    await pass(50)
    expect(masked(again)).toBe(20 * 16)
    expect(promptOf(again)).toBe('long ago')
    expect(again.app.settings.store.getState().modelVersion).toBe('')
  })
})

/** As the first version of the page wrote it. */
function asVersion1({ document, rawOutputs: _raw, version: _version, ...rest }: RunRecord): unknown {
  const { base, commands, setup } = document
  const { link: _link, ...source } = base
  return { ...rest, version: 1, source, commands, model: setup.model, params: setup.params }
}
