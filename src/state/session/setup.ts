import type { PictureDocument, PictureRef, Setup } from '../../core/document/document'
import { DEFAULT_PREFILL } from '../../core/frame/prefillKinds'
import type { JsonValue } from '../../core/json'
import {
  formFields,
  isSentEmpty,
  type FieldSpec,
  type FieldValues,
  valuesOf,
} from '../../core/prediction/inputSchema'
import { backendDescriptor } from '../../backends/backendRegistry'
import { type Forms } from '../model/forms'
import {
  type FormContext,
  selectBackend,
  selectModel,
  selectOptions,
  selectUntouched,
  selectValues,
} from '../model/formSelectors'
import { type Models, selectModels } from '../model/models'
import type { SettingsRoom } from '../shell/settings'
import { baseOf, patchesOf, pictureSize, type SourceImage } from './source'
import type { SessionState } from './session'

/** What the form, the models and the settings ask of a backend. */
export function selectSetup(context: FormContext): Setup {
  const { settings, models, forms } = context
  const backend = selectBackend(settings)
  const model = selectModel(context)
  const params = writtenValues(model.fields, selectValues(context))
  const prefill = models.prefill[model.id] ?? DEFAULT_PREFILL
  return {
    backend: { id: backend.id, url: backend.needsUrl ? settings.backendUrl : null },
    model: model.id,
    version: settings.modelVersion.trim() || null,
    params,
    untouched: selectUntouched(context).filter((name) => Object.hasOwn(params, name)),
    options: writtenValues(backend.options, selectOptions(forms, backend)),
    roles: models.roles[model.id] ?? {},
    polarity: models.polarity[model.id] ?? null,
    ...(prefill === DEFAULT_PREFILL ? {} : { prefill }),
  }
}

/** The values that are not blank, without secrets; JSON that cannot be read yet is left out. */
function writtenValues(fields: readonly FieldSpec[], values: FieldValues): Record<string, JsonValue> {
  const out: Record<string, JsonValue> = {}
  for (const field of formFields(fields)) {
    const { name, kind } = field
    const value = values[name]
    if (value === undefined || kind === 'secret' || (value === '' && !isSentEmpty(field))) continue
    if (kind !== 'json' || typeof value !== 'string') out[name] = value
    else {
      try {
        out[name] = JSON.parse(value) as JsonValue
      } catch {
        // The user is still typing it.
      }
    }
  }
  return out
}

function pictureRef(source: SourceImage): PictureRef {
  const { key, name, link } = source
  return { key, name, link, ...pictureSize(source) }
}

/** @returns the open document; null where nothing is open */
export function captureDocument(session: SessionState, context: FormContext): PictureDocument | null {
  const { source, frame, editor, sent, regions } = session
  if (!source || !frame || !editor) return null
  return {
    base: pictureRef(baseOf(source)),
    frame,
    mask: [...editor.commands],
    sampling: editor.commandsOf('sampling'),
    guides: editor.commandsOf('guides'),
    sent,
    patches: patchesOf(source),
    regions,
    setup: selectSetup(context),
  }
}

export interface SetupRooms {
  readonly settings: SettingsRoom
  readonly models: Models
  readonly forms: Forms
}

/**
 * Makes the form hold a setup.
 * @param withBackend also the backend and version it names: only where the user asked for that
 * @returns false where its model is not there any more: then nothing was changed
 */
export function applySetup(
  { settings, models, forms }: SetupRooms,
  setup: Setup,
  withBackend: boolean,
): boolean {
  const { backend, model, version, params, untouched, options, roles, polarity } = setup
  const { prefill = DEFAULT_PREFILL } = setup
  if (!selectModels(models.store.getState()).some(({ id }) => id === model)) return false
  if (settings.store.getState().modelId !== model) settings.set({ modelId: model, modelVersion: '' })
  if (withBackend) {
    settings.set({
      backendId: backend.id,
      modelVersion: version ?? '',
      ...(backend.url === null ? {} : { backendUrl: backend.url }),
    })
  }
  if (Object.keys(roles).length > 0) models.setRoles(model, roles)
  if (polarity) models.setPolarity(model, polarity)
  if ((models.store.getState().prefill[model] ?? DEFAULT_PREFILL) !== prefill)
    models.setPrefill(model, prefill)
  forms.setValues(valuesOf(selectModel(forms.context()).fields, params), untouched)
  // Records of version 1 hold the backend's options among the params.
  forms.fillOptions(backendDescriptor(backend.id), Object.keys(options).length > 0 ? options : params)
  return true
}

/** As `applySetup`, in a page that has just started: what was entered before the setup was read stays. */
export function restoreSetup(rooms: SetupRooms, setup: Setup): void {
  const { forms } = rooms
  const entered = forms.store.getState()
  if (!applySetup(rooms, setup, true)) return
  const context = forms.context()
  const fields = Object.entries(entered.values[selectModel(context).id] ?? {})
  forms.setFields(Object.fromEntries(fields.map(([name, value]) => [name, value ?? undefined])))
  const backend = selectBackend(context.settings)
  for (const [name, value] of Object.entries(entered.options[backend.id] ?? {}))
    forms.changeOption(backend, name, value)
}
