import type { BackendDescriptor } from '../../core/prediction/backend'
import { ONNX_CAPABILITIES } from './onnxCapabilities'
import { ONNX_OPTIONS } from './onnxOptions'

export const onnxDescriptor: BackendDescriptor = {
  id: 'onnx',
  name: { en: 'Model on this device', zh: '本机模型' },
  description: {
    en: 'Your own LaMa or MI-GAN file. The picture stays here.',
    zh: '使用你自己的 LaMa 或 MI-GAN 文件，图片不会离开本机。',
  },
  capabilities: ONNX_CAPABILITIES,
  needsUrl: false,
  needsFile: true,
  options: ONNX_OPTIONS,
  models: 'none',
  async preload() {
    await import('./onnxBackend')
  },
  async create({ version }, fields) {
    const { OnnxBackend } = await import('./onnxBackend')
    return new OnnxBackend(version ?? '', fields)
  },
}
