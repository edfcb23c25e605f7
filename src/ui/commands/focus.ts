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

/** @returns whether a command for `when` may take a key that was pressed on `target` */
export function mayTake(when: CommandFocus, target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]')) return false
  if (when === 'anywhere') return true
  if (isTyping(target)) return false
  if (when === 'not typing' || !(target instanceof HTMLElement)) return true
  const control = target.closest('button, a, summary, select')
  return when === 'not on a control' ? control === null : control?.matches(':focus-visible') !== true
}
