import { REPLICATE_CAPABILITIES } from './replicateCapabilities'
import type { BackendDescriptor } from '../../core/prediction/backend'

export const replicateDescriptor: BackendDescriptor = {
  id: 'replicate',
  name: { en: 'Replicate or a compatible API', zh: 'Replicate 或兼容的 API' },
  description: {
    en: 'Models with a prompt, on Replicate or a gateway',
    zh: '使用提示词的模型，在 Replicate 或网关上运行',
  },
  capabilities: REPLICATE_CAPABILITIES,
  needsUrl: true,
  ownServer: {
    path: '/replicate/v1',
    name: { en: 'Replicate (key on this server)', zh: 'Replicate（密钥在此服务器上）' },
    description: { en: '{host}', zh: '{host}' },
  },
  options: [],
  models: 'hosted',
  async loadModel(base, reference, credentials, signal) {
    const { loadHostedModel } = await import('./hostedModel')
    return loadHostedModel(base, reference, credentials, signal)
  },
  async preload() {
    await Promise.all([import('./replicateBackend'), import('./hostedModel')])
  },
  async create(ref, fields, onExchange) {
    const { createReplicate } = await import('./replicateBackend')
    return createReplicate(ref, fields, onExchange)
  },
}
