import type { keysEn } from './keyMessages.en'

export const keysZh = {
  'app.wheelZooms': '鼠标滚轮缩放',
  'message.label': '消息',
  'skip.label': '跳转链接',
  'skip.canvas': '跳到画布',
  'skip.form': '跳到设置',
  'skip.outputs': '跳到结果',
  'run.outputs': '结果：{count} 个。',
  'keys.copy': '复制图片',
  'keys.export': '导出图片',
  'keys.prompt': '转到提示词',
} satisfies Readonly<Record<keyof typeof keysEn, string>>
