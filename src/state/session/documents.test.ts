import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { patch } from '../../core/document/document.testkit'
import { commandList } from '../../core/mask/command/maskCommand.testkit'
import { FakeBrowser, fakeFile } from '../fakePorts.testkit'
import {
  inFakeTime,
  keep,
  masked,
  messageCodes,
  openPhoto,
  type OpenTab,
  openTab,
  paint,
  pass,
  readyTab,
} from '../tab.testkit'
import { patchesOf } from './source'

inFakeTime()

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

  it('keeps what is entered before its form is read', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    tab.app.forms.setFields({ prompt: 'before', negative_prompt: 'fog' })
    await pass(500)
    browser.close(tab.tab)
    const again = await openTab(browser, {
      name: tab.tab,
      prepare({ ports: { documents } }) {
        const { readDocument } = documents
        const slow: typeof readDocument = async (...asked) => {
          await new Promise((resolve) => setTimeout(resolve, 3000))
          return readDocument(...asked)
        }
        Object.assign(documents, { readDocument: slow })
      },
    })
    again.app.forms.setFields({ prompt: 'after' })
    await pass(5000)
    expect(again.app.session.store.getState().source?.name).toBe('photo.png')
    expect(Object.values(again.app.forms.store.getState().values)[0]).toMatchObject({
      prompt: 'after',
      negative_prompt: 'fog',
    })
    await pass(500)
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

  it('a full disk is said; painting goes on, and is written once there is room', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    browser.isFull = true
    for (let i = 0; i < 5; i++) paint(tab, i, 0, 1, 1)
    await pass(1000)
    expect(tab.app.state.read().documents.failure).toBe('storage/full')
    expect(tab.app.session.store.getState().editor!.commands).toHaveLength(6)
    browser.isFull = false
    await pass(10_000)
    expect(stepsOf(browser, tab.tab)).toHaveLength(6)
    expect(tab.app.state.read().documents.failure).toBeNull()
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

describe('strokes that cannot be written', () => {
  it('keep the document where it is: neither a step nor the document itself is opened over them', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await pass(300)
    const id = idIn(browser, tab.tab)
    browser.isFull = true
    paint(tab, 0, 0, 2, 2)
    await pass(100)
    void tab.app.documents.goTo(1)
    await pass(500)
    expect([masked(tab), messageCodes(tab)]).toEqual([320 + 4, ['storage/full']])
    await openPhoto(tab, 'second.png')
    void tab.app.documents.open(id)
    await pass(500)
    expect(tab.app.session.store.getState().source?.name).toBe('second.png')
    browser.isFull = false
    void tab.app.documents.open(id)
    await pass(500)
    expect(masked(tab)).toBe(320 + 4)
    expect(browser.documents.doneIn(id)).toHaveLength(2)
    void tab.app.documents.goTo(1)
    await pass(500)
    expect(masked(tab)).toBe(320)
  })

  it('are not written over later ones once another step is open', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await pass(300)
    tab.delays.write = 100
    void tab.app.documents.goTo(0)
    await pass(50)
    browser.isFull = true
    paint(tab, 0, 0, 2, 2)
    await pass(200)
    expect(masked(tab)).toBe(0)
    browser.isFull = false
    paint(tab, 40, 30, 3, 3)
    await pass(12_000)
    expect(tab.app.state.read().documents.failure).toBeNull()
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    await pass(500)
    expect(masked(again)).toBe(9)
  })

  it('stay with the tab that holds them', async () => {
    const browser = new FakeBrowser()
    const first = await readyTab(browser)
    await pass(500)
    browser.openedIn.set('copy', idIn(browser, first.tab))
    const second = await openTab(browser, { name: 'copy' })
    await pass(1000)
    browser.isFull = true
    paint(first, 0, 0, 2, 2)
    await pass(100)
    // However long the other one waits.
    void second.app.documents.takeOver()
    await pass(30_000)
    expect(first.app.state.read().documents.isElsewhere).toBe(false)
    expect(second.app.state.read().documents.isElsewhere).toBe(true)
    expect(messageCodes(second)).toContain('storage/full')
    browser.isFull = false
    paint(first, 50, 0, 3, 3)
    await pass(5000)
    void second.app.documents.takeOver()
    await pass(5000)
    expect(masked(second)).toBe(320 + 4 + 9)
  })
})

