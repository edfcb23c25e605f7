import { EMBEDDED_CAPABILITIES } from './embeddedCapabilities'
import type { BackendDescriptor } from '../../core/prediction/backend'
import { FILL_OPTIONS, FOLDED_OPTIONS } from './fillOptions'

export const embeddedDescriptor: BackendDescriptor = {
  id: 'embedded',
  name: { en: 'This device (content-aware fill)', zh: '本机（内容识别填充）' },
  description: {
    en: 'No key, no network. Continues what surrounds the mask.',
    zh: '无需密钥和网络，延续蒙版周围的内容。',
  },
  capabilities: EMBEDDED_CAPABILITIES,
  needsUrl: false,
  options: FILL_OPTIONS,
  foldedOptions: FOLDED_OPTIONS,
  models: 'none',
  async preload() {
    const [{ warmEngine }] = await Promise.all([import('./engineWorkerClient'), import('./embeddedBackend')])
    warmEngine()
  },
  async create(_ref, fields) {
    const { EmbeddedBackend } = await import('./embeddedBackend')
    return new EmbeddedBackend(fields)
  },
}
