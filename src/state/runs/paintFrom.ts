import type { Opener } from '../session/opener'
import type { PatchesRoom } from '../session/patchesRoom'
import type { Session } from '../session/session'
import { isOfOne, patchOfOutput } from './outputPatch'
import { pictureOfRun } from './pictureOfRun'
import type { ReadyOutput, Run } from './runs'

/** Brush and eraser paint an output into its picture, which is opened where something else is. */
export type PaintFromOutput = (run: Run, output: ReadyOutput) => Promise<boolean>

interface PaintRooms {
  readonly session: Session
  readonly opener: Opener
  readonly patches: PatchesRoom
}

export function createPaintFromOutput({ session, opener, patches }: PaintRooms): PaintFromOutput {
  return async (run, output) => {
    const { source } = run
    // An output of another size is a picture of its own.
    if (!source || output.whole) return false
    const { from, pixels, rect } = await patchOfOutput(patches, run, output)
    const open = session.store.getState().source
    if (!open || !isOfOne(open, run)) {
      const picture = pictureOfRun(run.record, source)
      const opened = await opener.replace(null, () =>
        Promise.resolve({ commit: () => opener.show(picture, false), discard: () => {} }),
      )
      if (!opened) return false
    }
    return patches.reveal.start({ from, pixels, rect })
  }
}
