import { absoluteBase } from '../backends/wire/baseUrl'
import { backendDescriptor } from '../backends/backendRegistry'
import { AppError } from '../core/errors'
import { parseModelReference, schemaDocument } from '../core/models/schemaDocument'
import { tokenVault } from '../platform/tokenVault'
import { chooseModel } from './chooseModel'
import { addModel, removeModel } from './modelStore'
import { useSettings } from './settingsStore'

/**
 * Loads a model's schema from the backend of the settings and chooses it.
 * @param reference `owner/name[:version]`; of no matter to a Cog server, which has one model
 * @throws AppError `model/reference`, `model/no-inputs`, `backend/...`
 */
export async function loadModel(reference: string, signal: AbortSignal): Promise<void> {
  const { backendId, backendUrl } = useSettings.getState()
  const base = absoluteBase(backendUrl, location.href)
  const credentials = tokenVault().credentialsFor(new URL(base).origin)
  const backend = backendDescriptor(backendId)
  if (!backend.loadModel) throw new AppError('model/reference')
  const { document, ...about } = await backend.loadModel(base, reference, credentials, signal)
  chooseModel(addModel(document, about))
}

/**
 * Takes a schema that was pasted as a model and chooses it.
 * @param reference what the model is called, and asked for where it is `owner/name:version`
 * @throws AppError `model/no-inputs`
 */
export function pasteModel(text: string, reference: string): void {
  let document: unknown = null
  try {
    document = schemaDocument(JSON.parse(text))
  } catch (cause) {
    throw new AppError('model/no-inputs', { cause })
  }
  const parsed = parseModelReference(reference)
  const id = parsed ? `${parsed.owner}/${parsed.name}` : reference.trim() || 'own'
  chooseModel(addModel(document, { id, name: id, version: parsed?.version ?? (parsed ? id : '') }))
}

/** Takes an own model out of the menu. */
export function dropModel(id: string): void {
  removeModel(id)
}
