import type { Exchange } from '../core/prediction/exchange'
import type { Backend, BackendDescriptor, BackendRef, ModelFields } from '../core/prediction/backend'
import { cogDescriptor } from './cog/cogBackend'
import { embeddedDescriptor } from './embedded/embeddedBackend'
import { replicateDescriptor } from './replicate/replicateBackend'

/** The backends, in menu order; the first is the default. */
export const BACKENDS: readonly BackendDescriptor[] = [embeddedDescriptor, replicateDescriptor, cogDescriptor]

export function backendDescriptor(id: string): BackendDescriptor {
  return BACKENDS.find((descriptor) => descriptor.id === id) ?? BACKENDS[0]
}

/** @throws AppError where the address of a backend is missing or none */
export function createBackend(
  ref: BackendRef,
  fields: ModelFields,
  onExchange?: (exchange: Exchange) => void,
): Backend {
  return backendDescriptor(ref.id).create(ref, fields, onExchange)
}
