import { backendDescriptor } from '../backends/backendRegistry'
import { normalizeBaseUrl } from '../backends/replicate/baseUrl'
import { isMaskEmpty } from '../core/mask/mask'
import { checkFields } from '../core/prediction/inputSchema'
import { activeModel, activeValues } from './formStore'
import { useSession } from './sessionStore'
import { useSettings } from './settingsStore'

/** Why Run cannot run, most important first. */
export type Obstacle =
  | { readonly code: 'no-image' | 'empty-mask' | 'no-backend-url' | 'bad-backend-url' }
  | { readonly code: 'bad-field'; readonly field: string }

export function readiness(): Obstacle[] {
  const obstacles: Obstacle[] = []
  const { source, editor } = useSession.getState()
  if (!source || !editor) obstacles.push({ code: 'no-image' })
  else if (!editor.isDrawing && isMaskEmpty(editor.mask)) obstacles.push({ code: 'empty-mask' })
  const model = activeModel()
  for (const field of Object.keys(checkFields(model.fields, activeValues())))
    obstacles.push({ code: 'bad-field', field })
  const { backendId, backendUrl } = useSettings.getState()
  if (backendDescriptor(backendId).needsUrl) {
    if (backendUrl.trim() === '') obstacles.push({ code: 'no-backend-url' })
    else if (!isBaseUrl(backendUrl)) obstacles.push({ code: 'bad-backend-url' })
  }
  return obstacles
}

function isBaseUrl(text: string): boolean {
  try {
    normalizeBaseUrl(text, location.href)
    return true
  } catch {
    return false
  }
}
