import { normalizeBaseUrl } from '../../backends/wire/baseUrl'
import { checkFields } from '../../core/prediction/fieldCheck'
import { fieldByRole } from '../../core/prediction/inputSchema'
import {
  type FormContext,
  runFields,
  selectBackend,
  selectModel,
  selectOptions,
  selectTakesMask,
  selectValues,
} from '../model/formSelectors'
import { selectLacksMask } from '../session/maskState'
import type { SessionState } from '../session/session'
import type { SendingState } from './sending'
import { derived } from '../shell/derived'

/** Why Run cannot run, most important first. */
export type Obstacle =
  | {
      readonly code:
        | 'no-image'
        | 'empty-mask'
        | 'mask-outside'
        | 'no-backend-url'
        | 'bad-backend-url'
        | 'no-image-field'
        | 'no-model-file'
        | 'no-mask-field'
    }
  | { readonly code: 'bad-field'; readonly field: string }

export interface ObstacleState extends FormContext {
  readonly session: SessionState
  readonly sending: SendingState
  readonly pageUrl: string
}

/** What stands in the way of a run; empty where nothing does. */
export const selectObstacles = derived(
  ({ session, sending, settings, models, forms, pageUrl }: ObstacleState) =>
    // Not the mask itself: most strokes change nothing here, and draw no view again.
    [
      session.source !== null && session.editor !== null,
      selectLacksMask({ session }),
      sending.part?.mask === 'none',
      settings,
      models,
      forms,
      pageUrl,
    ] as const,
  (isOpen, lacksMask, isOutside, settings, models, forms, pageUrl): readonly Obstacle[] => {
    const context: FormContext = { settings, models, forms }
    const obstacles: Obstacle[] = []
    if (!isOpen) obstacles.push({ code: 'no-image' })
    else if (selectTakesMask(context) && lacksMask) obstacles.push({ code: 'empty-mask' })
    else if (isOutside) obstacles.push({ code: 'mask-outside' })
    const model = selectModel(context)
    const backend = selectBackend(settings)
    if (backend.needsUrl && !fieldByRole(model.fields, 'image')) obstacles.push({ code: 'no-image-field' })
    const values = { ...selectValues(context), ...selectOptions(forms, backend) }
    const fields = runFields(backend, model)
    const problems = checkFields(fields, values)
    for (const { name } of fields) if (problems[name]) obstacles.push({ code: 'bad-field', field: name })
    if (backend.needsFile && settings.deviceModel === '') obstacles.push({ code: 'no-model-file' })
    if (backend.needsUrl) {
      if (settings.backendUrl.trim() === '') obstacles.push({ code: 'no-backend-url' })
      else if (!isBaseUrl(settings.backendUrl, pageUrl)) obstacles.push({ code: 'bad-backend-url' })
    }
    return obstacles
  },
)

function isBaseUrl(text: string, pageUrl: string): boolean {
  try {
    normalizeBaseUrl(text, pageUrl)
    return true
  } catch {
    return false
  }
}
