import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { commandList } from '../../core/mask/command/maskCommand.testkit'
import { EditHistory } from '../../editor/editHistory'
import { MaskEditor } from '../../editor/maskEditor'
import { FakeBrowser } from '../fakeBrowser.testkit'
import type { FakeTab } from '../fakePorts.testkit'
import { inFakeTime, masked, openPhoto, openTab, paint, pass, readyTab } from '../tab.testkit'
import { promptIn, stepsOf, summaryIn } from './documents.testkit'

inFakeTime()

describe('a document', () => {
  it('brings picture, mask, form, backend and model back after a reload', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    tab.app.chooseModel('black-forest-labs/flux-fill-dev')
    tab.app.settings.set({ modelVersion: 'abc' })
    tab.app.forms.setFields({ prompt: 'a gate' })
    tab.app.models.setPolarity('black-forest-labs/flux-fill-dev', 'black')
    await pass(1000)
    browser.close(tab.tab)
    browser.settings.clear()
    const again = await openTab(browser, { name: tab.tab })
    expect(masked(again)).toBe(20 * 16)
    expect(again.app.settings.store.getState()).toMatchObject({
      backendId: 'replicate',
      backendUrl: 'https://api.example/v1',
      modelId: 'black-forest-labs/flux-fill-dev',
      modelVersion: 'abc',
    })
    expect(again.app.forms.store.getState().values['black-forest-labs/flux-fill-dev']).toMatchObject({
      prompt: 'a gate',
    })
    expect(again.app.models.store.getState().polarity).toEqual({ 'black-forest-labs/flux-fill-dev': 'black' })
  })

  it('is painted while its picture is still being decoded', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    for (let x = 0; x < 8; x++) paint(tab, x * 4, 30, 3, 3)
    await pass(1000)
    browser.close(tab.tab)
    const painted = vi.spyOn(MaskEditor.prototype, 'paintAhead')
    const prepare = (again: FakeTab) => {
      again.delays.decode = 3000
    }
    const again = await openTab(browser, { name: tab.tab, prepare })
    await pass(1000)
    expect(again.app.session.store.getState().source).toBeNull()
    expect(painted).toHaveBeenCalledTimes(9)
    const applied = vi.spyOn(EditHistory.prototype, 'apply')
    await pass(3000)
    expect(masked(again)).toBe(masked(tab))
    expect(applied).not.toHaveBeenCalled()
    expect(again.app.session.editor()?.steps).toEqual(tab.app.session.editor()?.steps)
    vi.restoreAllMocks()
  })

  it('has mask, sampling area and guide lines as they were at any moment, undone strokes undone', async () => {
    const frame = { x: 0, y: 0, width: 64, height: 48 }
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('do' as const),
        commands: commandList(frame, 1),
        area: fc.constantFrom('mask' as const, 'sampling' as const, 'guides' as const),
      }),
      fc.constant({ kind: 'undo' as const }),
      fc.constant({ kind: 'redo' as const }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const browser = new FakeBrowser()
        const tab = await openTab(browser)
        await openPhoto(tab)
        const { editor } = tab.app.session.store.getState()
        for (const one of steps) {
          if (one.kind === 'undo') editor!.undo()
          else if (one.kind === 'redo') editor!.redo()
          else for (const command of one.commands) editor!.apply(command, one.area)
        }
        await pass(100)
        browser.close(tab.tab)
        const again = await openTab(browser, { name: tab.tab })
        expect(masked(again)).toBe(masked(tab))
        const { editor: restored } = again.app.session.store.getState()
        for (const area of ['mask', 'sampling', 'guides'] as const)
          expect(restored!.commandsOf(area)).toEqual(editor!.commandsOf(area))
      }),
      { numRuns: 25 },
    )
  })

  it('is written within 250 ms of a stroke, and soon after typing', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    paint(tab, 0, 0, 3, 3)
    await pass(20)
    expect(stepsOf(browser, tab.tab)).toHaveLength(2)
    tab.app.forms.setFields({ prompt: 'typed' })
    await pass(300)
    expect(promptIn(browser, tab.tab)).toBe('typed')
  })

  it('is not made for a tab in which nothing was done', async () => {
    const browser = new FakeBrowser()
    const tab = await openTab(browser)
    tab.app.settings.set({ theme: 'light', formOpen: false })
    await pass(1000)
    expect(browser.documents.summaries.size).toBe(0)
  })

  it('never holds a secret or a file', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const id = tab.app.models.add(
      {
        components: {
          schemas: {
            Input: {
              properties: {
                image: { type: 'string', format: 'uri' },
                api_secret: { type: 'string', format: 'password' },
                style: { type: 'string', format: 'uri' },
              },
            },
          },
        },
      },
      { id: 'own/model', name: 'own', version: '' },
    )
    tab.app.chooseModel(id)
    tab.app.forms.setFields({ api_secret: 'r8_secret', style: 'data:image/png;base64,AAAA' })
    await pass(1000)
    const written = JSON.stringify([
      ...browser.documents.contents.values(),
      ...browser.documents.summaries.values(),
    ])
    expect(written).not.toContain('r8_secret')
    expect(written).not.toContain('base64')
  })

  it('of its own is made for each picture: the one before stays whole', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await pass(300)
    const first = browser.openedIn.get(tab.tab)!
    await openPhoto(tab, 'second.png')
    await pass(300)
    expect(browser.documents.summaries.size).toBe(2)
    expect(summaryIn(browser, tab.tab).base?.name).toBe('second.png')
    expect(browser.documents.doneIn(first)).toHaveLength(1)
    tab.app.session.undo()
    paint(tab, 0, 0, 3, 3)
    await pass(300)
    expect(browser.openedIn.get(tab.tab)).toBe(first)
    expect(browser.documents.doneIn(first)).toHaveLength(2)
  })
})
