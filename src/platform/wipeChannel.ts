import type * as wipe from './wipe'

/** A tab that deletes everything and is closed meanwhile leaves no other tab waiting longer than this, ms. */
const MAX_WAIT_MS = 10_000

type Step = 'begins' | 'done'

let opened: BroadcastChannel | null = null

function channel(): BroadcastChannel | null {
  if (typeof BroadcastChannel === 'undefined') return null
  opened ??= new BroadcastChannel('pentimento.wipe')
  return opened
}

/** Deletes all that the page keeps here, in this tab and the others, and starts each of them anew. */
export async function deleteEverything(): Promise<void> {
  const { deleteAll, startOver } = await import('./wipe')
  const tell = (step: Step) => channel()?.postMessage(step)
  tell('begins')
  await deleteAll()
  tell('done')
  startOver()
}

/** From now on this tab lets go when another one deletes everything. */
export async function obeyWipes(): Promise<void> {
  // Fetched ahead: a tab that had to wait for it could write what was just deleted.
  const loaded = await import('./wipe')
  channel()?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === 'begins' || data === 'done') obey(data, loaded)
  })
}

function obey(step: Step, { startOver, stopWriting }: Pick<typeof wipe, 'startOver' | 'stopWriting'>): void {
  stopWriting()
  if (step === 'done') startOver()
  else setTimeout(startOver, MAX_WAIT_MS)
}
