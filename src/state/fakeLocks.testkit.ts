import type { Ports } from './ports'
import type { FakeBrowser } from './fakeBrowser.testkit'

/** Locks of one tab: held by one at a time over all tabs. */
export function fakeLocks(browser: FakeBrowser, tab: string): Ports['locks'] {
  const holding = async (lock: string, work: () => Promise<void>) => {
    const held = browser.heldLocks.get(lock)
    try {
      await work()
    } finally {
      // A closed tab holds nothing any more.
      if (browser.heldLocks.get(lock) === held) browser.release(lock)
    }
  }
  return {
    async ifAlone(lock, work) {
      if (browser.heldLocks.has(lock)) return false
      browser.heldLocks.set(lock, { tab, waiting: [] })
      await holding(lock, work)
      return true
    },
    async whenAlone(lock, work) {
      const held = browser.heldLocks.get(lock)
      if (held) await new Promise<void>((start) => void held.waiting.push({ tab, start }))
      else browser.heldLocks.set(lock, { tab, waiting: [] })
      await holding(lock, work)
    },
  }
}

type DocumentLocks = Pick<
  Ports['documents'],
  | 'openedHere'
  | 'noteOpened'
  | 'noteLeft'
  | 'takeLeft'
  | 'holdDocument'
  | 'holdWhenFree'
  | 'heldDocuments'
  | 'askForDocument'
  | 'keepDocument'
  | 'onDocumentKept'
  | 'onDocumentWanted'
>

/** Which tab has which document, and who asks for it. */
export function fakeDocumentLocks(browser: FakeBrowser, tab: string, locks: Ports['locks']): DocumentLocks {
  return {
    openedHere: () => browser.openedIn.get(tab) ?? null,
    noteOpened: (id) => void browser.openedIn.set(tab, id),
    noteLeft: (text) => void browser.leftIn.set(tab, text),
    takeLeft() {
      const text = browser.leftIn.get(tab) ?? null
      browser.leftIn.delete(tab)
      return text
    },
    holdDocument: (id) =>
      new Promise((resolve) => {
        const hold = async () => {
          const isHeld = () => new Promise<void>((letGo) => resolve(letGo))
          if (!(await locks.ifAlone(`document.${id}`, isHeld))) resolve(null)
        }
        void hold()
      }),
    holdWhenFree: (id) =>
      new Promise((resolve) => {
        void locks.whenAlone(`document.${id}`, () => new Promise<void>((letGo) => resolve(letGo)))
      }),
    heldDocuments: () =>
      Promise.resolve(
        new Set(
          [...browser.heldLocks.keys()].flatMap((lock) =>
            lock.startsWith('document.') ? lock.slice('document.'.length) : [],
          ),
        ),
      ),
    askForDocument(id) {
      for (const [other, listener] of browser.wantedListeners) if (other !== tab) listener(id)
    },
    keepDocument(id) {
      for (const listener of browser.keptListeners) listener(id)
    },
    onDocumentKept(callback) {
      browser.keptListeners.add(callback)
      return Promise.resolve(() => void browser.keptListeners.delete(callback))
    },
    onDocumentWanted: (callback) => void browser.wantedListeners.set(tab, callback),
  }
}
