import type { LazyRoom } from '../shell/lazyRoom'
import type { PatchesRoom } from './patchesRoom'

/** What views ask of the kept results. */
export function patchesActions(latePatches: LazyRoom<PatchesRoom>) {
  return {
    selectAt: latePatches.action(({ edits }) => edits.selectAt),
    setVisible: latePatches.action(({ edits }) => edits.setVisible),
    remove: latePatches.action(({ edits }) => edits.remove),
    move: latePatches.action(({ edits }) => edits.move),
    adjust: latePatches.action(({ edits }) => edits.adjust),
    /** @param source null is the picture as it was opened */
    paintFrom: latePatches.action(({ reveal }) => reveal.start),
    stopReveal: latePatches.action(({ reveal }) => reveal.stop),
    settle: latePatches.action(({ edits }) => edits.settle),
  }
}
