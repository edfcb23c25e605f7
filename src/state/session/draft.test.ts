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

describe('a draft', () => {
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
    expect(browser.drafts.get(tab.tab)!.journal.size).toBe(2)
    tab.app.forms.setFields({ prompt: 'typed' })
    await pass(300)
    expect(browser.drafts.get(tab.tab)!.head.setup?.params['prompt']).toBe('typed')
  })

  it('is not written before the earlier one is loaded', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await pass(500)
    browser.close(tab.tab)
    const before = structuredClone(browser.drafts.get(tab.tab)!.head)
    const again = await openTab(browser, {
      name: tab.tab,
      prepare: (page) => Object.assign(page.delays, { decode: 5000 }),
    })
    again.app.forms.setFields({ prompt: 'early' })
    await pass(1000)
    expect(browser.drafts.get(tab.tab)!.head).toEqual(before)
  })

  it('brings the form back where no picture was open', async () => {
    const browser = new FakeBrowser()
    const tab = await openTab(browser)
    tab.app.settings.set({ backendId: 'replicate', backendUrl: 'https://api.example/v1' })
    tab.app.forms.setFields({ prompt: 'a gate' })
    await pass(300)
    expect(browser.drafts.get(tab.tab)!.head.base).toBeNull()
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
    expect(browser.drafts.size).toBe(0)
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
    expect(browser.drafts.get(tab.tab)!.head.setup?.params['prompt']).toBe('after')
  })

  it('whose picture cannot be opened goes on naming it', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await pass(500)
    browser.close(tab.tab)
    const key = browser.drafts.get(tab.tab)!.head.base!.key
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
        const { claimTab } = ports.drafts
        Object.assign(ports.drafts, {
          claimTab: () => new Promise((resolve) => setTimeout(() => resolve(claimTab()), 500)),
        })
      },
    })
    void again.app.opener.openFile(fakeFile('mine.png'))
    await pass(2000)
    expect(again.app.session.store.getState().source?.name).toBe('mine.png')
    expect(browser.drafts.get(tab.tab)!.head.base?.name).toBe('mine.png')
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
    const written = JSON.stringify(browser.drafts.get(tab.tab)!.head)
    expect(written).not.toContain('r8_secret')
    expect(written).not.toContain('base64')
  })

  it('a full disk is said once; painting goes on', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    browser.isFull = true
    for (let i = 0; i < 5; i++) paint(tab, i, 0, 1, 1)
    await pass(1000)
    expect(messageCodes(tab)).toEqual(['storage/unavailable'])
    expect(tab.app.session.store.getState().editor!.commands).toHaveLength(6)
  })

  it('a new picture takes the place of the earlier draft, all at once', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await pass(300)
    tab.delays.write = 200
    await openPhoto(tab, 'second.png')
    expect(browser.drafts.get(tab.tab)!.head.base?.name).toBe('photo.png')
    expect(browser.drafts.get(tab.tab)!.journal.size).toBe(1)
    await pass(300)
    expect(browser.drafts.get(tab.tab)!.head.base?.name).toBe('second.png')
    expect(browser.drafts.get(tab.tab)!.journal.size).toBe(0)
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
