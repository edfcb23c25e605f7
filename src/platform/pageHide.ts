/** Calls back when the page is closed or left, also where it may come back as it is. */
export function onPageLeft(callback: () => void): void {
  globalThis.addEventListener('pagehide', callback)
}

/** Calls back when the page is closed or left for good. @returns a function that stops it */
export function onPageHide(callback: () => void): () => void {
  const listener = (event: PageTransitionEvent) => {
    if (!event.persisted) callback()
  }
  globalThis.addEventListener('pagehide', listener)
  return () => globalThis.removeEventListener('pagehide', listener)
}

/** While on, the browser asks before the page is left or reloaded, in words of its own. */
export function askBeforeLeaving(on: boolean): void {
  // Without need of it there is no listener: one keeps a page out of the back/forward cache.
  if (on) globalThis.addEventListener('beforeunload', hold)
  else globalThis.removeEventListener('beforeunload', hold)
}

function hold(event: BeforeUnloadEvent): void {
  event.preventDefault()
}
