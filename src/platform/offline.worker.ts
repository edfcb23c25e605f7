import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching'
import { registerRoute } from 'workbox-routing'
import { CacheFirst } from 'workbox-strategies'
import { LATER_FILES, OWN_FILES } from 'virtual:own-files'

/** What a service worker has besides a page's globals. */
interface ServiceWorkerScope {
  skipWaiting(): Promise<void>
  addEventListener(
    kind: 'activate',
    listener: (event: { waitUntil(work: Promise<unknown>): void }) => void,
  ): void
  addEventListener(kind: 'message', listener: (event: { readonly data: unknown }) => void): void
}

const LATER_CACHE = 'pentimento-later'
const scope = globalThis as unknown as ServiceWorkerScope
const later = new Set(LATER_FILES.map((url) => new URL(url, location.href).href))

/** Drops what an earlier build kept and this one does not have. */
async function sweepLater(): Promise<void> {
  const cache = await caches.open(LATER_CACHE)
  const gone = (await cache.keys()).filter(({ url }) => !later.has(url))
  await Promise.all(gone.map((request) => cache.delete(request)))
}

// Nothing but the build's own files is ever cached or answered: requests to backends pass by.
cleanupOutdatedCaches()
// A link's query is the page's to read.
precacheAndRoute(OWN_FILES, { ignoreURLParametersMatching: [/./], cleanURLs: false })
registerRoute(({ url }) => later.has(url.href), new CacheFirst({ cacheName: LATER_CACHE }))

scope.addEventListener('activate', (event) => event.waitUntil(sweepLater()))
// Only a page that is asked to reload says this: open work keeps the version that it began with.
scope.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void scope.skipWaiting()
})
