import { backendDescriptor } from '../backends/backendRegistry'
import { normalizeBaseUrl } from '../backends/wire/baseUrl'
import { isMaskEmpty } from '../core/mask/mask'
import { checkFields } from '../core/prediction/fieldCheck'
import { fieldByRole } from '../core/prediction/inputSchema'
import { backendUses } from './activeBackend'
import { activeModel, activeValues, takesMask } from './formStore'
import { useSession } from './sessionStore'
import { useSettings } from './settingsStore'

/** Why Run cannot run, most important first. */
export type Obstacle =
  | { readonly code: 'no-image' | 'empty-mask' | 'no-backend-url' | 'bad-backend-url' | 'no-image-field' }
  | { readonly code: 'bad-field'; readonly field: string }

export function readiness(): Obstacle[] {
  const obstacles: Obstacle[] = []
  const { source, editor } = useSession.getState()
  if (!source || !editor) obstacles.push({ code: 'no-image' })
  else if (takesMask() && !editor.isDrawing && isMaskEmpty(editor.mask))
    obstacles.push({ code: 'empty-mask' })
  const model = activeModel()
  const { backendId, backendUrl } = useSettings.getState()
  const { needsUrl } = backendDescriptor(backendId)
  if (needsUrl && !fieldByRole(model.fields, 'image')) obstacles.push({ code: 'no-image-field' })
  const problems = checkFields(model.fields, activeValues())
  for (const { name, role } of model.fields) {
    // What the backend takes no notice of may be left blank.
    const isMissed = problems[name]?.reason === 'required' && !backendUses(backendId, role)
    if (problems[name] && !isMissed) obstacles.push({ code: 'bad-field', field: name })
  }
  if (needsUrl) {
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
