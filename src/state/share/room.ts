import type { StoreApi } from 'zustand/vanilla'
import { createExporter } from './exporter'
import { createLinks, type LinkState } from './link'
import type { LinkRooms } from './linkRooms'

/** Links and files: fetched behind the start page. */
export function createShareRoom(rooms: LinkRooms, store: StoreApi<LinkState>) {
  return {
    links: createLinks(rooms, store),
    exporter: createExporter(rooms.ports, rooms.messages, rooms.session),
  }
}

export type ShareRoom = ReturnType<typeof createShareRoom>
