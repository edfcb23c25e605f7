/** Calls back when the page is closed or left for good. @returns takes the callback back */
export function onPageEnd(callback: () => void): () => void {
  const listener = (event: PageTransitionEvent) => {
    if (!event.persisted) callback()
  }
  globalThis.addEventListener('pagehide', listener)
  return () => globalThis.removeEventListener('pagehide', listener)
}
