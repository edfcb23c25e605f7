import { NamedFiles } from '../core/document/codec/namedFiles'
import { readRunOutline } from '../core/document/codec/runOutline'
import type { ArchiveApi, ArchivedRun } from '../platform/archiveApi'
import type { RunRecord } from '../core/document/codec/recordCodec'
import type { FakeDocuments } from './fakeDocuments.testkit'

/** Runs that a slice of a scan tells. */
const SLICE = 3

/** What the archive goes through. */
interface FakeDisk {
  readonly runs: Map<string, RunRecord>
  readonly outputs: Map<string, Blob>
  readonly thumbnails: Map<string, Blob>
  readonly sources: Map<string, Blob>
  readonly stars: Set<string>
  readonly trash: Map<string, number>
  readonly documents: FakeDocuments
}

/** The archive of a fake browser. @param write passes its time, or refuses */
export function fakeArchive(browser: FakeDisk, write: () => Promise<void>): ArchiveApi {
  const named = (withRuns: boolean) => {
    const names = new NamedFiles()
    if (withRuns) for (const run of browser.runs.values()) names.addRun(run)
    for (const summary of browser.documents.summaries.values()) names.addSummary(summary)
    for (const contents of browser.documents.contents.values()) names.addContents(contents)
    const unnamed = new Set(names.unnamed([...browser.sources.keys()]))
    return new Set([...browser.sources.keys()].filter((key) => !unnamed.has(key)))
  }
  const archived = (stored: unknown): ArchivedRun[] => {
    const run = readRunOutline(stored)
    return run ? [{ ...run, starred: browser.stars.has(run.id) }] : []
  }
  const archive: ArchiveApi = {
    async scan(onSlice) {
      const stored = [...browser.runs.values()]
        .filter(({ id }) => !browser.trash.has(id))
        .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
      for (let from = 0; from < stored.length; from += SLICE) {
        await Promise.resolve()
        const part = stored.slice(from, from + SLICE)
        const runs = part.flatMap(archived)
        onSlice({ runs, damaged: part.length - runs.length })
      }
    },
    read(ids) {
      const there = ids.filter((id) => !browser.trash.has(id))
      return Promise.resolve(there.flatMap((id) => archived(browser.runs.get(id))))
    },
    measure() {
      const outputs = new Map<string, number>()
      for (const [key, blob] of browser.outputs) {
        const [id = ''] = key.split(' ')
        outputs.set(id, (outputs.get(id) ?? 0) + blob.size)
      }
      const files = new Map([...browser.sources].map(([key, blob]) => [key, blob.size]))
      return Promise.resolve({ outputs, files, held: named(false) })
    },
    async star(ids, starred) {
      await write()
      for (const id of ids)
        if (starred) browser.stars.add(id)
        else browser.stars.delete(id)
    },
    async moveToTrash(ids) {
      await write()
      for (const id of ids) browser.trash.set(id, Date.now())
    },
    takeFromTrash(ids) {
      for (const id of ids) browser.trash.delete(id)
      return Promise.resolve()
    },
    purge(ids) {
      for (const id of ids) {
        if (!browser.trash.delete(id)) continue
        browser.runs.delete(id)
        browser.thumbnails.delete(id)
        browser.stars.delete(id)
        for (const key of browser.outputs.keys()) if (key.startsWith(id)) browser.outputs.delete(key)
      }
      return archive.sweep()
    },
    sweep() {
      const kept = named(true)
      for (const key of browser.sources.keys()) if (!kept.has(key)) browser.sources.delete(key)
      return Promise.resolve()
    },
  }
  return archive
}
