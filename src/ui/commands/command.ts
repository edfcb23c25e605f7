import type { LocalizedText } from '../../core/localizedText'
import type { App } from '../../state/app'
import type { MessageKey } from '../../i18n/translate'

/** Where the focus may be for a command's keys to work. No key works while a dialog is open. */
export type CommandFocus =
  | 'anywhere'
  /** Not in a text field or a select, whose keys are its own. */
  | 'not typing'
  /** Also not on a button or link, which Enter presses. */
  | 'not on a control'
  /** Also not on a button or link focused by keyboard, which Space presses; a clicked one does not count. */
  | 'not on a focused control'

/** One action of the page that has keys. */
export interface Command {
  readonly id: string
  /** Commands with the same name share a row of the shortcuts dialog. */
  readonly name: MessageKey | LocalizedText
  readonly group: 'tools' | 'view' | 'mask' | 'run'
  /** In tinykeys' syntax. Letters are physical keys, at the same place in every layout. */
  readonly keys: readonly string[]
  /** The only view in which its keys work; left out, they work in both. */
  readonly view?: 'edit' | 'compare' | undefined
  readonly when: CommandFocus
  /** If it returns false, the browser keeps the key. */
  readonly enabled?: (app: App) => boolean
  readonly run: (app: App) => void
  /** Ends a held command when its key is released or the page loses the focus. */
  readonly release?: (app: App) => void
  /** Does not prevent the browser's own action. */
  readonly keepsDefault?: boolean
}

/** How parts of a key are shown; other parts are shown as they are. */
const SHOWN: Readonly<Record<string, string>> = {
  $mod: 'Ctrl',
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Escape: 'Esc',
  ArrowLeft: '←',
  ArrowRight: '→',
}
/** Names of the same parts in `aria-keyshortcuts`. */
const SPOKEN: Readonly<Record<string, string>> = {
  $mod: 'Control',
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
}

function partsOf(key: string, names: Readonly<Record<string, string>>): readonly string[] {
  return key.split('+').map((part) => names[part] ?? part.replace(/^(?:Key|Digit)/, ''))
}

/** Whether to show the key: `Shift+?` only repeats `?`, which keyboards type with Shift. */
function isShown(key: string, { keys }: Command): boolean {
  return !key.startsWith('Shift+') || !keys.includes(key.slice('Shift+'.length))
}

/** @returns each of the command's keys as its parts, such as `['Ctrl', 'Z']` */
export function shownKeys(command: Command): readonly (readonly string[])[] {
  return command.keys.filter((key) => isShown(key, command)).map((key) => partsOf(key, SHOWN))
}

/** @returns a command's keys as props of a control: for the tooltip, and for screen readers */
export function keyProps(command: Command): { keys: string; 'aria-keyshortcuts': string } {
  return {
    keys: shownKeys(command)[0].join('+'),
    'aria-keyshortcuts': command.keys.map((key) => partsOf(key, SPOKEN).join('+')).join(' '),
  }
}
