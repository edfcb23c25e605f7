import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { commandList } from '../../core/mask/command/maskCommand.testkit'
import { FakeBrowser, fakeFile } from '../fakePorts.testkit'
import { masked, messageCodes, openPhoto, openTab, paint, pass, readyTab } from '../tab.testkit'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const idIn = (browser: FakeBrowser, tab: string) => browser.openedIn.get(tab)!
const stepsOf = (browser: FakeBrowser, tab: string) => browser.documents.doneIn(idIn(browser, tab))
const summaryIn = (browser: FakeBrowser, tab: string) => browser.documents.summaries.get(idIn(browser, tab))!
const promptIn = (browser: FakeBrowser, tab: string) =>
  browser.documents.contents.get(idIn(browser, tab))?.setup?.params['prompt']

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

  it('has mask and sampling area as they were at any moment, undone strokes undone', async () => {
    const frame = { x: 0, y: 0, width: 64, height: 48 }
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('do' as const),
        commands: commandList(frame, 1),
        area: fc.constantFrom('mask' as const, 'sampling' as const),
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
        for (const area of ['mask', 'sampling'] as const)
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

  it('is not written before the earlier one is loaded', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await pass(500)
    browser.close(tab.tab)
    const before = structuredClone(browser.documents)
    const again = await openTab(browser, {
      name: tab.tab,
      prepare: (page) => Object.assign(page.delays, { decode: 5000 }),
    })
    again.app.forms.setFields({ prompt: 'early' })
    await pass(1000)
    expect({ ...summaryIn(browser, tab.tab), writer: '' }).toEqual({
      ...before.summaries.get(browser.openedIn.get(tab.tab)!),
      writer: '',
    })
    expect(browser.documents.contents).toEqual(before.contents)
  })

  it('brings the form back where no picture was open', async () => {
    const browser = new FakeBrowser()
    const tab = await openTab(browser)
    tab.app.settings.set({ backendId: 'replicate', backendUrl: 'https://api.example/v1' })
    tab.app.forms.setFields({ prompt: 'a gate' })
    await pass(300)
    expect(summaryIn(browser, tab.tab).base).toBeNull()
    browser.close(tab.tab)
    browser.settings.clear()
    const again = await openTab(browser, { name: tab.tab })
    expect(again.app.settings.store.getState().backendUrl).toBe('https://api.example/v1')
    expect(Object.values(again.app.forms.store.getState().values)[0]).toMatchObject({ prompt: 'a gate' })
    expect(again.app.session.store.getState().source).toBeNull()
    expect(messageCodes(again)).toEqual([])
  })

  it('is not made for a tab in which nothing was done', async () => {
    const browser = new FakeBrowser()
    const tab = await openTab(browser)
    tab.app.settings.set({ theme: 'light', formOpen: false })
    await pass(1000)
    expect(browser.documents.summaries.size).toBe(0)
  })

  it('keeps what is typed while its picture is decoded', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    tab.app.forms.setFields({ prompt: 'before' })
    await pass(500)
    browser.close(tab.tab)
    const again = await openTab(browser, {
      name: tab.tab,
      prepare: (page) => Object.assign(page.delays, { decode: 3000 }),
    })
    again.app.forms.setFields({ prompt: 'after' })
    await pass(5000)
    expect(again.app.session.store.getState().source?.name).toBe('photo.png')
    expect(Object.values(again.app.forms.store.getState().values)[0]).toMatchObject({ prompt: 'after' })
    expect(promptIn(browser, tab.tab)).toBe('after')
  })

  it('whose picture cannot be opened goes on naming it', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await pass(500)
    browser.close(tab.tab)
    const key = summaryIn(browser, tab.tab).base!.key
    const file = browser.sources.get(key)!
    browser.sources.set(key, new Blob(['damaged']))
    const again = await openTab(browser, { name: tab.tab })
    expect(messageCodes(again)).toEqual(['image/damaged'])
    again.app.forms.setFields({ prompt: 'still here' })
    await pass(500)
    browser.close(tab.tab)
    browser.sources.set(key, file)
    const third = await openTab(browser, { name: tab.tab })
    expect(masked(third)).toBe(20 * 16)
    expect(Object.values(third.app.forms.store.getState().values)[0]).toMatchObject({ prompt: 'still here' })
  })

  it('is loaded after a file that is opened at once: the file stays', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await pass(500)
    browser.close(tab.tab)
    const again = await openTab(browser, {
      name: tab.tab,
      prepare({ ports }) {
        const { readDocument } = ports.documents
        Object.assign(ports.documents, {
          readDocument: async (...args: Parameters<typeof readDocument>) => {
            await new Promise((resolve) => setTimeout(resolve, 500))
            return readDocument(...args)
          },
        })
      },
    })
    void again.app.opener.openFile(fakeFile('mine.png'))
    await pass(2000)
    expect(again.app.session.store.getState().source?.name).toBe('mine.png')
    expect(summaryIn(browser, tab.tab).base?.name).toBe('mine.png')
  })

  it('gives way to a file that is opened while it is restored', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await pass(500)
    browser.close(tab.tab)
    const again = await openTab(browser, {
      name: tab.tab,
      prepare: (page) => Object.assign(page.delays, { decode: 300 }),
    })
    again.delays.decode = 1
    void again.app.opener.openFile(fakeFile('mine.png'))
    await pass(2000)
    expect(again.app.session.store.getState().source?.name).toBe('mine.png')
    expect(messageCodes(again)).toEqual([])
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

  it('a full disk is said once; painting goes on', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    browser.isFull = true
    for (let i = 0; i < 5; i++) paint(tab, i, 0, 1, 1)
    await pass(1000)
    expect(messageCodes(tab)).toEqual(['storage/full'])
    expect(tab.app.state.read().documents.isFailing).toBe(true)
    expect(tab.app.session.store.getState().editor!.commands).toHaveLength(6)
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

  it('misses no command after writes that failed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('paint', 'undo', 'redo', 'picture'), fc.boolean()), {
          maxLength: 14,
        }),
        async (steps) => {
          const browser = new FakeBrowser()
          const tab = await readyTab(browser)
          for (const [index, [step, isFull]] of steps.entries()) {
            browser.isFull = isFull
            const { editor } = tab.app.session.store.getState()
            if (step === 'paint') paint(tab, index, 0, 1, 1)
            else if (step === 'picture') await openPhoto(tab, `${index}.png`)
            else editor![step]()
            await pass(20)
          }
          browser.isFull = false
          paint(tab, 40, 40, 2, 2)
          await pass(100)
          const { editor, source } = tab.app.session.store.getState()
          browser.close(tab.tab)
          const again = await openTab(browser, { name: tab.tab })
          expect(again.app.session.store.getState().source?.name).toBe(source!.name)
          expect(again.app.session.store.getState().editor!.commands).toEqual(editor!.commands)
        },
      ),
      { numRuns: 25 },
    )
  })
})
