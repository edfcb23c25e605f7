import { chosenOutput, stepOutput } from '../../state/chosenOutput'
import { setPeek, showEdit } from '../../state/compareStore'
import { closeSheet, openDialog } from '../../state/dialogStore'
import { useEditor } from '../../state/editorStore'
import { adoptOutput, copyLink, downloadOutput } from '../../state/exportController'
import { startRun } from '../../state/runController'
import { undo, useSession } from '../../state/sessionStore'
import { actualSize, useViewport } from '../../state/viewportStore'
import type { Command } from './command'
import { isTyping } from './focus'
import { TOOL_COMMANDS } from './toolCommands'

const tools = () => useEditor.getState()
const editor = () => useSession.getState().editor

/** Every action that has keys: the bindings, the tooltips and the shortcuts dialog are drawn from here. */
export const COMMANDS = [
  ...TOOL_COMMANDS,
  {
    id: 'view.pan',
    name: 'keys.pan',
    group: 'view',
    keys: ['Space', 'Shift+Space'],
    when: 'not on a focused control',
    run: () => tools().holdHand(true),
    release: () => tools().holdHand(false),
  },
  {
    id: 'view.fit',
    name: 'view.fit',
    group: 'view',
    keys: ['Digit0'],
    when: 'not typing',
    run: () => useViewport.getState().set(null),
  },
  {
    id: 'view.actual',
    name: 'view.actual',
    group: 'view',
    keys: ['Digit1'],
    when: 'not typing',
    run: () => {
      const { source } = useSession.getState()
      if (source) actualSize(source.pixels)
    },
  },
  {
    id: 'view.peek',
    name: 'keys.peek',
    group: 'view',
    keys: ['Backslash'],
    when: 'not typing',
    run: () => setPeek(true),
    release: () => setPeek(false),
  },
  // Only in Edit: nothing changes a mask that is not shown.
  {
    id: 'edit.undo',
    name: 'edit.undo',
    group: 'mask',
    keys: ['$mod+KeyZ'],
    view: 'edit',
    when: 'not typing',
    run: undo,
  },
  {
    id: 'edit.redo',
    name: 'edit.redo',
    group: 'mask',
    keys: ['$mod+Shift+KeyZ', '$mod+KeyY'],
    view: 'edit',
    when: 'not typing',
    run: () => editor()?.redo(),
  },
  {
    id: 'mask.invert',
    name: 'mask.invert',
    group: 'mask',
    keys: ['KeyI'],
    view: 'edit',
    when: 'not typing',
    run: () => editor()?.apply({ kind: 'invert' }),
  },
  {
    id: 'mask.clear',
    name: 'mask.clear',
    group: 'mask',
    keys: ['Delete'],
    view: 'edit',
    when: 'not typing',
    enabled: () => editor()?.isEmpty === false,
    run: () => editor()?.apply({ kind: 'clear' }),
  },
  {
    id: 'mask.hide',
    name: 'mask.hide',
    group: 'mask',
    keys: ['KeyM'],
    when: 'not typing',
    run: () => tools().toggleMask(),
  },
  {
    id: 'run.start',
    name: 'run.run',
    group: 'run',
    keys: ['$mod+Enter'],
    when: 'anywhere',
    run: () => void startRun(),
  },
  {
    id: 'run.escape',
    name: 'keys.escape',
    group: 'run',
    keys: ['Escape'],
    when: 'anywhere',
    keepsDefault: true,
    run: () => {
      if (editor()?.cancel()) return
      closeSheet()
      if (!isTyping(document.activeElement)) showEdit()
    },
  },
  {
    id: 'compare.edit',
    name: 'compare.edit',
    group: 'run',
    keys: ['KeyE'],
    view: 'compare',
    when: 'not typing',
    run: showEdit,
  },
  {
    id: 'compare.previous',
    name: 'keys.step',
    group: 'run',
    keys: ['ArrowLeft'],
    view: 'compare',
    when: 'not typing',
    run: () => stepOutput(-1),
  },
  {
    id: 'compare.next',
    name: 'keys.step',
    group: 'run',
    keys: ['ArrowRight'],
    view: 'compare',
    when: 'not typing',
    run: () => stepOutput(1),
  },
  {
    id: 'output.keep',
    name: 'keys.keep',
    group: 'run',
    keys: ['Enter'],
    view: 'compare',
    when: 'not on a control',
    enabled: () => chosenOutput() !== null,
    run: () => {
      const chosen = chosenOutput()
      if (chosen) void adoptOutput(chosen.run, chosen.output, true)
    },
  },
  {
    id: 'output.save',
    name: 'keys.save',
    group: 'run',
    keys: ['KeyS'],
    view: 'compare',
    when: 'not on a control',
    enabled: () => chosenOutput() !== null,
    run: () => {
      const chosen = chosenOutput()
      if (chosen) void downloadOutput(chosen.run, chosen.output)
    },
  },
  {
    id: 'share.copy',
    name: 'share.copy',
    group: 'run',
    keys: ['$mod+Shift+KeyL'],
    when: 'anywhere',
    run: () => void copyLink(),
  },
  {
    id: 'app.shortcuts',
    name: 'app.shortcuts',
    group: 'run',
    keys: ['?', 'Shift+?'],
    when: 'not typing',
    run: () => openDialog('shortcuts'),
  },
] as const satisfies readonly Command[]

export type CommandId = (typeof COMMANDS)[number]['id']

const BY_ID = new Map<string, Command>(COMMANDS.map((command) => [command.id, command]))

export function commandById(id: CommandId): Command {
  return BY_ID.get(id)!
}
