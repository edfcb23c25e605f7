import { IS_MAC } from './command'

/** What a keyboard event tells of the key that was pressed. */
export type KeyPress = Pick<
  KeyboardEvent,
  'code' | 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'getModifierState'
>

/** Keys that lie beside one another whatever they type: a layout without `[` has a key in its place. */
const BY_PLACE = /^(?:Digit\d|Bracket(?:Left|Right)|Backslash|Space)$/

/**
 * The names by which a command may list the pressed key, as `$mod+Shift+Z`, the likeliest first. A letter is the one that
 * the layout types, so that Undo is the key that says Z; where a layout types no Latin letters it is the letter of the
 * same place on a US keyboard. Digits, brackets, the backslash and Space are places; anything else is what it types.
 * @param mac whether `$mod` is Command; otherwise it is Control
 * @returns none where Alt, or the other of Control and Command, is held: no command has these
 */
export function keyNames(press: KeyPress, mac = IS_MAC): readonly string[] {
  const { code, key, ctrlKey, metaKey, altKey, shiftKey } = press
  if (altKey || (mac ? ctrlKey : metaKey) || press.getModifierState('AltGraph')) return []
  const mod = (mac ? metaKey : ctrlKey) ? '$mod+' : ''
  const shift = shiftKey ? 'Shift+' : ''
  const letter = letterOf(code, key)
  if (letter !== null) return [`${mod}${shift}${letter}`]
  const names: string[] = []
  if (BY_PLACE.test(code)) names.push(`${mod}${shift}${code}`)
  // Shift is part of typing a sign, and of a digit where letters with accents lie on its key.
  if (/^\d$/.test(key)) names.push(`${mod}Digit${key}`)
  else if (key.length === 1) names.push(`${mod}${key}`)
  else names.push(`${mod}${shift}${key}`)
  return names
}

/** @returns the letter A to Z that a key stands for; null where it stands for none */
function letterOf(code: string, key: string): string | null {
  if (/^[a-z]$/i.test(key)) return key.toUpperCase()
  // An input method tells no letter.
  const isForeign = key === 'Process' || key === 'Unidentified' || !/[\p{Script=Latin}\x20-\x7e]/u.test(key)
  return isForeign ? (/^Key([A-Z])$/.exec(code)?.[1] ?? null) : null
}
