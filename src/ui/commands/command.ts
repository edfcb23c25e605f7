import type { LocalizedText } from '../../core/localizedText'
import type { MessageKey } from '../../i18n/translate'

/** Where the focus may be for a command's keys to work; in an open dialog none does. */
export type CommandFocus =
  | 'anywhere'
  /** Not in a text field or a select, whose keys are its own. */
  | 'not typing'
  /** Nor on a button or link, which Enter presses. */
  | 'not on a control'
  /** Nor on a button or link that the keyboard focused, which Space presses; one that was clicked is not in the way. */
  | 'not on a focused control'

/** One action of the page that has keys. */
export interface Command {
  readonly id: string
  /** Commands of one name share a row of the shortcuts dialog. */
  readonly name: MessageKey | LocalizedText
  readonly group: 'tools' | 'view' | 'mask' | 'run'
  /** In tinykeys' syntax; letters by their physical key, so that other layouts keep the hand where it is. */
  readonly keys: readonly string[]
  /** The view whose keys it has; both where it is left out. */
  readonly view?: 'edit' | 'compare' | undefined
  readonly when: CommandFocus
  /** False leaves the key to the browser; always true where it is left out. */
  readonly enabled?: () => boolean
  readonly run: () => void
  /** Undoes `run` when the key goes up or the page loses the focus. */
  readonly release?: () => void
  /** The browser's own action for the key goes on. */
  readonly keepsDefault?: boolean
}

/** The parts of a key as shown; what is left out is shown as it is. */
const SHOWN: Readonly<Record<string, string>> = {
  $mod: 'Ctrl',
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Escape: 'Esc',
  ArrowLeft: '←',
  ArrowRight: '→',
}
/** The same for `aria-keyshortcuts`, which has names of its own. */
const SPOKEN: Readonly<Record<string, string>> = {
  $mod: 'Control',
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
}

function partsOf(key: string, names: Readonly<Record<string, string>>): readonly string[] {
  return key.split('+').map((part) => names[part] ?? part.replace(/^(?:Key|Digit)/, ''))
}

/** Keys that another one of the command says as well: `Shift+?` is how a keyboard types `?`. */
function isSaid(key: string, { keys }: Command): boolean {
  return !key.startsWith('Shift+') || !keys.includes(key.slice('Shift+'.length))
}

/** @returns each of the command's keys as its parts, such as `['Ctrl', 'Z']` */
export function shownKeys(command: Command): readonly (readonly string[])[] {
  return command.keys.filter((key) => isSaid(key, command)).map((key) => partsOf(key, SHOWN))
}

/** The props of a control that does what a command does: its keys for the tooltip and for screen readers. */
export function keyProps(command: Command): { keys: string; 'aria-keyshortcuts': string } {
  return {
    keys: shownKeys(command)[0].join('+'),
    'aria-keyshortcuts': command.keys.map((key) => partsOf(key, SPOKEN).join('+')).join(' '),
  }
}