describe('the lock on a document', () => {
  const isHeld = (browser: FakeBrowser, id: string) => browser.heldLocks.has(`document.${id}`)

  it('stays with it where going to a step fails or is overtaken', async () => {
    for (const end of ['fails', 'is gone', 'is overtaken'] as const) {
      const browser = new FakeBrowser()
      const tab = await readyTab(browser)
      paint(tab, 0, 0, 2, 2)
      await pass(300)
      const id = idIn(browser, tab.tab)
      const { readDocument } = tab.ports.documents
      Object.assign(tab.ports.documents, {
        async readDocument(...args: Parameters<typeof readDocument>) {
          await new Promise((resolve) => setTimeout(resolve, 100))
          if (end === 'fails') throw new Error('damaged')
          return end === 'is gone' ? null : readDocument(...args)
        },
      })
      void tab.app.documents.goTo(1)
      await pass(50)
      if (end === 'is overtaken') await openPhoto(tab, 'second.png')
      await pass(500)
      expect(isHeld(browser, id)).toBe(true)
      if (end === 'is overtaken') tab.app.session.undo()
      paint(tab, 40, 30, 3, 3)
      await pass(300)
      expect(browser.documents.doneIn(id)).toHaveLength(3)
      Object.assign(tab.ports.documents, { readDocument })
      void tab.app.documents.goTo(1)
      await pass(300)
      expect(isHeld(browser, id)).toBe(true)
      browser.close(tab.tab)
      expect(isHeld(browser, id)).toBe(false)
    }
  })

  it('stays with one that Undo can go to, and is free where another was not opened', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await pass(300)
    const first = idIn(browser, tab.tab)
    await openPhoto(tab, 'second.png')
    await pass(300)
    const other = await readyTab(browser, 'other.png')
    await pass(300)
    const theirs = idIn(browser, other.tab)
    browser.close(other.tab)
    for (const [id, stays] of [
      [first, true],
      [theirs, false],
    ] as const) {
      const key = browser.documents.summaries.get(id)!.base!.key
      const file = browser.sources.get(key)!
      for (const damaged of [new Blob(['damaged']), null]) {
        if (damaged) browser.sources.set(key, damaged)
        else browser.sources.delete(key)
        void tab.app.documents.open(id)
        await pass(500)
        expect(isHeld(browser, id)).toBe(stays)
      }
      browser.sources.set(key, file)
      void tab.app.documents.open(id)
      await pass(500)
      expect([idIn(browser, tab.tab), isHeld(browser, id)]).toEqual([id, true])
    }
  })
})

describe('two tabs with one document', () => {
  /** A tab with a painted picture, and a copy of that tab. */
  async function copied(browser: FakeBrowser) {
    const first = await readyTab(browser)
    await pass(500)
    browser.openedIn.set('copy', idIn(browser, first.tab))
    const second = await openTab(browser, { name: 'copy' })
    await pass(1000)
    return { first, second, id: idIn(browser, first.tab) }
  }
  const isElsewhere = ({ app }: OpenTab) => app.state.read().documents.isElsewhere

  it('the second shows it, and writes nothing', async () => {
    const browser = new FakeBrowser()
    const { first, second, id } = await copied(browser)
    expect([isElsewhere(first), isElsewhere(second)]).toEqual([false, true])
    expect(masked(second)).toBe(masked(first))
    const { writer } = browser.documents.summaries.get(id)!
    paint(second, 0, 0, 5, 5)
    second.app.forms.setFields({ prompt: 'not mine' })
    await pass(1000)
    expect(browser.documents.summaries.get(id)!.writer).toBe(writer)
    expect(browser.documents.doneIn(id)).toHaveLength(1)
    paint(first, 0, 0, 2, 2)
    await pass(100)
    expect(browser.documents.doneIn(id)).toHaveLength(2)
  })

  it('it is taken over with all that the first one did, and back', async () => {
    const browser = new FakeBrowser()
    const { first, second, id } = await copied(browser)
    paint(first, 0, 0, 2, 2)
    for (const [to, from] of [
      [second, first],
      [first, second],
    ] as const) {
      void to.app.documents.takeOver()
      await pass(3000)
      expect([isElsewhere(to), isElsewhere(from)]).toEqual([false, true])
      expect(masked(to)).toBe(masked(from))
      paint(to, 40, 30, 3, 3)
      await pass(100)
    }
    expect(browser.documents.doneIn(id)).toHaveLength(4)
  })

  it('the second has it once the first is closed', async () => {
    const browser = new FakeBrowser()
    const { first, second, id } = await copied(browser)
    paint(first, 0, 0, 2, 2)
    await pass(100)
    browser.close(first.tab)
    await pass(1000)
    expect(isElsewhere(second)).toBe(false)
    expect(masked(second)).toBe(masked(first))
    paint(second, 40, 30, 3, 3)
    await pass(100)
    expect(browser.documents.doneIn(id)).toHaveLength(3)
  })

  it('a tab that sleeps is taken from: what it does when it wakes is not written', async () => {
    const browser = new FakeBrowser()
    const { first, second, id } = await copied(browser)
    browser.wantedListeners.delete(first.tab)
    void second.app.documents.takeOver()
    await pass(5000)
    expect(isElsewhere(second)).toBe(false)
    paint(second, 40, 30, 3, 3)
    paint(first, 0, 0, 9, 9)
    await pass(5000)
    expect([isElsewhere(first), isElsewhere(second)]).toEqual([true, false])
    expect(browser.documents.doneIn(id)).toHaveLength(2)
    paint(second, 50, 30, 3, 3)
    await pass(100)
    expect(browser.documents.doneIn(id)).toHaveLength(3)
  })
})

