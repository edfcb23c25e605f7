import type { Tool } from '../tool'
import { beginStroke } from './strokeTool'

/** A stroke that is filled with what surrounds it as soon as it ends; the mask stays as it is. */
export const removeTool: Tool = {
  id: 'remove',
  name: { en: 'Remove', zh: '移除' },
  help: {
    en: 'Paint over it; let go to remove it.',
    zh: '涂抹物体，松开后即移除。',
  },
  icon: 'M4 6h16a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2zM6 6v12M18 6v12M10 10h.01M14 10h.01M10 14h.01M14 14h.01',
  shortcut: 'j',
  cursor: 'brush',
  options: 'brush',
  begin(input, host) {
    const stroke = beginStroke('paint', input, host)
    return {
      move: (next) => stroke.move(next),
      finish() {
        host.fill(stroke.finish())
        return null
      },
    }
  },
}
