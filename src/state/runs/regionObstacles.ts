import { fieldByRole, type FieldSpec } from '../../core/prediction/inputSchema'
import { type FormContext, selectBackend, selectModel, selectTakesMask } from '../model/formSelectors'
import { derived } from '../shell/derived'
import { type Obstacle, type ObstacleState, selectObstacles } from './obstacles'

/** The model's field for a prompt; null where the backend takes none. */
export function selectPromptField(context: FormContext): FieldSpec | null {
  const { models } = selectBackend(context.settings)
  return models === 'none' ? null : fieldByRole(selectModel(context).fields, 'prompt')
}

/** What only the open mask, or the form's prompt, stands in the way of. */
const OF_MASK: ReadonlySet<Obstacle['code']> = new Set(['empty-mask', 'mask-outside'])

/** What stands in the way of a region's run: it brings its own mask and prompt. */
export const selectRegionObstacles = derived(
  (state: ObstacleState) =>
    [selectObstacles(state), selectTakesMask(state), selectPromptField(state)] as const,
  (obstacles, takesMask, prompt): readonly Obstacle[] => {
    const others = obstacles.filter(
      (one) => !OF_MASK.has(one.code) && !(one.code === 'bad-field' && one.field === prompt?.name),
    )
    return takesMask ? others : [{ code: 'no-mask-field' }, ...others]
  },
)
