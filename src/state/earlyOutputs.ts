import type { OutputRef, Prediction } from '../core/prediction/prediction'
import { showCompare } from './compareStore'
import { receiveOutput } from './runOutputs'
import type { LiveRun } from './runFollower'
import { type PasteTarget, runById, type RunOutput, updateRun } from './runsStore'
import { useSession } from './sessionStore'

/** Outputs of one run, each fetched once: as soon as it is told of, even if more are still being made. */
export class EarlyOutputs {
  private readonly run: LiveRun
  private readonly taken: { readonly ref: OutputRef; readonly output: Promise<RunOutput> }[] = []

  constructor(run: LiveRun) {
    this.run = run
  }

  /** Shows what is there while the run goes on. */
  take(prediction: Prediction): void {
    if (prediction.outputs.length === 0 || prediction.outputs.length <= this.taken.length) return
    void this.show(prediction)
  }

  private async show(prediction: Prediction): Promise<void> {
    try {
      const outputs = await this.all(prediction)
      const { id, source } = this.run
      const ready = outputs.filter(({ kind }) => kind === 'ready')
      const run = runById(id)
      if (ready.length === 0 || run?.stage !== 'following') return
      const first = run.outputs.length === 0
      updateRun(id, { outputs: ready })
      const { source: open, editor } = useSession.getState()
      if (first && open?.key === source.key && !editor?.isDrawing) showCompare(id)
    } catch {
      // Stopped; what is wrong with the run is said at its end.
    }
  }

  /**
   * All outputs of the prediction; one whose address has changed since is fetched again.
   * @param last the run is over: what could not be read before may be whole now
   */
  async all({ outputs, seeds }: Prediction, last = false): Promise<RunOutput[]> {
    for (const [place, ref] of outputs.entries()) {
      const known = this.taken[place]
      const again = last && (await known?.output)?.kind === 'failed'
      if (!known || again || !isSame(known.ref, ref)) {
        this.taken[place] = { ref, output: this.fetch(ref, place, seeds[place] ?? null) }
      }
    }
    const all = await Promise.all(this.taken.slice(0, outputs.length).map(({ output }) => output))
    return all.map((output, place) => withSeed(output, seeds[place]))
  }

  private fetch(ref: OutputRef, place: number, seed: number | null): Promise<RunOutput> {
    const { id, source, mask, backendOrigin, abort } = this.run
    const region = runById(id)?.record.region ?? { x: 0, y: 0, ...source.pixels }
    const target: PasteTarget = { runId: id, source, mask, region, backendOrigin }
    return receiveOutput(ref, place, seed, target, abort.signal)
  }
}

/** A seed may be told later than its output. */
function withSeed(output: RunOutput, seed: number | undefined): RunOutput {
  return output.kind === 'ready' && seed !== undefined ? { ...output, seed } : output
}

function isSame(a: OutputRef, b: OutputRef): boolean {
  if (a.kind === 'url') return b.kind === 'url' && a.url === b.url
  return b.kind === 'pixels' && a.image === b.image
}
