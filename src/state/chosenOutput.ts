import { useCompare } from './compareStore'
import { type Run, type RunOutput, runById } from './runsStore'

/** The output that the keys speak of while runs are compared. */
export function chosenOutput(): { run: Run; output: RunOutput & { kind: 'ready' } } | null {
  const { runId, chosen } = useCompare.getState()
  const run = runById(runId)
  const output = run?.outputs[Math.min(chosen, run.outputs.length - 1)]
  return run && output?.kind === 'ready' ? { run, output } : null
}

/** Goes on to the next output, or back; from the last to the first. */
export function stepOutput(by: 1 | -1): void {
  const { runId, chosen } = useCompare.getState()
  const count = runById(runId)?.outputs.length ?? 0
  if (count > 0) useCompare.setState({ chosen: (chosen + by + count) % count })
}
