import { createMaskCheck, type CheckRooms } from './maskCheck'
import { createMaskImport } from './maskImport'
import type { MaskStores } from './maskStores'
import { createMaskOperations, type OperationRooms } from './maskOperations'

/** What is done to the mask as a whole: fetched with the first picture. */
export function createMasksRoom(rooms: Omit<CheckRooms, 'operations'> & OperationRooms, stores: MaskStores) {
  const operations = createMaskOperations(rooms)
  const check = createMaskCheck({ ...rooms, operations }, stores.check)
  check.watch()
  return { operations, check, maskImport: createMaskImport(rooms, stores.maskImport) }
}

export type MasksRoom = ReturnType<typeof createMasksRoom>
