import { CreateRoutes } from '../backends/replicate/createRoute'
import { composePatch } from '../core/document/composePatch'
import { changedOutside } from '../core/document/outsideChange'
import { LiveBlend } from '../core/document/liveBlend'
import { readRunRecord, type RunRecord } from '../core/document/codec/recordCodec'
import { AppError } from '../core/errors'
import { heatMap } from '../core/image/difference'
import type { RgbaImage } from '../core/image/raster'
import { resampleRgba } from '../core/image/resample'
import { cutBands, runBand } from '../core/mask/command/maskBand'
import { replayCommands } from '../core/mask/command/maskCommand'
import { createMask } from '../core/mask/mask'
import { maskOutline } from '../core/mask/raster/maskOutline'
import { turnMask } from '../core/mask/command/turnMask'
import { replayMask } from '../core/mask/command/replayMask'
import { importMask } from '../core/mask/command/maskImport'
import { rotatedMask, rotateRgba, turnRgba } from '../core/image/rotate'
import { exportPixels } from '../core/image/exportPixels'
import { placeOutput } from '../core/run/placeOutput'
import type { ExportJob, FileFacts } from '../platform/exportApi'
import { createTokenVault } from '../platform/tokenVault'
import type { KeyValueStorage, Ports } from './ports'
import { fakeArchive } from './fakeArchive.testkit'
import { FakeBackend } from './fakeBackend.testkit'
import { FakeDocuments, fakeDocumentPorts } from './fakeDocuments.testkit'
import { FakeProjects } from './fakeProjects.testkit'
import { fakeScale } from './fakeScale.testkit'

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
    for (const file of this.readFiles.splice(0)) this.goneFiles.add(file)
  }

  write(): void {
    if (this.isFull || this.writesLeft-- <= 0) throw new DOMException('full', 'QuotaExceededError')
  }

  readonly pages = new Map<string, { closed: boolean }>()

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

/** Pixels of the pictures that tests make: reading a real blob takes time that fake timers do not pass. */
const pictures = new WeakMap<Blob, RgbaImage>()
const MAX_PIXEL = 251

export function fakeImage(width: number, height: number, seed = 1): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < data.length; i++) data[i] = i % 4 === 3 ? 255 : (i * seed) % MAX_PIXEL
  return { width, height, data }
}

/** Another file of the same bytes. */
function copyOf(file: Blob): Blob {
  const copy = new Blob([file], { type: file.type })
  const pixels = pictures.get(file)
  const facts = fileFacts.get(file)
  if (pixels) pictures.set(copy, pixels)
  if (facts) fileFacts.set(copy, facts)
  return copy
}

/** A file that the fake codec decodes. */
export function fakeFile(name: string, width = 64, height = 48, seed = 1): File {
  const file = new File([`${name} ${width} ${height} ${seed}`], name, { type: 'image/png' })
  pictures.set(file, fakeImage(width, height, seed))
  return file
}

/** The inverse of the fake `encodeSmall`: a width and a height. */
async function smallPicture(blob: Blob): Promise<RgbaImage | null> {
  if (blob.size !== 2) return null
  const [width, height] = new Uint8Array(await blob.arrayBuffer())
  return fakeImage(width, height)
}

/** What files carry beside pixels. */
const fileFacts = new WeakMap<Blob, FileFacts>()
const NO_FACTS: FileFacts = { camera: false, location: false, document: null, damaged: false }

export function setFileFacts(file: Blob, facts: Partial<FileFacts>): void {
  fileFacts.set(file, { ...NO_FACTS, ...facts })
}

/** The pixels of a file that the fake codec made. */
export function pixelsOf(blob: Blob): RgbaImage | undefined {
  return pictures.get(blob)
}

function blobOf(image: RgbaImage, type = 'image/png'): Blob {
  const blob = new Blob(['pixels'], { type })
  pictures.set(blob, image)
  return blob
}

/** Tells pixels apart; no cryptography. */
function digestOf({ width, data }: RgbaImage): string {
  let hash = width
  for (const value of data) hash = (Math.imul(hash, 31) + value) | 0
  return `${data.length}-${hash}`
}

