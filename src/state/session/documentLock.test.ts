import { describe, expect, it } from 'vitest'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, masked, openPhoto, type OpenTab, openTab, paint, pass, readyTab } from '../tab.testkit'
import { idIn } from './documents.testkit'

inFakeTime()

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
