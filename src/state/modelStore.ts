import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { AppError } from '../core/errors'
import { isObject, ownProperty } from '../core/json'
import { type ModelDescriptor, MODELS, polarityIn, readModel } from '../core/models/modelRegistry'
import { readRoles, type RoleChanges, withRoles } from '../core/models/roleChanges'
import type { MaskPolarity } from '../core/prediction/polarity'
import type { FieldRole } from '../core/prediction/fieldRoles'

/** A model whose schema came from a backend, or was pasted. */
export interface OwnModel {
  readonly id: string
  readonly name: string
  readonly version: string
  /** Its OpenAPI document; only what describes inputs is kept. */
  readonly document: unknown
}

interface ModelStore {
  readonly own: readonly OwnModel[]
  /** Where the user knows better than the description, by model id. */
  readonly polarity: Readonly<Record<string, MaskPolarity>>
  /** What a field means where its name does not tell, by model id. */
  readonly roles: Readonly<Record<string, RoleChanges>>
}

export const useModels = create<ModelStore>()(
  persist((): ModelStore => ({ own: [], polarity: {}, roles: {} }), {
    name: 'pentimento.models',
    version: 1,
    merge: (stored, current) => ({
      ...current,
      own: storedModels(stored),
      polarity: storedPolarity(stored),
      roles: storedRoles(stored),
    }),
  }),
)

function storedModels(stored: unknown): OwnModel[] {
  const list = ownProperty(stored, 'own')
  if (!Array.isArray(list)) return []
  return list.filter(
    (item): item is OwnModel =>
      isObject(item) &&
      [item['id'], item['name'], item['version']].every((value) => typeof value === 'string') &&
      'document' in item,
  )
}

function storedPolarity(stored: unknown): Record<string, MaskPolarity> {
  const all = ownProperty(stored, 'polarity')
  const entries = isObject(all) ? Object.entries(all) : []
  return Object.fromEntries(
    entries.filter((entry): entry is [string, MaskPolarity] => entry[1] === 'white' || entry[1] === 'black'),
  )
}

function storedRoles(stored: unknown): Record<string, RoleChanges> {
  const all = ownProperty(stored, 'roles')
  const entries = isObject(all) ? Object.entries(all) : []
  return Object.fromEntries(entries.map(([id, roles]) => [id, readRoles(roles)]))
}

const read = new WeakMap<OwnModel, ModelDescriptor>()

function descriptorOf(own: OwnModel): ModelDescriptor {
  const known = read.get(own)
  if (known) return known
  const model = readModel(own.document, own)
  read.set(own, model)
  return model
}

let known: { readonly state: ModelStore; readonly models: readonly ModelDescriptor[] } | null = null

/** The bundled models, then the user's; the fields mean what the user said. The same list until something changes. */
export function allModels(state: ModelStore = useModels.getState()): readonly ModelDescriptor[] {
  if (known?.state.own !== state.own || known.state.roles !== state.roles) {
    const models = [...MODELS, ...state.own.map(descriptorOf)].map((model) =>
      changed(model, state.roles[model.id]),
    )
    known = { state, models }
  }
  return known.models
}

function changed(model: ModelDescriptor, changes: RoleChanges | undefined): ModelDescriptor {
  if (!changes) return model
  const fields = withRoles(model.fields, changes)
  return { ...model, fields, polarity: polarityIn(fields) }
}

/** Gives a field of a model another meaning; null is none. */
export function setRole(modelId: string, field: string, role: FieldRole | null): void {
  useModels.setState(({ roles }) => {
    // Whoever had it by the user's word before has none now.
    const others = Object.entries(roles[modelId] ?? {}).map(([name, held]) =>
      name !== field && held === role ? [name, null] : [name, held],
    )
    return { roles: { ...roles, [modelId]: { ...Object.fromEntries(others), [field]: role } } }
  })
}

/** The fields mean again what their names say. */
export function resetRoles(modelId: string): void {
  useModels.setState(({ roles }) => ({
    roles: Object.fromEntries(Object.entries(roles).filter(([id]) => id !== modelId)),
  }))
}

/** The first where there is no such model any more. */
export function findModel(id: string): ModelDescriptor {
  return allModels().find((model) => model.id === id) ?? MODELS[0]
}

/**
 * Adds a model, or takes its newer schema. @returns its id
 * @throws AppError `model/no-inputs` where the document describes none
 */
export function addModel(document: unknown, about: Omit<OwnModel, 'document'>): string {
  const model = readModel(document, about)
  if (model.fields.length === 0) throw new AppError('model/no-inputs')
  // A bundled model stays as it is: what a backend says of it stands beside it.
  const id = MODELS.some(({ id: bundled }) => bundled === about.id) ? `${about.id} (${about.name})` : about.id
  const schemas = ownProperty(ownProperty(document, 'components'), 'schemas')
  const paths = model.streams ? { paths: { '/predictions': { 'x-cog-streaming': true } } } : {}
  const own: OwnModel = { ...about, id, document: { ...paths, components: { schemas } } }
  useModels.setState((state) => ({ own: [...state.own.filter((other) => other.id !== id), own] }))
  return id
}

export function removeModel(id: string): void {
  useModels.setState(({ own }) => ({ own: own.filter((model) => model.id !== id) }))
}

/** What a model repaints, by the user's word or its description; null where it takes no mask. */
export function polarityOf(model: ModelDescriptor): MaskPolarity | null {
  return model.polarity === null ? null : (useModels.getState().polarity[model.id] ?? model.polarity)
}

export function setPolarity(modelId: string, polarity: MaskPolarity): void {
  useModels.setState((state) => ({ polarity: { ...state.polarity, [modelId]: polarity } }))
}
