import { copyOf } from './fakePictures.testkit'
import type { RunRecord } from '../core/document/codec/recordCodec'
import { FakeDocuments } from './fakeDocuments.testkit'
import { FakeProjects } from './fakeProjects.testkit'

/** A lock, and who gets it next: first come, first served. */
interface HeldLock {
  readonly tab: string
  readonly waiting: { readonly tab: string; readonly start: () => void }[]
}

/** What the tabs of one browser share: the disk, the locks, the channel, the small settings. */
export class FakeBrowser {
  readonly runs = new Map<string, RunRecord>()
  readonly outputs = new Map<string, Blob>()
  readonly thumbnails = new Map<string, Blob>()
  readonly sources = new Map<string, Blob>()
  readonly stars = new Set<string>()
  readonly trash = new Map<string, number>()
  readonly documents = new FakeDocuments()
  /** The document that each tab had open last. */
  readonly openedIn = new Map<string, string>()
  /** What each tab noted as it was left. */
  readonly leftIn = new Map<string, string>()
  readonly leaveListeners = new Map<string, () => void>()
  readonly wantedListeners = new Map<string, (id: string) => void>()
  readonly keptListeners = new Set<(id: string) => void>()
  readonly settings = new Map<string, string>()
  projects = new FakeProjects()
  readonly heldLocks = new Map<string, HeldLock>()
  readonly runListeners = new Map<string, ((runIds: readonly string[]) => void)[]>()
  readonly storageListeners: { readonly tab: string; readonly tell: (key: string | null) => void }[] = []
  isPersisted = false
  /** Every write to the disk is refused while this holds. */
  isFull = false
  /** Writes that the disk still has room for. */
  writesLeft = Infinity
  nextTab = 1

  /** Files as read from the disk: they are gone with it. */
  private readFiles: Blob[] = []
  readonly goneFiles = new WeakSet<Blob>()

  readFile(key: string): Blob | null {
    const stored = this.sources.get(key)
    if (!stored) return null
    const file = copyOf(stored)
    this.readFiles.push(file)
    return file
  }

  /** In memory, whatever becomes of the file. */
  holdFile(file: Blob): Blob {
    return this.goneFiles.has(file) ? file : copyOf(file)
  }

  storeFile(key: string, file: Blob): void {
    if (this.goneFiles.has(file)) throw new DOMException('Failed to write blobs (InvalidBlob)', 'DataError')
    this.sources.set(key, file)
  }

  /** As the browser's own "Clear site data" does, the page open. */
  clear(): void {
    const { summaries, contents, steps, thumbnails: cards } = this.documents
    for (const store of [
      summaries,
      contents,
      steps,
      cards,
      this.sources,
      this.runs,
      this.outputs,
      this.thumbnails,
    ])
      store.clear()
    this.openedIn.clear()
    for (const file of this.readFiles.splice(0)) this.goneFiles.add(file)
  }

  write(): void {
    if (this.isFull || this.writesLeft-- <= 0) throw new DOMException('full', 'QuotaExceededError')
  }

  readonly pages = new Map<string, { closed: boolean }>()

  /** As a reload or a closed tab, where the page hears of it first. */
  leave(tab: string): void {
    this.leaveListeners.get(tab)?.()
    this.close(tab)
  }

  /** As a closed tab: it writes and asks no more, its locks are free, and its callbacks are gone. */
  close(tab: string): void {
    const page = this.pages.get(tab)
    if (page) page.closed = true
    this.runListeners.delete(tab)
    this.wantedListeners.delete(tab)
    for (const [name, lock] of this.heldLocks) {
      const others = lock.waiting.filter((one) => one.tab !== tab)
      lock.waiting.splice(0, Infinity, ...others)
      if (lock.tab === tab) this.release(name)
    }
  }

  /** Hands a lock on. */
  release(name: string): void {
    const [next, ...waiting] = this.heldLocks.get(name)?.waiting ?? []
    if (!next) this.heldLocks.delete(name)
    else {
      this.heldLocks.set(name, { tab: next.tab, waiting })
      next.start()
    }
  }
}
