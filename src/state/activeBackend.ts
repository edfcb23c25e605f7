import { BACKENDS, backendDescriptor } from '../backends/backendRegistry'
import type { BackendDescriptor } from '../core/prediction/backend'
import type { FieldRole } from '../core/prediction/fieldRoles'
import { useSettings } from './settingsStore'

export function useActiveBackend(): BackendDescriptor {
  return backendDescriptor(useSettings((state) => state.backendId))
}

/** True where the field makes a difference to the backend's results. */
export function backendUses(backendId: string, role: FieldRole | null): boolean {
  const { usesRoles } = backendDescriptor(backendId)
  return usesRoles === null || (role !== null && usesRoles.includes(role))
}

/** The backends, in menu order. */
export function backendMenu(): readonly BackendDescriptor[] {
  return BACKENDS
}
