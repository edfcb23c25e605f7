import { backendDescriptor } from '../../backends/backendRegistry'
import type { RunStage } from '../../core/run/runState'
import type { Run, RunsState } from './runs'

/** @returns the seed of the newest run that told one; null where none did */
export function selectLastSeed({ runs }: RunsState): number | null {
  return runs.find(({ record }) => record.seeds.length > 0)?.record.seeds[0] ?? null
}

/** Runs that may go on at once. */
const MAX_ACTIVE = 4

/** Stages that wait for the user's answer. */
const ASKING: ReadonlySet<RunStage> = new Set(['unsent', 'unclear', 'stalled'])

/** True where this tab follows it. */
function isActive({ stage }: Run): boolean {
  return stage !== 'done' && stage !== 'elsewhere'
}

/** The run that Cancel acts on: one that waits for an answer of the user, else the newest that is not done. */
export function selectActiveRun({ runs }: RunsState): Run | null {
  const active = runs.filter(isActive)
  return active.find(({ stage }) => ASKING.has(stage)) ?? active[0] ?? null
}

/**
 * True while a request is out that may be billed, and whose answer would be lost with the page: create, and where the
 * backend cannot be asked for a run again, all of it.
 */
export function selectIsSending({ runs }: RunsState): boolean {
  return runs.some((run) => {
    const { offline, resume } = backendDescriptor(run.record.backend.id).capabilities
    if (offline || !isActive(run) || run.stage === 'preparing' || run.stage === 'waiting') return false
    return run.record.phase === 'sending' ? !ASKING.has(run.stage) : !resume
  })
}

/** How many runs this tab follows. */
export function selectActiveCount({ runs }: RunsState): number {
  return runs.filter(isActive).length
}

/** True where one more run may start beside those that are on. */
export function selectHasRoom(state: RunsState): boolean {
  return selectActiveCount(state) < MAX_ACTIVE
}

/** True while a run of this picture is on. @param key of the picture's file */
export function selectIsRunning({ runs }: RunsState, key: string): boolean {
  return runs.some((run) => isActive(run) && run.record.document.base.key === key)
}
