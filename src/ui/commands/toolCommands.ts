import { TOOLS } from '../../editor/toolRegistry'
import type { App } from '../../state/app'
import type { Command } from './command'

/** Each tool's letter, and the brush's keys. */
export const TOOL_COMMANDS = [
  ...TOOLS.map(
    (tool) =>
      ({
        id: `tool.${tool.id}`,
        name: tool.name,
        group: 'tools',
        keys: [tool.shortcut.toUpperCase()],
        // In Compare the eraser's letter goes back to Edit.
        views: tool.id === 'eraser' ? ['edit'] : ['edit', 'compare'],
        when: 'not typing',
        run: ({ tools, view }: App) => {
          view.showEdit()
          view.setFraming(null)
          tools.setTool(tool.id)
        },
      }) as const satisfies Command,
  ),
  {
    id: 'brush.smaller',
    name: 'keys.smaller',
    group: 'tools',
    keys: ['BracketLeft'],
    when: 'not typing',
    run: ({ tools }) => tools.stepSize(-1),
  },
  {
    id: 'brush.larger',
    name: 'keys.smaller',
    group: 'tools',
    keys: ['BracketRight'],
    when: 'not typing',
    run: ({ tools }) => tools.stepSize(1),
  },
  {
    id: 'brush.softer',
    name: 'keys.softer',
    group: 'tools',
    keys: ['Shift+BracketLeft'],
    when: 'not typing',
    run: ({ tools }) => tools.stepHardness(-10),
  },
  {
    id: 'brush.harder',
    name: 'keys.softer',
    group: 'tools',
    keys: ['Shift+BracketRight'],
    when: 'not typing',
    run: ({ tools }) => tools.stepHardness(10),
  },
  {
    id: 'brush.swap',
    name: 'keys.swap',
    group: 'tools',
    keys: ['X'],
    when: 'not typing',
    run: ({ tools }) => tools.swapBrush(),
  },
] as const satisfies readonly Command[]

/** The command that chooses a tool. */
export function toolCommand(toolId: string): Command {
  return TOOL_COMMANDS.find(({ id }) => id === `tool.${toolId}`)!
}
