import { sealDatabase } from './database'
import { sealNotes } from './notesSeal'
import { askBeforeLeaving } from './pageHide'

/** A database that another page holds open is deleted once that page lets go; nobody waits longer than this, ms. */
const MAX_WAIT_MS = 5000

/** From now on this page writes nothing: what is open in it goes with the rest. */
export function stopWriting(): void {
  askBeforeLeaving(false)
  sealDatabase()
  sealNotes()
  sessionStorage.clear()
}

/** Starts the page anew, without query and fragment. */
export function startOver(): void {
  location.replace(location.pathname)
}

/** Deletes everything that this page keeps in the browser. Never rejects: each part goes, whatever becomes of the others. */
export async function deleteAll(): Promise<void> {
  stopWriting()
  localStorage.clear()
  await Promise.allSettled([deleteDatabases(), deleteCaches(), deleteFiles(), forgetWorkers()])
  // What a store has written meanwhile.
  localStorage.clear()
}

async function deleteDatabases(): Promise<void> {
  const listed = 'databases' in indexedDB ? await indexedDB.databases() : [{ name: 'pentimento' }]
  await Promise.all(listed.flatMap(({ name }) => (name === undefined ? [] : [deleteDatabase(name)])))
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, MAX_WAIT_MS)
    const request = indexedDB.deleteDatabase(name)
    request.addEventListener('success', () => resolve())
    request.addEventListener('error', () => resolve())
  })
}

async function deleteCaches(): Promise<void> {
  await Promise.all((await caches.keys()).map((key) => caches.delete(key)))
}

async function deleteFiles(): Promise<void> {
  const root = await navigator.storage.getDirectory()
  for await (const name of root.keys()) await root.removeEntry(name, { recursive: true })
}

/** The service worker comes back with the next visit. */
async function forgetWorkers(): Promise<void> {
  const registrations = await navigator.serviceWorker.getRegistrations()
  await Promise.all(registrations.map((registration) => registration.unregister()))
}
