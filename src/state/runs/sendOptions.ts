import { guideLinesOf } from '../../core/mask/command/guideLines'
import { DEFAULT_PREFILL } from '../../core/frame/prefillKinds'
import { isMaskEmpty, type Mask } from '../../core/mask/mask'
import {
  type FormContext,
  runFields,
  selectBackend,
  selectModel,
  selectOptions,
  selectTakesMask,
  selectUntouched,
  selectValues,
} from '../model/formSelectors'
import type { SessionState } from '../session/session'
import { selectMaskUrl } from '../session/sessionSelectors'
import type { PrepareOptions } from './prepareInput'

/**
 * What a run of the open document is made of.
 * @param copy of a mask, where it goes on being painted meanwhile
 * @returns null where nothing is open
 */
export function sendOptions(
  session: SessionState,
  context: FormContext,
  copy = (mask: Mask): Mask => mask,
): PrepareOptions | null {
  const { source, frame, editor, sent } = session
  if (!source || !frame || !editor) return null
  const backend = selectBackend(context.settings)
  const { fixedSize, samplingArea, guideLines } = backend.capabilities
  return {
    source,
    frame,
    sent,
    mask: selectTakesMask(context) ? copy(editor.mask) : null,
    sampling: samplingArea && !isMaskEmpty(editor.sampling) ? copy(editor.sampling) : null,
    guides: guideLines ? guideLinesOf(editor.commandsOf('guides')) : [],
    maskUrl: selectMaskUrl(session),
    fields: runFields(backend, selectModel(context)),
    values: { ...selectValues(context), ...selectOptions(context.forms, backend) },
    // A backend without models has inputs of its own under the same names.
    untouched: backend.models === 'none' ? [] : selectUntouched(context),
    // What runs on this device heeds only what is outside the mask.
    prefill:
      backend.models === 'none'
        ? DEFAULT_PREFILL
        : (context.models.prefill[selectModel(context).id] ?? DEFAULT_PREFILL),
    fixedSize,
    scale: 1,
  }
}
