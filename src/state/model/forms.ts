import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Size } from '../../core/geometry'
import type { JsonValue } from '../../core/json'
import type { BackendDescriptor } from '../../core/prediction/backend'
import {
  defaultValues,
  type FieldSpec,
  type FieldValue,
  type FieldValues,
  fieldByRole,
  formFields,
  valuesOf,
} from '../../core/prediction/inputSchema'
import { closestModelSize, nearestAllowed, requestedSize } from '../../core/prediction/modelSize'
import type { SettingsRoom } from '../shell/settings'
import {
  type SetValues,
  type FormState,
  type FormContext,
  selectModel,
  selectValues,
  defaultsOf,
} from './formSelectors'
import type { Models } from './models'

export interface Forms {
  readonly store: StoreApi<FormState>
  context(): FormContext
  /** Changes fields of the active model; undefined blanks one. */
  setFields(change: Readonly<Record<string, FieldValue | undefined>>): void
  /** Changes one field as a user does: with the shape kept, the other side follows. */
  changeField(field: FieldSpec, value: FieldValue | undefined): void
  changeOption(backend: BackendDescriptor, name: string, value: FieldValue | undefined): void
  /** Makes a backend's own inputs hold these, else their defaults. */
  fillOptions(backend: BackendDescriptor, params: Readonly<Record<string, JsonValue>>): void
  /**
   * Makes the active model's form hold exactly these values: all others are blank.
   * @param untouched names of those that nobody has set: they follow the model's default
   */
  setValues(values: FieldValues, untouched?: readonly string[]): void
  /** Makes the active model's form hold its defaults, until `undoReset` or the next change of a field. */
  reset(): void
  /** Takes a reset back. */
  undoReset(): void
  /** Exchanges width and height. */
  swapSides(): void
  /** Width and height keep the shape they have from now on, or no longer. */
  toggleShape(): void
  /** Sets width and height to the pair whose shape is closest to the picture's, so that nothing is squashed. */
  fitSize(picture: Size): void
  setComplaints(complaints: Readonly<Record<string, string>>): void
  /** The user knows that the prompt of the active model is empty: Run may go without one. */
  allowPromptless(): void
}

export function createForms(settings: SettingsRoom, models: Models): Forms {
  const store = createStore<FormState>()(() => ({
    values: {},
    options: {},
    complaints: {},
    promptless: [],
    beforeReset: null,
    keptShape: null,
  }))
  const context = (): FormContext => ({
    settings: settings.store.getState(),
    models: models.store.getState(),
    forms: store.getState(),
  })

  const hold = (id: string, set: SetValues) =>
    store.setState((state) => ({
      values: { ...state.values, [id]: set },
      complaints: {},
      beforeReset: null,
      keptShape: null,
    }))

  const forms: Forms = {
    store,
    context,
    setFields(change) {
      const { id, fields } = selectModel(context())
      const presets = defaultsOf(fields)
      const blanked = Object.entries(change).map(([name, value]) => [
        name,
        value === undefined && Object.hasOwn(presets, name) ? null : value,
      ])
      store.setState((state) => ({
        values: { ...state.values, [id]: changed(state.values[id] ?? {}, Object.fromEntries(blanked)) },
        complaints: Object.fromEntries(
          Object.entries(state.complaints).filter(([name]) => !Object.hasOwn(change, name)),
        ),
        beforeReset: null,
      }))
    },
    changeField(field, value) {
      const { fields } = selectModel(context())
      const { keptShape } = store.getState()
      const isWidth = field.role === 'width'
      const isSide = isWidth || field.role === 'height'
      const other = isSide ? fieldByRole(fields, isWidth ? 'height' : 'width') : null
      const follows = other !== null && keptShape !== null && typeof value === 'number' && value > 0
      const across = follows ? nearestAllowed(other, isWidth ? value / keptShape : value * keptShape) : 0
      forms.setFields({ [field.name]: value, ...(follows ? { [other.name]: across } : {}) })
    },
    changeOption({ id }, name, value) {
      store.setState(({ options }) => ({
        options: { ...options, [id]: changed(options[id] ?? {}, { [name]: value }) },
      }))
    },
    fillOptions({ id, options: fields }, params) {
      const values = { ...defaultValues(fields), ...valuesOf(fields, params) }
      store.setState(({ options }) => ({ options: { ...options, [id]: values } }))
    },
    setValues(values, untouched = []) {
      const { id, fields } = selectModel(context())
      const presets = defaultsOf(fields)
      const set: Record<string, FieldValue | null> = {}
      for (const { name } of formFields(fields)) {
        const value = values[name]
        // A default that is another one by now is held as it was.
        if (untouched.includes(name) && value === presets[name]) continue
        if (value !== undefined) set[name] = value
        else if (Object.hasOwn(presets, name)) set[name] = null
      }
      hold(id, set)
    },
    reset() {
      const { id } = selectModel(context())
      const set = store.getState().values[id] ?? {}
      hold(id, {})
      if (Object.keys(set).length > 0) store.setState({ beforeReset: { modelId: id, set } })
    },
    undoReset() {
      const { beforeReset } = store.getState()
      if (beforeReset) hold(beforeReset.modelId, beforeReset.set)
    },
    swapSides() {
      const { fields } = selectModel(context())
      const values = selectValues(context())
      const width = fieldByRole(fields, 'width')
      const height = fieldByRole(fields, 'height')
      if (!width || !height) return
      forms.setFields({ [width.name]: values[height.name], [height.name]: values[width.name] })
      // The locked shape turns too.
      store.setState(({ keptShape }) => ({ keptShape: keptShape && 1 / keptShape }))
    },
    toggleShape() {
      const now = context()
      const size = requestedSize(selectModel(now).fields, selectValues(now))
      const keptShape = now.forms.keptShape === null && size ? size.width / size.height : null
      store.setState({ keptShape })
    },
    fitSize(picture) {
      const { fields } = selectModel(context())
      const size = closestModelSize(fields, picture)
      const width = fieldByRole(fields, 'width')
      const height = fieldByRole(fields, 'height')
      if (!size || !width || !height) return
      forms.setFields({ [width.name]: size.width, [height.name]: size.height })
      store.setState({ keptShape: null })
    },
    setComplaints: (complaints) => store.setState({ complaints }),
    allowPromptless() {
      const { id } = selectModel(context())
      store.setState(({ promptless }) => ({
        promptless: [...promptless.filter((other) => other !== id), id],
      }))
    },
  }
  return forms
}

function changed<Value>(
  values: Readonly<Record<string, Value>>,
  change: Readonly<Record<string, Value | undefined>>,
): Record<string, Value> {
  const next: Record<string, Value> = { ...values }
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) delete next[name]
    else next[name] = value
  }
  return next
}
