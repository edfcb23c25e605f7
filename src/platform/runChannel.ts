/** Tells the other tabs of this page which runs there are: each has its list, and takes over what a closed one leaves. */
let opened: BroadcastChannel | null | undefined

function channel(): BroadcastChannel | null {
  if (opened === undefined) {
    opened = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('pentimento.runs')
  }
  return opened
}

/** @param runIds of runs that are written to disk, or deleted there */
export function tellTabs(runIds: readonly string[]): void {
  channel()?.postMessage({ runs: runIds })
}

/** @param callback gets the ids of runs that another tab has written or deleted; what is no id is dropped */
export function onRunsOfOtherTab(callback: (runIds: readonly string[]) => void): void {
  channel()?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const ids: unknown = typeof data === 'object' && data !== null && 'runs' in data ? data.runs : null
    if (!Array.isArray(ids)) return
    const known = ids.filter((id): id is string => typeof id === 'string' && /^[\da-f-]{36}$/.test(id))
    if (known.length > 0) callback(known)
  })
}
