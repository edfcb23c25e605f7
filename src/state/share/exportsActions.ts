import type { LazyRoom } from '../shell/lazyRoom'
import type { Exports } from './exports'

/** What the export dialog asks for. */
export function exportsActions(lateExports: LazyRoom<Exports>) {
  return {
    exports: {
      begin: lateExports.action((exports) => exports.begin),
      change: lateExports.action((exports) => exports.change),
      save: lateExports.action((exports) => exports.save),
      saveAs: lateExports.action((exports) => exports.saveAs),
      copy: lateExports.action((exports) => exports.copy),
      end: lateExports.action((exports) => exports.end),
    },
  }
}
