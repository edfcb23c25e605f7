import type { Tool } from '../tool'
import { beginStroke } from './strokeTool'

/** A stroke that is filled with what surrounds it as soon as it ends; the mask stays as it is. */
export const removeTool: Tool = {
  id: 'remove',
  name: { en: 'Remove', zh: '移除' },
  help: {
    en: 'Paint over a thing: it goes when you let go.',
    zh: '涂抹物体，松开后即移除。',
  },
  icon: 'M10 2v4M10 14v4M2 10h4M14 10h4M4.3 4.3l2.9 2.9M4.3 15.7l2.9-2.9M15.7 4.3l-2.9 2.9M13 13l8 8',
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
