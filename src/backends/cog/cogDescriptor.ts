import { COG_CAPABILITIES } from './cogCapabilities'
import type { BackendDescriptor } from '../../core/prediction/backend'

export const cogDescriptor: BackendDescriptor = {
  id: 'cog',
  name: { en: 'Own Cog server', zh: '自己的 Cog 服务' },
  description: {
    en: 'A model on your own machine, one run at a time',
    zh: '自己的机器，一次只能运行一个任务',
  },
  capabilities: COG_CAPABILITIES,
  needsUrl: true,
  ownServer: {
    path: '/cog',
    name: { en: 'Cog at {host}', zh: 'Cog（{host}）' },
    description: { en: 'Through this server, one run at a time', zh: '经由此服务器，一次只能运行一个任务' },
  },
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
