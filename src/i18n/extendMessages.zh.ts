import type { extendEn } from './extendMessages.en'

/** 用模型扩展图片。 */
export const extendZh = {
  'extend.byModel': '由模型扩展：{preset}。此时忽略蒙版。',
  'prefill.label': '模型在新区域看到的内容',
  'prefill.edge': '边缘颜色',
  'prefill.gray': '灰色',
  'prefill.noise': '噪点',
  'prefill.device': '本机填充',
} satisfies Record<keyof typeof extendEn, string>
