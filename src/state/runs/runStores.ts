import { createStore } from 'zustand/vanilla'
import type { RegionRunsState } from './regionStages'
import type { SendingState } from './sending'
import type { SweepState } from './sweep'

/** What views read of the runs before the room behind them is loaded. */
export function createRunStores() {
  return {
    sending: createStore<SendingState>()(() => ({ part: null })),
    sweep: createStore<SweepState>()(() => ({ axes: [], cells: [], isOn: false })),
    regionRuns: createStore<RegionRunsState>()(() => ({ steps: [], isOn: false })),
  }
}

export type RunStores = ReturnType<typeof createRunStores>
