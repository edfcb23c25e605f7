import type { Tool } from '../tool'

/** Moves the view with the pointer; space and the middle button use it too. */
export const handTool: Tool = {
  id: 'hand',
  name: { en: 'Hand', zh: '抓手' },
  help: {
    en: 'Drag to move the picture. Holding Space does so in any tool.',
    zh: '拖动以移动图片。使用其他工具时可按住空格。',
  },
  icon: 'M18 11V6a2 2 0 0 0-4 0M14 10V4a2 2 0 0 0-4 0v2M10 10.5V6a2 2 0 0 0-4 0v8M18 8a2 2 0 1 1 4 0v6a8 8 0 0 1-8 8h-2c-2.8 0-4.5-.86-5.99-2.34l-3.6-3.6a2 2 0 0 1 2.83-2.82L7 15',
  shortcut: 'h',
  cursor: 'grab',
  navigates: true,
  begin(input, host) {
    let last = input.screen
    return {
      move({ screen }) {
        host.pan(screen.x - last.x, screen.y - last.y)
        last = screen
      },
      finish: () => null,
    }
  },
}
