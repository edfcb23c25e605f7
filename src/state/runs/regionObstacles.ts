import { fieldByRole } from '../../core/prediction/inputSchema'
import { selectModel, selectTakesMask } from '../model/formSelectors'
import { derived } from '../shell/derived'
import { type Obstacle, type ObstacleState, selectObstacles } from './obstacles'

/** What only the open mask, or the form's prompt, stands in the way of. */
const OF_MASK: ReadonlySet<Obstacle['code']> = new Set(['empty-mask', 'mask-outside'])

/** What stands in the way of a region's run: it brings its own mask and prompt. */
export const selectRegionObstacles = derived(
  (state: ObstacleState) =>
    [
      selectObstacles(state),
      selectTakesMask(state),
      fieldByRole(selectModel(state).fields, 'prompt'),
    ] as const,
  (obstacles, takesMask, prompt): readonly Obstacle[] => {
    const others = obstacles.filter(
      (one) => !OF_MASK.has(one.code) && !(one.code === 'bad-field' && one.field === prompt?.name),
    )
    return takesMask ? others : [{ code: 'no-mask-field' }, ...others]
  },
)
