/** Tells the other tabs of this page which runs there are: each has its list, and takes over what a closed one leaves. */
let opened: BroadcastChannel | null | undefined

function channel(): BroadcastChannel | null {
  if (opened === undefined) {
    opened = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('pentimento.runs')
  }
  return opened
}

export function tellTabs(runId: string): void {
  channel()?.postMessage({ run: runId })
}

/** @param callback gets the ids of runs that other tabs have written to disk; a message without an id is dropped */
export function onRunOfOtherTab(callback: (runId: string) => void): void {
  channel()?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const id = typeof data === 'object' && data !== null && 'run' in data ? data.run : null
    if (typeof id === 'string' && /^[\da-f-]{36}$/.test(id)) callback(id)
  })
}
