import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { AppError } from '../core/errors'
import { isObject, ownProperty } from '../core/json'
import { type ModelDescriptor, MODELS, readModel } from '../core/models/modelRegistry'
import type { MaskPolarity } from '../core/models/polarity'

/** A model whose schema came from a backend, or was pasted. */
export interface OwnModel {
  readonly id: string
  readonly name: string
  readonly version: string
  /** Its OpenAPI document; only `components.schemas` is kept. */
  readonly document: unknown
}

interface ModelStore {
  readonly own: readonly OwnModel[]
  /** Where the user knows better than the description, by model id. */
  readonly polarity: Readonly<Record<string, MaskPolarity>>
}

export const useModels = create<ModelStore>()(
  persist((): ModelStore => ({ own: [], polarity: {} }), {
    name: 'pentimento.models',
    version: 1,
    merge: (stored, current) => ({ ...current, own: storedModels(stored), polarity: storedPolarity(stored) }),
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

const read = new WeakMap<OwnModel, ModelDescriptor>()

function descriptorOf(own: OwnModel): ModelDescriptor {
  const known = read.get(own)
  if (known) return known
  const model = readModel(own.document, own)
  read.set(own, model)
  return model
}

/** The bundled models, then the user's. */
export function allModels(own: readonly OwnModel[] = useModels.getState().own): ModelDescriptor[] {
  return [...MODELS, ...own.map(descriptorOf)]
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
  const own: OwnModel = { ...about, id, document: { components: { schemas } } }
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
