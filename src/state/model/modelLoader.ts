import { backendDescriptor } from '../../backends/backendRegistry'
import { absoluteBase } from '../../backends/wire/baseUrl'
import { AppError } from '../../core/errors'
import { parseModelReference, schemaDocument } from '../../core/models/schemaDocument'
import type { Ports } from '../ports'
import type { SettingsRoom } from '../shell/settings'
import type { ChooseModel } from './chooseModel'
import type { Models } from './models'

export interface ModelLoader {
  /**
   * Loads a model's schema from the backend of the settings, and chooses it if that is still the backend then.
   * @param reference `owner/name[:version]`; ignored by a backend that serves one model
   * @throws AppError `model/reference`, `model/no-inputs`, `backend/...`
   */
  load(reference: string, signal: AbortSignal): Promise<void>
  /**
   * Takes a pasted schema as a model and chooses it.
   * @param reference the model's name, and what is asked for where it is `owner/name:version`
   * @throws AppError `model/no-inputs`
   */
  paste(text: string, reference: string): void
}

export function createModelLoader(
  ports: Ports,
  settings: SettingsRoom,
  models: Models,
  chooseModel: ChooseModel,
): ModelLoader {
  return {
    async load(reference, signal) {
      const { backendId, backendUrl } = settings.store.getState()
      const base = absoluteBase(backendUrl, ports.page.base)
      const credentials = ports.vault.credentialsFor(new URL(base).origin)
      const backend = backendDescriptor(backendId)
      if (!backend.loadModel) throw new AppError('model/reference')
      const { document, ...about } = await backend.loadModel(base, reference, credentials, signal)
      const id = models.add(document, about)
      const now = settings.store.getState()
      // Another backend may have been chosen meanwhile: its form stays.
      if (now.backendId === backendId && now.backendUrl === backendUrl) chooseModel(id)
    },
    paste(text, reference) {
      let document: unknown = null
      try {
        document = schemaDocument(JSON.parse(text))
      } catch (cause) {
        throw new AppError('model/no-inputs', { cause })
      }
      const parsed = parseModelReference(reference)
      const id = parsed ? `${parsed.owner}/${parsed.name}` : reference.trim() || 'own'
      chooseModel(models.add(document, { id, name: id, version: parsed?.version ?? (parsed ? id : '') }))
    },
  }
}
