import { createMaskCheck, type CheckRooms } from './maskCheck'
import { createMaskImport } from './maskImport'
import type { MaskStores } from './maskStores'
import { createMaskOperations, type MaskOperations, type OperationRooms } from './maskOperations'
import { createMaskWork } from './maskWork'

/** What is done to the mask as a whole: fetched with the first picture. */
export function createMasksRoom(rooms: Omit<CheckRooms, 'operations'> & OperationRooms, stores: MaskStores) {
  const computed = createMaskOperations(rooms)
  const watch = createMaskWork(stores.work)
  const operations: MaskOperations = {
    ...computed,
    apply: (operation) => watch(computed.apply(operation)),
    adjust: (operation) => watch(computed.adjust(operation)),
    restoreLast: () => watch(computed.restoreLast()),
    replace: (frame, commands) => watch(computed.replace(frame, commands)),
    select: (by, outline, mode) => watch(computed.select(by, outline, mode)),
  }
  const check = createMaskCheck({ ...rooms, operations }, stores.check)
  check.watch()
  return { operations, check, maskImport: createMaskImport(rooms, stores.maskImport) }
}

export type MasksRoom = ReturnType<typeof createMasksRoom>
