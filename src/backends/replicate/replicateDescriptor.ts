import { REPLICATE_CAPABILITIES } from './replicateCapabilities'
import type { BackendDescriptor } from '../../core/prediction/backend'

export const replicateDescriptor: BackendDescriptor = {
  id: 'replicate',
  name: { en: 'Backend URL', zh: '后端地址' },
  description: {
    en: 'A server that speaks the Replicate predictions protocol',
    zh: '使用 Replicate predictions 协议的服务器',
  },
  capabilities: REPLICATE_CAPABILITIES,
  needsUrl: true,
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
