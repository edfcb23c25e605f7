import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, masked, messageCodes, openPhoto, openTab, paint, pass, readyTab } from '../tab.testkit'
import { idIn, stepsOf } from './documents.testkit'

inFakeTime()

describe('a document', () => {
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