describe('stored documents', () => {
  it('offer a picture that nothing was done to once, and not beside one that something was done to', async () => {
    const browser = new FakeBrowser()
    const offered = async () => {
      const fresh = await openTab(browser)
      const recent = await fresh.app.documents.recent(4)
      browser.close(fresh.tab)
      return recent.map(({ base, tip }) => [base?.name, tip > 0])
    }
    for (const name of ['photo.png', 'photo.png', 'other.png']) {
      const tab = await openTab(browser)
      await openPhoto(tab, name)
      await pass(500)
      browser.close(tab.tab)
    }
    expect(await offered()).toEqual([
      ['other.png', false],
      ['photo.png', false],
    ])
    const painted = await readyTab(browser)
    await pass(500)
    browser.close(painted.tab)
    expect(await offered()).toEqual([
      ['photo.png', true],
      ['other.png', false],
    ])
  })

  it('are offered by a fresh tab, and open with mask, form and view; Undo goes back', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    tab.app.forms.setFields({ prompt: 'a gate' })
    tab.app.viewport.set({ zoom: 2, center: { x: 5, y: 6 } })
    await pass(500)
    const open = await openTab(browser)
    expect(await open.app.documents.recent(4)).toEqual([])
    browser.close(tab.tab)
    const fresh = await openTab(browser)
    await openPhoto(fresh, 'other.png')
    await pass(500)
    const [document] = await fresh.app.documents.recent(4)
    expect(document.base?.name).toBe('photo.png')
    expect(await fresh.app.documents.thumbnail(document.id)).not.toBeNull()
    void fresh.app.documents.open(document.id)
    await pass(500)
    expect(fresh.app.session.store.getState().source?.name).toBe('photo.png')
    expect(masked(fresh)).toBe(20 * 16)
    expect(fresh.app.viewport.store.getState().viewport).toEqual({ zoom: 2, center: { x: 5, y: 6 } })
    expect(Object.values(fresh.app.forms.store.getState().values)[0]).toMatchObject({ prompt: 'a gate' })
    // The steps of the stored document are undone first.
    fresh.app.session.undo()
    fresh.app.session.undo()
    expect(fresh.app.session.store.getState().source?.name).toBe('other.png')
  })

  it('one that Undo could go back to is opened once, not twice', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await pass(300)
    const first = idIn(browser, tab.tab)
    await openPhoto(tab, 'second.png')
    await pass(300)
    void tab.app.documents.open(first)
    await pass(500)
    expect(idIn(browser, tab.tab)).toBe(first)
    expect(tab.app.session.store.getState().before.map(({ source }) => source.name)).toEqual(['second.png'])
    paint(tab, 0, 0, 3, 3)
    await pass(300)
    expect(browser.documents.doneIn(first)).toHaveLength(2)
    expect(browser.documents.summaries.size).toBe(2)
  })

  it('that were deleted while open are made anew by the next stroke', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await pass(300)
    const id = idIn(browser, tab.tab)
    for (const store of [browser.documents.summaries, browser.documents.contents, browser.documents.steps])
      store.clear()
    browser.sources.clear()
    paint(tab, 0, 0, 3, 3)
    await pass(300)
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    expect(idIn(browser, tab.tab)).toBe(id)
    expect(masked(again)).toBe(masked(tab))
  })

  it('that were reopened and whose storage was cleared are made anew with picture and kept results', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await keep(tab, browser, fc.sample(patch({ x: 0, y: 0, width: 64, height: 48 }), { numRuns: 2, seed: 3 }))
    await pass(300)
    browser.close(tab.tab)
    const reopened = await openTab(browser, { name: tab.tab })
    await pass(500)
    const before = reopened.app.session.store.getState().source!
    expect(patchesOf(before)).toHaveLength(2)
    for (const store of [browser.documents.summaries, browser.documents.contents, browser.documents.steps])
      store.clear()
    browser.sources.clear()
    paint(reopened, 0, 0, 3, 3)
    await pass(300)
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    await pass(500)
    const after = again.app.session.store.getState().source!
    expect(patchesOf(after)).toEqual(patchesOf(before))
    expect(Buffer.from(after.pixels.data).equals(Buffer.from(before.pixels.data))).toBe(true)
    expect(masked(again)).toBe(320 + 9)
  })

  it('go back to any step: what came later stays', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    paint(tab, 0, 0, 2, 2)
    tab.app.session.undo()
    paint(tab, 50, 0, 3, 3)
    await pass(300)
    const id = idIn(browser, tab.tab)
    const steps = () => browser.documents.journalOf(id).steps.map(({ number, parent }) => [number, parent])
    expect(steps()).toEqual([
      [1, 0],
      [2, 1],
      [3, 1],
    ])
    for (const [step, painted] of [
      [2, 320 + 4],
      [0, 0],
      [3, 320 + 9],
    ] as const) {
      void tab.app.documents.goTo(step)
      await pass(500)
      expect(masked(tab)).toBe(painted)
      expect(browser.documents.summaries.get(id)!.tip).toBe(step)
    }
    tab.app.session.undo()
    paint(tab, 60, 0, 1, 1)
    await pass(300)
    expect(steps().at(-1)).toEqual([4, 1])
    expect(tab.app.session.store.getState().before).toEqual([])
  })
})

