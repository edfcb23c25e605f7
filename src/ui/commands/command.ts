import type { LocalizedText } from '../../core/localizedText'
import type { App } from '../../state/app'
import type { ViewName } from '../../state/shell/view'
import type { MessageKey } from '../../i18n/translate'

/** Where the focus may be for a command's keys to work. No key works while a dialog or a menu is open. */
export type CommandFocus =
  | 'anywhere'
  /** Not in a text field or a select, whose keys are its own. */
  | 'not typing'
  /** Also not on a control that was reached by keyboard and takes the key itself: Space presses a button. */
  | 'not on a control'

/** One action of the page that has keys. */
export interface Command {
  readonly id: string
  /** Commands with the same name share a row of the shortcuts dialog. */
  readonly name: MessageKey | LocalizedText
  readonly group: 'tools' | 'view' | 'mask' | 'picture' | 'run'
  /** As `keyNames` spells them, the one to show first. */
  readonly keys: readonly string[]
  /** The only views in which its keys work; left out, they work in all. */
  readonly views?: readonly ViewName[] | undefined
  readonly when: CommandFocus
  /** If it returns false, the browser keeps the key. */
  readonly enabled?: (app: App) => boolean
  readonly run: (app: App) => void
  /** Ends a held command when its key is released or the page loses the focus. */
  readonly release?: (app: App) => void
  /** Does not prevent the browser's own action. */
  readonly keepsDefault?: boolean
}

/** On a Mac, Command stands where others have Control. */
export const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform)

/** How parts of a key are shown; other parts are shown as they are. */
const SHOWN: Readonly<Record<string, string>> = {
  $mod: IS_MAC ? '⌘' : 'Ctrl',
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Escape: 'Esc',
  ArrowLeft: '←',
  ArrowRight: '→',
}
/** Names of the same parts in `aria-keyshortcuts`. */
const SPOKEN: Readonly<Record<string, string>> = {
  $mod: IS_MAC ? 'Meta' : 'Control',
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  '+': 'Plus',
}

/** A plus at the end is the key of that name. */
function partsOf(key: string, names: Readonly<Record<string, string>>): readonly string[] {
  return key.split(/\+(?!$)/).map((part) => names[part] ?? part.replace(/^Digit/, ''))
}

/** @returns each of the command's keys as its parts, such as `['Ctrl', 'Z']` */
export function shownKeys(command: Command): readonly (readonly string[])[] {
  return command.keys.map((key) => partsOf(key, SHOWN))
}

/** @returns a command's keys as props of a control: for the tooltip, and for screen readers */
export function keyProps(command: Command): { keys: string; 'aria-keyshortcuts': string } {
  return {
    keys: shownKeys(command)[0].join('+'),
    'aria-keyshortcuts': command.keys.map((key) => partsOf(key, SPOKEN).join('+')).join(' '),
  }
}
