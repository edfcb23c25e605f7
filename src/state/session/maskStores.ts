import { createStore } from 'zustand/vanilla'
import type { MaskCheckState } from './maskCheck'
import type { MaskImportState } from './maskImport'
import type { MaskWorkState } from './maskWork'

/** What views read of the mask's operations before the room behind them is loaded. */
export function createMaskStores() {
  return {
    check: createStore<MaskCheckState>()(() => ({ findings: [] })),
    work: createStore<MaskWorkState>()(() => ({ isSlow: false })),
    maskImport: createStore<MaskImportState>()(() => ({ pending: null })),
  }
}

export type MaskStores = ReturnType<typeof createMaskStores>
