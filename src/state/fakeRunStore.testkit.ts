import { readRunRecord } from '../core/document/codec/recordCodec'
import type { Ports } from './ports'
import type { FakeBrowser } from './fakeBrowser.testkit'

/** The runs on a fake disk. @param write passes its time, or refuses */
export function fakeRunStore(browser: FakeBrowser, write: () => Promise<void>): Ports['runs'] {
  return {
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
  }
}
