import type { revealEn } from './revealMessages.en'

export const revealZh: Readonly<Record<keyof typeof revealEn, string>> = {
  'reveal.from': '用此结果涂画',
  'reveal.restore': '恢复原图',
  'reveal.label': '显现画笔',
  'reveal.source': '涂画来源',
  'reveal.original': '原图',
  'reveal.output': '结果 {number}',
  'reveal.hint': '画笔涂入，橡皮擦擦回。',
  'reveal.done': '完成',
}
