import type { StoreApi } from 'zustand/vanilla'
import { createMaskCheck, type CheckRooms, type MaskCheckState } from './maskCheck'
import { createMaskImport, type MaskImportState } from './maskImport'
import { createMaskOperations, type OperationRooms } from './maskOperations'

/** What is done to the mask as a whole: fetched with the first picture. */
export function createMasksRoom(
  rooms: Omit<CheckRooms, 'operations'> & OperationRooms,
  stores: { readonly check: StoreApi<MaskCheckState>; readonly maskImport: StoreApi<MaskImportState> },
) {
  const operations = createMaskOperations(rooms)
  const check = createMaskCheck({ ...rooms, operations }, stores.check)
  check.watch()
  return { operations, check, maskImport: createMaskImport(rooms, stores.maskImport) }
}
