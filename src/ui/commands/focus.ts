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

/** Controls that a pointer pressed last, and no key has come to since. */
const clicked = new WeakSet<Element>()

/** Notes which controls are clicked: one that was clicked leaves its keys to the editor. */
export function watchClicks(signal: AbortSignal): void {
  let byKey = false
  const options = { signal, capture: true }
  addEventListener(
    'pointerdown',
    ({ target }) => {
      byKey = false
      const element = target instanceof Element ? target : null
      const control = element?.closest('label')?.control ?? element?.closest('button, a, summary, input')
      if (control) clicked.add(control)
    },
    options,
  )
  addEventListener(
    'keydown',
    ({ key }) => {
      byKey = key === 'Tab' || key.startsWith('Arrow')
    },
    options,
  )
  addEventListener(
    'focusin',
    ({ target }) => {
      if (byKey && target instanceof Element) clicked.delete(target)
    },
    options,
  )
}

/** The focus goes from what was taken away to what comes in its place, which counts as clicked where that did. */
export function takeFocusFrom(lost: Element, next: HTMLElement): void {
  if (clicked.has(lost)) clicked.add(next)
  next.focus({ preventScroll: true })
}

/** @returns whether a command for `when` may take the key */
export function mayTake(when: CommandFocus, { target, key }: Pick<KeyboardEvent, 'target' | 'key'>): boolean {
  if (document.querySelector('dialog[open], [role=menu]')) return false
  if (when === 'anywhere') return true
  if (isTyping(target)) return false
  if (when === 'not typing' || !(target instanceof HTMLElement)) return true
  const taking = TAKING[key]
  const control = taking === undefined ? null : target.closest(taking)
  // A slider keeps its arrows: they set what the pointer could not.
  return control === null || (clicked.has(control) && !control.matches('[type=range], [role=slider]'))
}
