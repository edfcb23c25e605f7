import type { CommandFocus } from './command'

/** @returns whether letters typed on the element are text, or choose an option */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.matches('textarea, select')) return true
  return (
    target instanceof HTMLInputElement &&
    !['checkbox', 'radio', 'range', 'button', 'submit'].includes(target.type)
  )
}

/** @returns whether text of the page is selected, which Copy then means */
export function hasSelectedText(): boolean {
  return document.getSelection()?.isCollapsed === false
}

/** Controls that take a key which commands have too. */
const TAKING: Readonly<Record<string, string | undefined>> = {
  Enter: 'button, a, summary',
  ' ': 'button, summary, input',
  ArrowLeft: 'input, [role=slider], [role=radio]',
  ArrowRight: 'input, [role=slider], [role=radio]',
}

/** @returns how the focus came to where it is: `pointed()` is true where a pointer has put it there */
export function watchPointing(signal: AbortSignal): () => boolean {
  let isPointing = false
  let pointed = false
  const options = { signal, capture: true }
  addEventListener(
    'pointerdown',
    () => {
      isPointing = pointed = true
    },
    options,
  )
  addEventListener(
    'keydown',
    ({ key }) => {
      // The keys that move the focus.
      if (key === 'Tab' || key.startsWith('Arrow')) isPointing = false
    },
    options,
  )
  addEventListener(
    'focusin',
    () => {
      pointed = isPointing
    },
    options,
  )
  return () => pointed
}

/**
 * @param pointed whether the focus came by a pointer: a button that was clicked does not take keys from the editor
 * @returns whether a command for `when` may take the key
 */
export function mayTake(
  when: CommandFocus,
  { target, key }: Pick<KeyboardEvent, 'target' | 'key'>,
  pointed: boolean,
): boolean {
  if (document.querySelector('dialog[open], [role=menu]')) return false
  if (when === 'anywhere') return true
  if (isTyping(target)) return false
  if (when === 'not typing' || !(target instanceof HTMLElement)) return true
  const taking = TAKING[key]
  const control = taking === undefined ? null : target.closest(taking)
  // A slider keeps its arrows: they set what the pointer could not.
  return control === null || (pointed && !control.matches('[type=range], [role=slider]'))
}
