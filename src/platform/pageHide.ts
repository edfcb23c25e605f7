/** Calls back when the page is closed or left for good. @returns a function that stops it */
export function onPageHide(callback: () => void): () => void {
  const listener = (event: PageTransitionEvent) => {
    if (!event.persisted) callback()
  }
  globalThis.addEventListener('pagehide', listener)
  return () => globalThis.removeEventListener('pagehide', listener)
}
