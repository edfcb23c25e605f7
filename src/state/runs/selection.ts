import type { ViewRoom, ViewState } from '../shell/view'
import { derived } from '../shell/derived'
import { type ReadyOutput, type Run, type Runs, type RunsState, selectRun } from './runs'

export interface SelectedOutput {
  readonly run: Run
  readonly output: ReadyOutput
}

/** The output that keys act on while a run is compared; null where it cannot be read or there is none. */
export const selectOutput = derived(
  ({ runs, view }: Compared) => [selectRun(runs, view.runId), view.selected] as const,
  (run, selected): SelectedOutput | null => {
    const output = run?.outputs[Math.min(selected, run.outputs.length - 1)]
    return run && output?.kind === 'ready' ? { run, output } : null
  },
)

/** @returns indices of a run's outputs in the order that they are shown; those that came since they were shuffled last */
export function shownOrder({ blind }: Pick<ViewState, 'blind'>, count: number): readonly number[] {
  const own = Array.from({ length: count }, (_, index) => index)
  if (!blind) return own
  const known = blind.filter((index) => index < count)
  return [...known, ...own.filter((index) => !known.includes(index))]
}

/** Selects the next or previous output as they are shown, around the ends. */
export function stepOutput(runs: Runs, view: ViewRoom, by: 1 | -1): void {
  const state = view.store.getState()
  const count = runs.byId(state.runId)?.outputs.length ?? 0
  if (count === 0) return
  const order = shownOrder(state, count)
  const at = order.indexOf(Math.min(state.selected, count - 1))
  view.select(order[(at + by + count) % count])
}

interface Compared {
  readonly runs: RunsState
  readonly view: ViewState
}

/** True where the compared run has outputs to show. */
function selectHasOutputs({ runs, view }: Compared): boolean {
  return (selectRun(runs, view.runId)?.outputs.length ?? 0) > 0
}

/** The run that was chosen from the list to be looked at, with its outputs or without; null for none. */
export function selectLookedRun({ runs, view }: Compared): Run | null {
  const run = view.looking ? selectRun(runs, view.runId) : null
  return run?.source ? run : null
}

/** True where there is something to compare: outputs, or a run that was chosen from the list. */
export function selectCanCompare(state: Compared): boolean {
  return selectHasOutputs(state) || selectLookedRun(state) !== null
}

/** The newest run with outputs, which may have to be read from disk first; null for none. */
export function selectNewestResult({ runs }: Pick<Compared, 'runs'>): string | null {
  return runs.runs.find(({ record }) => record.outputCount > 0)?.record.id ?? null
}

/** True while all runs are listed in place of the picture. */
export function selectIsHistory({ view }: Pick<Compared, 'view'>): boolean {
  return view.view === 'history'
}

/** True while a run is shown in place of the picture. */
export function selectIsComparing(state: Compared): boolean {
  return state.view.view === 'compare' && selectCanCompare(state)
}