describe('what was undone', () => {
  it('is redone after a reload as it would have been before', async () => {
    const story = fc.array(fc.constantFrom('stroke', 'undo', 'redo', 'undo'), { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(story, async (events) => {
        const browser = new FakeBrowser()
        const tab = await readyTab(browser)
        for (const [index, what] of events.entries()) {
          const { editor } = tab.app.session.store.getState()
          if (what === 'stroke') paint(tab, index, 0, 1 + index, 2)
          else if (what === 'undo') editor!.undo()
          else editor!.redo()
        }
        await pass(1000)
        browser.close(tab.tab)
        const again = await openTab(browser, { name: tab.tab })
        const [before, after] = [tab, again].map(({ app }) => app.session.store.getState().editor!)
        expect(masked(again)).toBe(masked(tab))
        for (let redone = 0; before.canRedo && redone < 12; redone++) {
          before.redo()
          after.redo()
          expect(masked(again)).toBe(masked(tab))
        }
        expect(after.canRedo).toBe(false)
        while (before.canUndo) {
          before.undo()
          after.undo()
          expect(masked(again)).toBe(masked(tab))
        }
        expect(after.canUndo).toBe(false)
      }),
      { numRuns: 40 },
    )
  })
})

/** Leaves time between the events of a story for none, some or all of what they write. */
const crashes = fc.array(
  fc.tuple(fc.constantFrom('stroke', 'undo', 'redo', 'type'), fc.constantFrom(0, 1, 40, 300)),
  { minLength: 1, maxLength: 16 },
)

describe('a crash', () => {
  it('at any moment of any story loses nothing that is older than 250 ms', async () => {
    await fc.assert(
      fc.asyncProperty(crashes, async (story) => {
        const browser = new FakeBrowser()
        const tab = await readyTab(browser)
        tab.delays.write = 15
        /** What the picture was after each event, and when. */
        const states: { readonly at: number; readonly mask: number }[] = [{ at: -1000, mask: masked(tab) }]
        let now = 0
        for (const [index, [what, wait]] of story.entries()) {
          const { editor } = tab.app.session.store.getState()
          if (what === 'stroke') paint(tab, index, 0, 1 + index, 2)
          else if (what === 'undo') editor!.undo()
          else if (what === 'redo') editor!.redo()
          else tab.app.forms.setFields({ prompt: `${index}` })
          states.push({ at: now, mask: masked(tab) })
          await pass(wait)
          now += wait
        }
        browser.close(tab.tab)
        const again = await openTab(browser, { name: tab.tab })
        const settled = states.findLastIndex(({ at }) => at <= now - 250)
        expect(states.slice(settled).map(({ mask }) => mask)).toContain(masked(again))
      }),
      { numRuns: 60 },
    )
  })
})
