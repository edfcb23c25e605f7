import { createStore } from 'zustand/vanilla'
import { createLazyRoom } from '../shell/lazyRoom'
import type { ArchiveRooms, createArchive } from './archive'
import { type ArchiveQuery, type ArchiveState, UNREAD_ARCHIVE } from './archiveState'

/** The history as the page has it before its chunk is there. */
export function createLateArchive(rooms: ArchiveRooms, load: () => Promise<typeof createArchive>) {
  const store = createStore<ArchiveState>()(() => UNREAD_ARCHIVE)
  const late = createLazyRoom(async () => (await load())(rooms, store), rooms.messages.report)
  return {
    store,
    open: late.action((archive) => archive.open),
    /** At once: what is typed stays as it is typed. */
    setQuery: (change: Partial<ArchiveQuery>) =>
      store.setState(({ query }) => ({ query: { ...query, ...change } })),
    select: (selected: ReadonlySet<string>) => store.setState({ selected }),
    star: late.action((archive) => archive.star),
    remove: late.action((archive) => archive.remove),
    undoRemove: late.action((archive) => archive.undoRemove),
    thumbnail: late.value((archive) => archive.thumbnail),
  }
}
