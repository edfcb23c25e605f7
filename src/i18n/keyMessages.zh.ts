import type { keysEn } from './keyMessages.en'

export const keysZh = {
  'keys.picture': '图片',
  'keys.twoFingers': '双指滑动',
  'keys.pinch': '双指捏合',
  'keys.copy': '复制图片',
  'keys.export': '导出图片',
  'keys.prompt': '转到提示词',
} satisfies Readonly<Record<keyof typeof keysEn, string>>
