import type { Backend, BackendDescriptor, BackendRef, ModelFields } from '../core/prediction/backend'
import type { Exchange } from '../core/prediction/exchange'
import { cogDescriptor } from './cog/cogDescriptor'
import { embeddedDescriptor } from './embedded/embeddedDescriptor'
import { onnxDescriptor } from './onnx/onnxDescriptor'
import { replicateDescriptor } from './replicate/replicateDescriptor'

/** The backends, in menu order; the first is the default. */
export const BACKENDS: readonly BackendDescriptor[] = [
  embeddedDescriptor,
  onnxDescriptor,
  replicateDescriptor,
  cogDescriptor,
]

/** @returns the default backend where no backend has this id */
export function backendDescriptor(id: string): BackendDescriptor {
  return BACKENDS.find((descriptor) => descriptor.id === id) ?? BACKENDS[0]
}

/**
 * Loads the backend's code, the first time, and makes one.
 * @param onExchange called after each request with its answer
 * @throws AppError where the address of the backend is missing or invalid
 */
export function createBackend(
  ref: BackendRef,
  fields: ModelFields,
  onExchange?: (exchange: Exchange) => void,
): Promise<Backend> {
  return backendDescriptor(ref.id).create(ref, fields, onExchange)
}

/** Loads every implementation behind the start page: a chunk that cannot be loaded later is not asked for again. */
export async function preloadBackends(): Promise<void> {
  await Promise.all([import('./probe'), ...BACKENDS.map((descriptor) => descriptor.preload())])
}
