import type { StoreApi } from 'zustand/vanilla'
import { outlineOf } from '../../core/document/codec/runOutline'
import type { Models } from '../model/models'
import type { Ports } from '../ports'
import type { Session } from '../session/session'
import type { Messages } from '../shell/messages'
import { entryOf, mergeEntries } from './archiveEntries'
import type { ArchiveEntry, ArchiveState } from './archiveState'
import { listedRun } from './liveRun'
import type { Run, Runs } from './runs'

export interface Archive {
  /** Reads all stored runs, at the first call or after one that failed; from then on the list follows what happens. */
  open(): Promise<void>
  star(ids: readonly string[], starred: boolean): Promise<void>
  /** Deletes runs, but for those that are on. They can be brought back as long as the notice of it stays. */
  remove(ids: readonly string[]): Promise<void>
  undoRemove(): Promise<void>
  /** The small picture of a run; null where there is none. The caller closes it. */
  thumbnail(id: string): Promise<ImageBitmap | null>
}

export interface ArchiveRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly models: Models
  readonly session: Session
  readonly runs: Runs
}

/** What was deleted last, to be brought back. */
interface Removed {
  readonly entries: readonly ArchiveEntry[]
  readonly runs: readonly Run[]
}

/** Every stored run: read in a worker, newest first, and listed at once. */
export function createArchive(
  { ports, messages, models, session, runs }: ArchiveRooms,
  store: StoreApi<ArchiveState>,
): Archive {
  const { archive, tabs } = ports
  let removed: Removed | null = null

  const merge = (changed: readonly ArchiveEntry[]) =>
    store.setState(({ entries }) => ({ entries: mergeEntries(entries, changed) }))

  const take = (ids: readonly string[]) => {
    const gone = new Set(ids)
    store.setState(({ entries, selected }) => ({
      entries: entries.filter(({ id }) => !gone.has(id)),
      selected: new Set([...selected].filter((id) => !gone.has(id))),
    }))
  }

  const isStarred = (id: string) =>
    store.getState().entries.find((entry) => entry.id === id)?.starred ?? false

  /** A run of this page, as far as it has come. */
  const entryOfRun = ({ record }: Run): ArchiveEntry =>
    entryOf({ ...outlineOf(record), starred: isStarred(record.id) }, models.store.getState())

  const follow = () => {
    runs.store.subscribe((now, before) => {
      const known = new Map(before.runs.map((run) => [run.record.id, run.record]))
      merge(now.runs.filter(({ record }) => known.get(record.id) !== record).map(entryOfRun))
    })
    tabs.onRuns((ids) => void reread(ids))
  }

  const reread = async (ids: readonly string[]) => {
    // The list stays as it is where they cannot be read.
    const read = await archive.read(ids).catch(() => null)
    if (!read) return
    const there = new Set(read.map(({ id }) => id))
    take(ids.filter((id) => !there.has(id)))
    merge(read.map((run) => entryOf(run, models.store.getState())))
  }

  const liveOutline = (id: string) => {
    const run = runs.byId(id)
    return run && outlineOf(run.record)
  }

  const read = async () => {
    store.setState({ phase: 'reading', damaged: 0 })
    try {
      await archive.scan((slice) => {
        const state = models.store.getState()
        // Of a run of this page more is known than its record says.
        merge(slice.runs.map((run) => entryOf({ ...run, ...liveOutline(run.id) }, state)))
        store.setState(({ damaged }) => ({ damaged: damaged + slice.damaged }))
      })
      store.setState({ phase: 'read' })
    } catch (cause) {
      store.setState({ phase: 'failed' })
      messages.reportStorage(cause)
    }
  }

  const forget = () => {
    const last = removed
    removed = null
    if (last) void archive.purge(last.entries.map(({ id }) => id)).catch(messages.reportStorage)
  }
  messages.store.subscribe((state) => {
    const isSaid = state.messages.some((one) => one.kind === 'notice' && one.code === 'runs-removed')
    if (removed && !isSaid) forget()
  })

  let isFollowing = false

  return {
    async open() {
      const { phase } = store.getState()
      if (phase === 'reading' || phase === 'read') return
      if (!isFollowing) follow()
      isFollowing = true
      merge(runs.store.getState().runs.map(entryOfRun))
      await read()
    },
    async star(ids, starred) {
      const changed = new Set(ids)
      const before = store.getState().entries.filter(({ id }) => changed.has(id))
      merge(before.map((entry) => ({ ...entry, starred })))
      try {
        await archive.star(ids, starred)
        tabs.tell(ids)
      } catch (cause) {
        merge(before)
        messages.reportStorage(cause)
      }
    },
    async remove(ids) {
      const isOn = (id: string) => (runs.byId(id)?.stage ?? 'done') !== 'done'
      const chosen = new Set(ids.filter((id) => !isOn(id)))
      const entries = store.getState().entries.filter(({ id }) => chosen.has(id))
      const gone = entries.map(({ id }) => id)
      if (gone.length < ids.length) messages.notify('runs-on-kept', { count: ids.length - gone.length })
      if (gone.length === 0) return
      try {
        await archive.moveToTrash(gone)
      } catch (cause) {
        messages.reportStorage(cause)
        return
      }
      // The one before is for good now.
      forget()
      const listed = runs.store.getState().runs.filter(({ record }) => chosen.has(record.id))
      messages.notify('runs-removed', { count: gone.length })
      removed = { entries, runs: listed }
      take(gone)
      runs.remove(gone, session.bases())
      tabs.tell(gone)
    },
    async undoRemove() {
      const last = removed
      removed = null
      messages.dismissNotice('runs-removed')
      if (!last) return
      const ids = last.entries.map(({ id }) => id)
      try {
        await archive.takeFromTrash(ids)
        merge(last.entries)
        runs.addOlder(last.runs.map(({ record }) => listedRun(record)))
        tabs.tell(ids)
      } catch (cause) {
        messages.reportStorage(cause)
      }
    },
    async thumbnail(id) {
      const stored = await ports.runs.loadThumbnail(id)
      return stored && ports.codec.toBitmap(stored)
    },
  }
}
