/** Tells the other tabs of this page which runs there are: each keeps its list, and takes over what a closed one leaves. */
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('pentimento.runs')

export function tellTabs(runId: string): void {
  channel?.postMessage({ run: runId })
}

/** @param callback told of runs that other tabs have written to disk; what is no id is dropped */
export function onToldOfRuns(callback: (runId: string) => void): void {
  channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const id = typeof data === 'object' && data !== null && 'run' in data ? data.run : null
    if (typeof id === 'string' && /^[\da-f-]{36}$/.test(id)) callback(id)
  })
}
