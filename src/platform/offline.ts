import { ownScriptUrl } from './trustedTypes'

/** Gap between two checks for a new version, ms. */
const CHECK_GAP_MS = 60 * 60_000

/** The first picture and the first strokes go before the page's own files, ms. */
const REST_MS = 3000

/** The version that waits; null before there is one. */
let waiting: ServiceWorker | null = null

/**
 * Keeps the page's own files for visits without a network. Checks for a new version at each visit, and when the page is
 * looked at again.
 * @param onUpdate called when a new version is stored: it starts with `startUpdate`, or once all tabs are closed
 */
export async function keepOffline(onUpdate: () => void): Promise<void> {
  // Browsers have none outside https, and refuse it where storage is blocked: then the page needs a network.
  if (!('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  await new Promise((resolve) => setTimeout(resolve, REST_MS))
  const url = ownScriptUrl(`${import.meta.env.BASE_URL}sw.js`)
  const registration = await serviceWorker.register(url).catch(() => null)
  if (!registration) return
  const offer = (worker: ServiceWorker | null) => {
    // The first version ever replaces none.
    if (worker?.state !== 'installed' || !serviceWorker.controller) return
    waiting = worker
    onUpdate()
  }
  offer(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const { installing } = registration
    installing?.addEventListener('statechange', () => offer(installing))
  })
  let checked = performance.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || performance.now() - checked < CHECK_GAP_MS) return
    checked = performance.now()
    // Without a network the next look will do.
    registration.update().catch(() => {})
  })
}

/** Reloads the page in the new version; what is open comes back from the draft. */
export async function startUpdate(): Promise<void> {
  // Another tab has started it.
  if (waiting?.state !== 'installed') {
    location.reload()
    return
  }
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting.postMessage('take-over')
}
