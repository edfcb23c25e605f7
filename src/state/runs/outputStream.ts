import { type OutputRef, type Prediction, seedOf } from '../../core/prediction/prediction'
import type { Outputs } from './outputs'
import type { PasteTarget, RunOutput } from './runs'

/** Outputs of one run, each fetched once: as soon as the backend lists it, even if more are still being made. */
export class OutputStream {
  private readonly outputs: Outputs
  private readonly target: PasteTarget
  private readonly signal: AbortSignal
  private readonly taken: { readonly ref: OutputRef; readonly output: Promise<RunOutput> }[] = []

  constructor(outputs: Outputs, target: PasteTarget, signal: AbortSignal) {
    this.outputs = outputs
    this.target = target
    this.signal = signal
  }

  /** True where the prediction lists outputs that were not asked for yet. */
  hasNew({ outputs }: Prediction): boolean {
    return outputs.length > this.taken.length
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
        const output = this.outputs.receive(ref, place, seedOf(seeds, place), this.target, this.signal)
        // Awaited below, together with the others.
        output.catch(() => {})
        this.taken[place] = { ref, output }
      }
    }
    const all = await Promise.all(this.taken.slice(0, outputs.length).map(({ output }) => output))
    return all.map((output, place) => withSeed(output, seedOf(seeds, place)))
  }
}

/** A seed may be known later than its output. */
function withSeed(output: RunOutput, seed: number | null): RunOutput {
  return output.kind === 'ready' && seed !== null ? { ...output, seed } : output
}

function isSame(a: OutputRef, b: OutputRef): boolean {
  if (a.kind === 'url') return b.kind === 'url' && a.url === b.url
  return b.kind === 'pixels' && a.image === b.image
}
