import { areaMode, type Tool } from '../tool'

/** Selects by colour: adds the pixels that are like the one under the pointer. */
export const wandTool: Tool = {
  id: 'wand',
  name: { en: 'Magic wand', zh: '魔棒' },
  help: {
    en: 'Click to select similar colours. Alt subtracts.',
    zh: '单击颜色，选中相近的部分。Alt 为减去。',
  },
  icon: 'M15 4V2M15 16v-2M8 9h2M20 9h2M17.800 11.800 19 13M17.800 6.200 19 5M3 21l9-9M12.200 6.200 11 5',
  shortcut: 'w',
  cursor: 'cross',
  options: 'wand',
  usesPicture: 'color',
  begin(input, host) {
    return {
      move: () => {},
      finish: () => host.select('color', [input.point], areaMode(input)),
    }
  },
}
