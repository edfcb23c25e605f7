import { backendDescriptor } from '../../backends/backendRegistry'
import type { Ports } from '../ports'
import type { Run } from './runs'

/** A browser that asks its user is asked once. */
const ASKED_KEY = 'pentimento.persistAsked'

/** Asks the browser to keep what it stores, once the first result that was paid for is stored. */
export async function keepPaidResult({ storage, space }: Ports, { record, outputs }: Run): Promise<void> {
  const { offline } = backendDescriptor(record.backend.id).capabilities
  if (offline || !outputs.some(({ kind }) => kind === 'ready') || storage?.getItem(ASKED_KEY) === 'yes')
    return
  try {
    storage?.setItem(ASKED_KEY, 'yes')
  } catch {
    // A full storage notes nothing: the next visit asks again.
  }
  if ((await space.look()).persisted === false) await space.persist()
}