export interface FakeTab {
  readonly ports: Ports
  readonly tab: string
  readonly backend: FakeBackend
  /** How long each kind of work takes, ms. */
  readonly delays: { decode: number; mask: number; place: number; write: number; encode: number }
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

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

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
  const bitmaps = new Set<ImageBitmap>()
  const bitmap = (): ImageBitmap => {
    const made = { width: 1, height: 1, close: () => void bitmaps.delete(made) }
    bitmaps.add(made)
    return made
  }
  const leaving = { asks: false }
  let live: LiveBlend | null = null
  const storage: KeyValueStorage = {
    getItem: (key) => browser.settings.get(key) ?? null,
    setItem(key, value) {
      browser.write()
      browser.settings.set(key, value)
      for (const other of browser.storageListeners) if (other.tab !== tab) other.tell(key)
    },
    removeItem: (key) => void browser.settings.delete(key),
  }
  const readPixels = async (blob: Blob, pictureName: string) => {
    await later(delays.decode)
    // As in Chromium: reading such a file never ends.
    if (browser.goneFiles.has(blob)) await new Promise(() => {})
    const pixels = pictures.get(blob) ?? (await smallPicture(blob))
    if (!pixels) throw new AppError('image/damaged', { params: { name: pictureName } })
    return structuredClone(pixels)
  }
  const decode = async (blob: Blob, pictureName: string) => {
    const pixels = await readPixels(blob, pictureName)
    return { pixels, levels: [bitmap()], opaque: true, notices: [] }
  }
  const fetchPicture = async (url: string, signal: AbortSignal) => {
    await later(delays.decode)
    signal.throwIfAborted()
    const image = web.get(url)
    if (!image) throw new AppError('image/url-failed', { params: { url, origin: url } })
    return blobOf(image)
  }
  const holding = async (lock: string, work: () => Promise<void>) => {
    const held = browser.heldLocks.get(lock)
    try {
      await work()
    } finally {
      // A closed tab holds nothing any more.
      if (browser.heldLocks.get(lock) === held) browser.release(lock)
    }
  }
  const locks: Ports['locks'] = {
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
  const ports: Ports = {
    storage,
    page: {
      base: 'http://page.example/',
      files: '/',
      language: 'en-US',
      clearAddress: () => void clearedAddresses.count++,
      askBeforeLeaving: (on) => void (leaving.asks = on),
      nextTask: () => Promise.resolve(),
      onWake: (callback) => void wakes.add(callback),
      onStorage: (tell) => void browser.storageListeners.push({ tab, tell }),
    },
    documents: {
      ...fakeDocumentPorts(browser, write),
      openedHere: () => browser.openedIn.get(tab) ?? null,
      noteOpened: (id) => void browser.openedIn.set(tab, id),
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
    },
    runs: {
      loadOutput: (id, place) => Promise.resolve(browser.outputs.get(`${id} ${place}`) ?? null),
      loadRun: (id) => Promise.resolve(browser.trash.has(id) ? null : readRunRecord(browser.runs.get(id))),
      holdSource: (key) => Promise.resolve(browser.sources.get(key) ?? null),
      loadSource: (key) => Promise.resolve(browser.readFile(key)),
      loadThumbnail: (id) => Promise.resolve(browser.thumbnails.get(id) ?? null),
      newestRuns: (max) =>
        Promise.resolve(
          [...browser.runs.values()]
            .flatMap((stored) => readRunRecord(stored) ?? [])
            .filter(({ id }) => !browser.trash.has(id))
            .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
            .slice(0, max),
        ),
      async saveOutput(id, place, blob) {
        await write()
        browser.outputs.set(`${id} ${place}`, blob)
      },
      async saveRun(record, files) {
        await write()
        browser.runs.set(record.id, structuredClone(record))
        for (const [key, file] of files ?? []) browser.storeFile(key, file)
      },
      async saveThumbnail(id, blob) {
        await write()
        browser.thumbnails.set(id, blob)
      },
    },
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
    codec: {
      decode,
      pixels: async (blob, key, quarters) => turnRgba(await readPixels(blob, key), quarters ?? 0),
      levels: () => Promise.resolve({ levels: [bitmap()], opaque: true }),
      // What is sent to a worker is gone on this side.
      async place(job, isDrawn) {
        const sent = structuredClone(job, { transfer: [job.answer.data.buffer] })
        await later(delays.place)
        return { ...placeOutput(sent), levels: isDrawn ? [bitmap()] : [], opaque: true }
      },
      difference(before, after, side) {
        const transfer = [before.data.buffer, after.data.buffer]
        const sent = structuredClone({ before, after }, { transfer })
        const { width, height } = sent.after
        return Promise.resolve(heatMap(resampleRgba(sent.before, width, height), sent.after, side))
      },
      scale: (...job) => Promise.resolve(fakeScale(...job)),
      rotate: (image, mask, degrees) =>
        Promise.resolve({
          image: rotateRgba(image, degrees),
          mask: rotatedMask(mask, degrees),
          levels: [bitmap()],
          opaque: true,
        }),
      encodeSmall: ({ width, height }) => Promise.resolve(Uint8Array.of(width, height)),
      encodePng: (image) =>
        Promise.resolve(
          blobOf(image.data instanceof Uint8ClampedArray ? (image as RgbaImage) : fakeImage(1, 1)),
        ),
      thumbnail: () => Promise.resolve(new Blob(['thumbnail'])),
      sha256: (blob) =>
        Promise.resolve(
          pictures.has(blob) ? `digest-${(blob as File).name ?? digestOf(pictures.get(blob)!)}` : null,
        ),
      hold: (blob) => Promise.resolve(browser.holdFile(blob)),
      toBitmap: () => Promise.reject(new Error('no canvas in Node')),
    },
    exports: {
      formats: () => Promise.resolve(['png', 'jpeg', 'webp'] as const),
      facts: (file) => Promise.resolve(fileFacts.get(file) ?? NO_FACTS),
      async encode(job, signal) {
        // What is sent to a worker is gone on this side.
        const sent = structuredClone({ ...job, camera: null })
        await later(delays.encode)
        signal.throwIfAborted()
        const blob = blobOf(exportPixels(sent.content, sent.size), `image/${sent.format}`)
        fileFacts.set(blob, { ...NO_FACTS, document: sent.about?.document ?? null })
        exported.push({ ...sent, camera: job.camera })
        return blob
      },
    },
    masks: {
      async command(mask, command) {
        const bands = cutBands(mask, command, 2)
        const changes = bands.flatMap((band) => runBand(structuredClone(band), command))
        await later(delays.mask)
        return changes
      },
      selection: () => Promise.reject(new Error('not faked')),
      review: () => Promise.resolve(null),
      async importMask(picture, size) {
        await later(delays.mask)
        return importMask(picture, size)
      },
      async replay(frame, commands, into) {
        await later(delays.mask)
        return replayMask(frame, commands, into)
      },
      turn: (...job) => Promise.resolve(turnMask(...job)),
      async outline(frame, commands) {
        await later(delays.mask)
        const mask = createMask(frame)
        replayCommands(mask, commands)
        return maskOutline(mask)
      },
      prepareOperations: () => {},
      prepareSelection: () => Promise.resolve(),
      openDisplay: () => Promise.reject(new Error('not faked')),
    },
    patches: {
      async compose(job) {
        const sent = structuredClone(job, { transfer: [job.below.data.buffer] })
        await later(delays.place)
        const composed = composePatch(sent.patch, sent.pixels, sent.below)
        return composed && { ...composed, levels: [bitmap()], opaque: true }
      },
      async outside(job) {
        const sent = structuredClone(job)
        await later(delays.place)
        return changedOutside(sent)
      },
      openLive(job) {
        live = new LiveBlend(structuredClone(job, { transfer: [job.below.data.buffer] }))
        return Promise.resolve()
      },
      async drawLive(blend, view) {
        await later(delays.place)
        const drawn = live?.draw(blend, view)
        return drawn ? { rect: drawn.rect, levels: [bitmap()], opaque: true } : null
      },
    },
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
    bitmaps,
    leaving,
  }
}
