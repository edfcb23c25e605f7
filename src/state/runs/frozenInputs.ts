import type { PictureDocument } from '../../core/document/document'
import { isEqual } from '../../core/document/equality'
import type { MaskRegion } from '../../core/document/regions'
import { DEFAULT_SENT } from '../../core/document/sentArea'
import { applyChanges } from '../../core/mask/command/maskBand'
import type { ReplayedMask } from '../../core/mask/command/replayMask'
import { createMask } from '../../core/mask/mask'
import { MaskEdit } from '../../core/mask/maskEdit'
import type { FieldValues } from '../../core/prediction/inputSchema'
import type { FormContext } from '../model/formSelectors'
import { snapshot } from '../session/maskOperations'
import type { SessionState } from '../session/session'
import { captureDocument } from '../session/setup'
import type { PrepareOptions } from './prepareInput'
import { sendOptions } from './sendOptions'

/** Everything that a run is made of, as it was at one moment: painting goes on meanwhile. */
export interface FrozenInputs {
  readonly context: FormContext
  readonly document: PictureDocument
  readonly asked: PrepareOptions
  /** The region that it is of, as it was; left out where the mask is the open one. */
  readonly region?: MaskRegion
}

/** @returns null where nothing is open */
export function freezeInputs(opened: SessionState, context: FormContext): FrozenInputs | null {
  const document = captureDocument(opened, context)
  const asked = sendOptions(opened, context, snapshot)
  return document && asked && { context, document, asked }
}

/** With other values in the form: they count as set by the user. @param values by field name */
export function withValues(frozen: FrozenInputs, values: FieldValues): FrozenInputs {
  const { document, asked } = frozen
  const { setup } = document
  const isKept = (name: string) => !Object.hasOwn(values, name)
  const untouched = setup.untouched?.filter(isKept)
  return {
    ...frozen,
    document: { ...document, setup: { ...setup, params: { ...setup.params, ...values }, untouched } },
    asked: {
      ...asked,
      values: { ...asked.values, ...values },
      untouched: asked.untouched?.filter(isKept) ?? [],
    },
  }
}

/** Of a region in place of the open mask. @param replayed the region's mask, made over the document's frame */
export function withRegion(
  { context, document, asked }: FrozenInputs,
  region: MaskRegion,
  replayed: ReplayedMask,
): FrozenInputs {
  const { frame } = document
  const { mask: commands, maskFrame } = region
  const edit = new MaskEdit(createMask(frame))
  applyChanges(edit, replayed.changes)
  edit.commit()
  // A part that was chosen belongs to the open mask.
  const sent = document.sent.kind === 'rect' ? DEFAULT_SENT : document.sent
  const mask = isEqual(maskFrame, frame) ? commands : [replayed.command]
  return {
    context,
    document: { ...document, mask, sent },
    asked: { ...asked, mask: edit.mask, maskUrl: null, sent },
    region,
  }
}
