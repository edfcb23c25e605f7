interface LaunchQueue {
  setConsumer(consume: (launch: { readonly files?: readonly FileSystemHandle[] }) => void): void
}

/** Hands over the file that the system has opened this window with, where the browser offers that. */
export function onLaunched(open: (file: File) => void): void {
  const queue = (globalThis as { launchQueue?: LaunchQueue }).launchQueue
  queue?.setConsumer(({ files = [] }) => {
    const [handle] = files
    if (handle?.kind === 'file') void (handle as FileSystemFileHandle).getFile().then(open)
  })
}
