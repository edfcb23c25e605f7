import { COG_CAPABILITIES } from './cogCapabilities'
import type { BackendDescriptor } from '../../core/prediction/backend'

export const cogDescriptor: BackendDescriptor = {
  id: 'cog',
  name: { en: 'Cog server', zh: 'Cog 服务器' },
  description: {
    en: 'A model on a machine of your own, as Cog serves it: one run at a time',
    zh: '自己机器上由 Cog 提供的模型：一次一个运行',
  },
  capabilities: COG_CAPABILITIES,
  needsUrl: true,
  options: [],
  models: 'own',
  async loadModel(base, _reference, credentials, signal) {
    const { loadCogModel } = await import('./cogModel')
    return loadCogModel(base, credentials, signal)
  },
  async preload() {
    await Promise.all([import('./cogBackend'), import('./cogModel')])
  },
  async create(ref, fields, onExchange) {
    const { createCog } = await import('./cogBackend')
    return createCog(ref, fields, onExchange)
  },
}
