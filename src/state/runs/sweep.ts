import type { StoreApi } from 'zustand/vanilla'
import { MAX_SWEEP_RUNS, type SweepAxis, type SweepCell, sweepCells } from '../../core/run/sweep'
import type { FieldValues } from '../../core/prediction/inputSchema'
import { selectValues } from '../model/formSelectors'
import type { Forms } from '../model/forms'
import type { FrozenInputs } from './frozenInputs'
import type { Runner } from './runner'
import type { Runs } from './runs'

export interface SweptCell extends SweepCell {
  /** Of its last run; null before the first. */
  readonly runId: string | null
  /** It was asked for and has not begun. */
  readonly isWaiting: boolean
}

export interface SweepState {
  readonly axes: readonly SweepAxis[]
  /** Row by row; empty before the first sweep. */
  readonly cells: readonly SweptCell[]
  /** Runs are on or wait. */
  readonly isOn: boolean
}

/** Runs every pair of two inputs' values on one picture and mask, one after the other. */
export interface Sweep {
  /** Starts as many runs as there are cells; what is open counts as it is now. Does nothing while a sweep is on. */
  start(axes: readonly SweepAxis[]): Promise<void>
  /** Runs one cell again, on the picture and mask of the sweep. */
  repeat(place: number): Promise<void>
  /** Ends the run that is on; the others do not begin. */
  stop(): void
}

interface SweepRooms {
  readonly forms: Forms
  readonly runs: Runs
  readonly runner: Pick<Runner, 'freeze' | 'startFrozen' | 'cancel'>
}

export function createSweep({ forms, runs, runner }: SweepRooms, store: StoreApi<SweepState>): Sweep {
  let frozen: FrozenInputs | null = null

  const setCell = (place: number, change: Partial<SweptCell>) =>
    store.setState(({ cells }) => ({ cells: cells.with(place, { ...cells[place], ...change }) }))

  const runCell = (place: number, inputs: FrozenInputs, values: FieldValues) =>
    runner.startFrozen(inputs, values, (runId) => {
      // Stop was pressed while it was prepared.
      if (!store.getState().cells[place]?.isWaiting) return false
      setCell(place, { runId, isWaiting: false })
      return true
    })

  /** One after the other, until none waits. */
  const work = async () => {
    for (;;) {
      const { cells } = store.getState()
      const place = cells.findIndex(({ isWaiting }) => isWaiting)
      if (place < 0 || !frozen) break
      const isBegun = await runCell(place, frozen, cells[place].values)
      // What cannot begin would not begin the next time.
      if (!isBegun) stopWaiting()
    }
    store.setState({ isOn: false })
  }

  const stopWaiting = () =>
    store.setState(({ cells }) => ({ cells: cells.map((cell) => ({ ...cell, isWaiting: false })) }))

  return {
    async start(axes) {
      if (store.getState().isOn) return
      const cells = sweepCells(axes, selectValues(forms.context()))
      if (cells.length === 0 || cells.length > MAX_SWEEP_RUNS) return
      const inputs = await runner.freeze()
      if (!inputs || store.getState().isOn) return
      frozen = inputs
      store.setState({
        axes,
        cells: cells.map(({ x, y, values }) => ({ x, y, values, runId: null, isWaiting: true })),
        isOn: true,
      })
      await work()
    },
    async repeat(place) {
      const { cells, isOn } = store.getState()
      if (!cells[place] || !frozen) return
      setCell(place, { isWaiting: true })
      if (isOn) return
      store.setState({ isOn: true })
      await work()
    },
    stop() {
      stopWaiting()
      const { cells } = store.getState()
      for (const { runId } of cells) {
        const run = runs.byId(runId)
        if (run && run.stage !== 'done') runner.cancel(run.record.id)
      }
    },
  }
}
