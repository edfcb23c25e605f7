import type { createDeviceModels } from './model/deviceModels'
import type { createArchive } from './runs/archive'
import type { createRunsRoom } from './runs/room'
import type { createDocuments } from './session/documents'
import type { createFraming } from './session/framing'
import type { createMasksRoom } from './session/masksRoom'
import type { PictureHistory } from './session/session'
import type { createPatchesRoom } from './session/patchesRoom'
import type { createExports } from './share/exports'
import type { createShareRoom } from './share/room'

/** The parts of the app that the start page does without. */
export interface Parts {
  history(): Promise<PictureHistory>
  documents(): Promise<typeof createDocuments>
  deviceModels(): Promise<typeof createDeviceModels>
  masks(): Promise<typeof createMasksRoom>
  patches(): Promise<typeof createPatchesRoom>
  runs(): Promise<typeof createRunsRoom>
  share(): Promise<typeof createShareRoom>
  exports(): Promise<typeof createExports>
  framing(): Promise<typeof createFraming>
  archive(): Promise<typeof createArchive>
}

/** Each part in a chunk of its own. */
export const CHUNKS: Parts = {
  history: () => import('./session/openPicture'),
  documents: async () => (await import('./session/documents')).createDocuments,
  deviceModels: async () => (await import('./model/deviceModels')).createDeviceModels,
  masks: async () => (await import('./session/masksRoom')).createMasksRoom,
  patches: async () => (await import('./session/patchesRoom')).createPatchesRoom,
  runs: async () => (await import('./runs/room')).createRunsRoom,
  share: async () => (await import('./share/room')).createShareRoom,
  exports: async () => (await import('./share/exports')).createExports,
  framing: async () => (await import('./session/framing')).createFraming,
  archive: async () => (await import('./runs/archive')).createArchive,
}
