import type { StoreApi } from 'zustand/vanilla'
import { type CarriedState, createCarried } from './carried'
import { createExporter, type ExporterRooms } from './exporter'
import { createLinks, type LinkState } from './link'
import { createProjects, type ProjectRooms } from './projects'

/** Links and files: fetched behind the start page. */
export function createShareRoom(
  rooms: ProjectRooms & ExporterRooms,
  store: StoreApi<LinkState>,
  carriedStore: StoreApi<CarriedState>,
) {
  return {
    links: createLinks(rooms, store),
    carried: createCarried(rooms, carriedStore),
    exporter: createExporter(rooms),
    projects: createProjects(rooms),
  }
}

export type ShareRoom = ReturnType<typeof createShareRoom>
