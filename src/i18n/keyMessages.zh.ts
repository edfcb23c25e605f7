import type { keysEn } from './keyMessages.en'

export const keysZh = {
  'app.wheelZooms': '鼠标滚轮缩放',
  'keys.copy': '复制图片',
  'keys.export': '导出图片',
  'keys.prompt': '转到提示词',
} satisfies Readonly<Record<keyof typeof keysEn, string>>
