import type { BackendDescriptor } from '../../core/prediction/backend'

export const replicateDescriptor: BackendDescriptor = {
  id: 'replicate',
  name: { en: 'Backend URL', zh: '后端地址' },
  description: {
    en: 'A server that speaks the Replicate predictions protocol',
    zh: '使用 Replicate predictions 协议的服务器',
  },
  capabilities: { resume: true, offline: false, fixedSize: true, pollMs: [500, 5000] },
  needsUrl: true,
  usesRoles: null,
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
