import * as v from 'valibot'
import type { StoreApi } from 'zustand/vanilla'
import { AppError } from '../../core/errors'
import { ownProperty } from '../../core/json'
import { type Prefill, PREFILLS } from '../../core/frame/prefillKinds'
import { type ModelDescriptor, MODELS, polarityIn, readModel } from '../../core/models/modelRegistry'
import { readRoles, type RoleChanges, withRoles } from '../../core/models/roleChanges'
import type { FieldRole } from '../../core/prediction/fieldRoles'
import type { MaskPolarity } from '../../core/prediction/polarity'
import type { Ports } from '../ports'
import { createPersisted } from '../shell/persisted'

/** A model whose schema came from a backend, or was pasted. */
export interface OwnModel {
  readonly id: string
  readonly name: string
  readonly version: string
  /** Its OpenAPI document, as far as it describes inputs. */
  readonly document: unknown
}

export interface ModelState {
  readonly own: readonly OwnModel[]
  /** The tone to repaint where the user knows better than the description, by model id. */
  readonly polarity: Readonly<Record<string, MaskPolarity>>
  /** What a model is shown where the picture has nothing, by its id; its edge where there is none. */
  readonly prefill: Readonly<Record<string, Prefill>>
  /** What a field means where its name does not say, by model id. */
  readonly roles: Readonly<Record<string, RoleChanges>>
}

export interface Models {
  readonly store: StoreApi<ModelState>
  /**
   * Adds a model, or replaces its schema. @returns its id
   * @throws AppError `model/no-inputs` where the document describes none
   */
  add(document: unknown, about: Omit<OwnModel, 'document'>): string
  remove(id: string): void
  /** Gives a field of a model another meaning. @param role null for no meaning in particular */
  setRole(modelId: string, field: string, role: FieldRole | null): void
  setRoles(modelId: string, roles: RoleChanges): void
  /** The fields mean again what their names say. */
  resetRoles(modelId: string): void
  setPolarity(modelId: string, polarity: MaskPolarity): void
  setPrefill(modelId: string, prefill: Prefill): void
}

const ownModelSchema = v.object({
  id: v.string(),
  name: v.string(),
  version: v.string(),
  document: v.unknown(),
})

/** A list of which only what fits is taken. */
const ownModels = v.pipe(
  v.array(v.unknown()),
  v.transform((items) => items.filter((item): item is OwnModel => v.is(ownModelSchema, item))),
)

const polarity = v.picklist(['white', 'black'])

const polarities = v.pipe(
  v.record(v.string(), v.unknown()),
  v.transform((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => v.is(polarity, value)))),
)

const prefills = v.pipe(
  v.record(v.string(), v.unknown()),
  v.transform((all) =>
    Object.fromEntries(Object.entries(all).filter(([, value]) => v.is(v.picklist(PREFILLS), value))),
  ),
) as v.GenericSchema<unknown, Record<string, Prefill>>

const allRoles = v.pipe(
  v.record(v.string(), v.unknown()),
  v.transform((all) => Object.fromEntries(Object.entries(all).map(([id, roles]) => [id, readRoles(roles)]))),
)

export function createModels(
  { storage, page }: Pick<Ports, 'storage' | 'page'>,
  onWriteError: (cause: unknown) => void,
): Models {
  const store = createPersisted<ModelState>({
    storage,
    name: 'pentimento.models',
    version: 1,
    initial: { own: [], polarity: {}, prefill: {}, roles: {} },
    entries: { own: ownModels, polarity: polarities, prefill: prefills, roles: allRoles },
    onWriteError,
    onStorage: page.onStorage,
  })
  return {
    store,
    add(document, about) {
      const model = readModel(document, about)
      if (model.fields.length === 0) throw new AppError('model/no-inputs')
      // A bundled model is never replaced: a backend's own description of it is listed beside it.
      const isBundled = MODELS.some(({ id }) => id === about.id)
      const id = isBundled ? `${about.id} (${about.name})` : about.id
      const schemas = ownProperty(ownProperty(document, 'components'), 'schemas')
      const paths = model.streams ? { paths: { '/predictions': { 'x-cog-streaming': true } } } : {}
      const own: OwnModel = { ...about, id, document: { ...paths, components: { schemas } } }
      store.setState((state) => ({ own: [...state.own.filter((other) => other.id !== id), own] }))
      return id
    },
    remove: (id) => store.setState(({ own }) => ({ own: own.filter((model) => model.id !== id) })),
    setRole(modelId, field, role) {
      store.setState(({ roles }) => {
        // A role belongs to one field: clear it on the previous one.
        const others = Object.entries(roles[modelId] ?? {}).map(([name, held]) =>
          name !== field && held === role ? [name, null] : [name, held],
        )
        return { roles: { ...roles, [modelId]: { ...Object.fromEntries(others), [field]: role } } }
      })
    },
    setRoles: (modelId, changes) =>
      store.setState(({ roles }) => ({ roles: { ...roles, [modelId]: changes } })),
    resetRoles(modelId) {
      store.setState(({ roles }) => ({
        roles: Object.fromEntries(Object.entries(roles).filter(([id]) => id !== modelId)),
      }))
    },
    setPolarity: (modelId, tone) =>
      store.setState((state) => ({ polarity: { ...state.polarity, [modelId]: tone } })),
    setPrefill: (modelId, kind) =>
      store.setState((state) => ({ prefill: { ...state.prefill, [modelId]: kind } })),
  }
}

/** Reading a schema costs: each stored document is read once. */
const read = new WeakMap<OwnModel, ModelDescriptor>()

function descriptorOf(own: OwnModel): ModelDescriptor {
  const known = read.get(own)
  if (known) return known
  const model = readModel(own.document, own)
  read.set(own, model)
  return model
}

let last: { readonly state: ModelState; readonly models: readonly ModelDescriptor[] } | null = null

/** The bundled models, then the user's, with fields that mean what the user said. The same list until one changes. */
export function selectModels(state: ModelState): readonly ModelDescriptor[] {
  if (last?.state.own !== state.own || last.state.roles !== state.roles) {
    const models = [...MODELS, ...state.own.map(descriptorOf)].map((model) =>
      withUserRoles(model, state.roles[model.id]),
    )
    last = { state, models }
  }
  return last.models
}

function withUserRoles(model: ModelDescriptor, changes: RoleChanges | undefined): ModelDescriptor {
  if (!changes) return model
  const fields = withRoles(model.fields, changes)
  return { ...model, fields, polarity: polarityIn(fields) }
}

/** @returns the model of this id; the first one where it has been removed */
export function findModel(state: ModelState, id: string): ModelDescriptor {
  return selectModels(state).find((model) => model.id === id) ?? MODELS[0]
}

/** The tone a model repaints, by the user's word or its description; null where it takes no mask. */
export function polarityOf(state: ModelState, model: ModelDescriptor): MaskPolarity | null {
  return model.polarity === null ? null : (state.polarity[model.id] ?? model.polarity)
}
