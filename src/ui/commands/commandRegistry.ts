import type { Command } from './command'
import { KEY_COMMANDS } from './keyCommands'
import { PAGE_COMMANDS } from './pageCommands'
import { TOOL_COMMANDS } from './toolCommands'

/** Every action that has keys: the bindings, the tooltips and the shortcuts dialog are drawn from here. */
export const COMMANDS: readonly Command[] = [...TOOL_COMMANDS, ...PAGE_COMMANDS, ...KEY_COMMANDS]
