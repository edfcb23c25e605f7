/** Addresses of the modules that could not be fetched. */
const missed = new Set<string>()

/** Notes from now on which modules do not arrive. Call once, before any is asked for. */
export function noteMissedModules(): void {
  addEventListener('vite:preloadError', ({ payload }) => {
    // Chromium and Firefox name it in the error; Safari, which does not, fetches it again by itself.
    const [url] = /https?:\S+/.exec(payload.message) ?? []
    if (url) missed.add(url)
  })
}

/**
 * Many browsers never fetch a module again that has failed once: only a new page gets it.
 * @returns true where one can be fetched by now and the browser still refuses to import it
 */
export async function needsNewPage(): Promise<boolean> {
  const refusals = await Promise.all([...missed].map(isRefused))
  return refusals.includes(true)
}

async function isRefused(url: string): Promise<boolean> {
  try {
    await import(/* @vite-ignore */ url)
    missed.delete(url)
    return false
  } catch {
    const answer = await fetch(url, { cache: 'no-store' }).catch(() => null)
    return answer?.ok ?? false
  }
}
