import type { LazyRoom } from '../shell/lazyRoom'
import type { MasksRoom } from './masksRoom'

/** What views ask of the mask as a whole. */
export function masksActions(lateMasks: LazyRoom<MasksRoom>) {
  return {
    operations: {
      apply: lateMasks.action(({ operations }) => operations.apply),
      adjust: lateMasks.action(({ operations }) => operations.adjust),
      restoreLast: lateMasks.action(({ operations }) => operations.restoreLast),
      replace: lateMasks.action(({ operations }) => operations.replace),
      selectAll: lateMasks.action(({ operations }) => operations.selectAll),
      select: lateMasks.value(({ operations }) => operations.select),
      prepareSelecting: lateMasks.action(({ operations }) => operations.prepareSelecting),
      prepare: lateMasks.action(({ operations }) => operations.prepare),
    },
    maskImport: {
      open: lateMasks.action(({ maskImport }) => maskImport.open),
      takePending: lateMasks.action(({ maskImport }) => maskImport.takePending),
      dropPending: lateMasks.action(({ maskImport }) => maskImport.dropPending),
    },
  }
}
