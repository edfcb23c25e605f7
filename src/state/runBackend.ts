import { backendDescriptor, createBackend } from '../backends/backendRegistry'
import { normalizeBaseUrl } from '../backends/wire/baseUrl'
import type { ModelDescriptor } from '../core/models/modelRegistry'
import type { Backend, BackendRef, ModelFields } from '../core/prediction/backend'
import { type Exchange, withoutSecrets } from '../core/prediction/exchange'
import { fieldByRole } from '../core/prediction/inputSchema'
import type { RunRecord } from '../core/run/runRecord'
import { keepExchange } from './exchangeStore'
import { activeModel } from './formStore'
import { findModel, polarityOf } from './modelStore'
import { useSettings } from './settingsStore'

/** The backend that the settings name. */
export function chosenBackend(): BackendRef {
  const { backendId, backendUrl, modelVersion } = useSettings.getState()
  const { needsUrl } = backendDescriptor(backendId)
  return {
    id: backendId,
    url: needsUrl ? normalizeBaseUrl(backendUrl, location.href) : null,
    version: needsUrl ? modelVersion.trim() || activeModel().version : null,
  }
}

export function modelFields(model: ModelDescriptor): ModelFields {
  const { fields } = model
  const name = (role: 'image' | 'mask' | 'count' | 'seed') => fieldByRole(fields, role)?.name ?? null
  return {
    image: name('image'),
    mask: name('mask'),
    polarity: polarityOf(model) ?? 'white',
    count: name('count'),
    seed: name('seed'),
    hasRequired: fields.some((field) => field.required),
    streams: model.streams,
  }
}

/** Keeps what goes over the wire for the inspector. */
export function exchangeKeeper(id: string, { fields }: ModelDescriptor): (exchange: Exchange) => void {
  const secrets = fields.filter(({ kind }) => kind === 'secret').map(({ name }) => name)
  return (exchange) => keepExchange(id, withoutSecrets(exchange, secrets))
}

/** The backend of a stored run. */
export function backendOf({ id, backend, model }: RunRecord): Promise<Backend> {
  return createBackend(backend, modelFields(findModel(model)), exchangeKeeper(id, findModel(model)))
}
