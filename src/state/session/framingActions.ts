import type { LazyRoom } from '../shell/lazyRoom'
import type { FrameDrafting } from './frameDraft'

export function framingActions(late: LazyRoom<FrameDrafting>) {
  return {
    framing: {
      begin: late.action(({ begin }) => begin),
      edit: late.action(({ edit }) => edit),
      apply: late.action(({ apply }) => apply),
      turn: late.action(({ turn }) => turn),
    },
  }
}
