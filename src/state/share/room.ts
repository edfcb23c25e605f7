import type { StoreApi } from 'zustand/vanilla'
import { createCarried } from './carried'
import { createExporter, type ExporterRooms } from './exporter'
import { createLinks, type LinkState } from './link'
import { createProjects, type ProjectRooms } from './projects'

/** Links and files: fetched behind the start page. */
export function createShareRoom(rooms: ProjectRooms & ExporterRooms, store: StoreApi<LinkState>) {
  return {
    links: createLinks(rooms, store),
    carried: createCarried(rooms),
    exporter: createExporter(rooms),
    projects: createProjects(rooms),
  }
}

export type ShareRoom = ReturnType<typeof createShareRoom>
