import { type Delays, later } from './fakeDelays.testkit'
import { CreateRoutes } from '../backends/replicate/createRoute'
import { AppError } from '../core/errors'
import type { RgbaImage } from '../core/image/raster'
import type { ExportJob } from '../platform/exportApi'
import { createTokenVault } from '../platform/tokenVault'
import type { KeyValueStorage, Ports } from './ports'
import { fakeArchive } from './fakeArchive.testkit'
import { FakeBackend } from './fakeBackend.testkit'
import { fakeDocumentPorts } from './fakeDocuments.testkit'
import { blobOf } from './fakePictures.testkit'
import type { FakeBrowser } from './fakeBrowser.testkit'
import { fakeCodec, fakeExports, FakeBitmaps } from './fakeCodec.testkit'
import { fakeDocumentLocks, fakeLocks } from './fakeLocks.testkit'
import { fakeMasks, fakePatches } from './fakeMaskWorkers.testkit'
import { fakeRunStore } from './fakeRunStore.testkit'

export interface FakeTab {
  readonly ports: Ports
  readonly tab: string
  readonly backend: FakeBackend
  readonly delays: Delays
  /** Pictures by address; an address without one fails. */
  readonly web: Map<string, RgbaImage>
  /** What the page's own server answers, by path; else it is a host of static files. */
  readonly own: Map<string, unknown>
  readonly saved: { readonly name: string; readonly blob: Blob }[]
  /** What was encoded for an export, to the end. */
  readonly exported: readonly ExportJob[]
  readonly clipboard: { text: string | null; image: Blob | null }
  readonly wakes: Set<() => void>
  readonly clearedAddresses: { count: number }
  /** Bitmaps that were made and not closed. */
  readonly bitmaps: Set<ImageBitmap>
  /** Whether leaving the page is asked about. */
  readonly leaving: { asks: boolean }
}

/** One tab of a fake browser. @param name of an earlier tab that is reloaded; a new tab without it */
export function fakeTab(browser: FakeBrowser, name?: string): FakeTab {
  const tab = name ?? `tab-${browser.nextTab++}`
  const page = { closed: false }
  browser.pages.set(tab, page)
  const backend = new FakeBackend(page)
  /** A closed page does nothing any more. */
  const write = async () => {
    await later(delays.write)
    if (page.closed) await new Promise(() => {})
    browser.write()
  }
  const delays = { decode: 1, mask: 1, place: 1, write: 0, encode: 1 }
  const web = new Map<string, RgbaImage>()
  const own = new Map<string, unknown>()
  const saved: { name: string; blob: Blob }[] = []
  const exported: ExportJob[] = []
  const clipboard: { text: string | null; image: Blob | null } = { text: null, image: null }
  const wakes = new Set<() => void>()
  const clearedAddresses = { count: 0 }
  const bitmaps = new FakeBitmaps()
  const leaving = { asks: false }
  const storage: KeyValueStorage = {
    getItem: (key) => browser.settings.get(key) ?? null,
    setItem(key, value) {
      browser.write()
      browser.settings.set(key, value)
      for (const other of browser.storageListeners) if (other.tab !== tab) other.tell(key)
    },
    removeItem: (key) => void browser.settings.delete(key),
  }
  const fetchPicture = async (url: string, signal: AbortSignal) => {
    await later(delays.decode)
    signal.throwIfAborted()
    const image = web.get(url)
    if (!image) throw new AppError('image/url-failed', { params: { url, origin: url } })
    return blobOf(image)
  }
  const locks = fakeLocks(browser, tab)
  const ports: Ports = {
    storage,
    page: {
      base: 'http://page.example/',
      files: '/',
      language: 'en-US',
      clearAddress: () => void clearedAddresses.count++,
      askBeforeLeaving: (on) => void (leaving.asks = on),
      onLeft: (callback) => void browser.leaveListeners.set(tab, callback),
      needsNewPage: () => Promise.resolve(false),
      nextTask: () => Promise.resolve(),
      onWake: (callback) => void wakes.add(callback),
      onStorage: (tell) => void browser.storageListeners.push({ tab, tell }),
    },
    documents: {
      ...fakeDocumentPorts(browser, write),
      ...fakeDocumentLocks(browser, tab, locks),
    },
    runs: fakeRunStore(browser, write),
    archive: fakeArchive(browser, write),
    space: {
      look: () => Promise.resolve({ usage: 1000, quota: 2000, persisted: browser.isPersisted }),
      persist: () => Promise.resolve((browser.isPersisted = true)),
      deleteEverything: () => Promise.resolve(),
    },
    locks,
    tabs: {
      tell(runIds) {
        for (const [other, listeners] of browser.runListeners) {
          if (other !== tab) for (const listener of listeners) listener(runIds)
        }
      },
      onRuns(callback) {
        browser.runListeners.set(tab, [...(browser.runListeners.get(tab) ?? []), callback])
      },
    },
    codec: fakeCodec(browser, delays, bitmaps),
    exports: fakeExports(delays, exported),
    masks: fakeMasks(delays),
    patches: fakePatches(delays, bitmaps),
    vault: createTokenVault({ session: null, local: null }),
    network: {
      async fetchImage(url, signal) {
        return { blob: await fetchPicture(url, signal), name: url.slice(url.lastIndexOf('/') + 1), url }
      },
      fetchOutput: (url, _origin, signal) => fetchPicture(url, signal),
      isAnswering: () => Promise.resolve(false),
      obstacleTo: () => Promise.resolve(null),
    },
    projects: browser.projects.port,
    offline: { keep: () => Promise.resolve(), startUpdate: () => Promise.resolve() },
    ownServer: (path) => Promise.resolve(own.get(path) ?? null),
    deflate: {
      pack: (bytes) => Promise.resolve(bytes.slice()),
      unpack: (bytes) => Promise.resolve(bytes.slice()),
    },
    clipboard: {
      readImage: () => Promise.reject(new AppError('image/clipboard-empty')),
      copyText: (text) => Promise.resolve(void (clipboard.text = text)),
      copyImage: (image) => Promise.resolve(void (clipboard.image = image)),
    },
    saveFile: (blob, fileName) => void saved.push({ name: fileName, blob }),
    deviceModels: {
      list: () => Promise.resolve([]),
      add: () => Promise.reject(new AppError('onnx/not-a-model')),
      remove: () => Promise.resolve(),
    },
    backends: {
      create: () => Promise.resolve(backend),
      routes: new CreateRoutes(),
      probe: () => Promise.reject(new AppError('backend/unreachable')),
    },
  }
  return {
    ports,
    tab,
    backend,
    delays,
    web,
    own,
    saved,
    exported,
    clipboard,
    wakes,
    clearedAddresses,
    bitmaps: bitmaps.open,
    leaving,
  }
}
