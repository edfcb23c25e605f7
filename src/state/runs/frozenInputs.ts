import type { PictureDocument } from '../../core/document/document'
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
}

/** @returns null where nothing is open */
export function freezeInputs(opened: SessionState, context: FormContext): FrozenInputs | null {
  const document = captureDocument(opened, context)
  const asked = sendOptions(opened, context, snapshot)
  return document && asked && { context, document, asked }
}

/** With other values in the form: they count as set by the user. @param values by field name */
export function withValues({ context, document, asked }: FrozenInputs, values: FieldValues): FrozenInputs {
  const { setup } = document
  const isKept = (name: string) => !Object.hasOwn(values, name)
  const untouched = setup.untouched?.filter(isKept)
  return {
    context,
    document: { ...document, setup: { ...setup, params: { ...setup.params, ...values }, untouched } },
    asked: {
      ...asked,
      values: { ...asked.values, ...values },
      untouched: asked.untouched?.filter(isKept) ?? [],
    },
  }
}
