import { AppError } from '../core/errors'

interface LaunchQueue {
  setConsumer(consume: (launch: { readonly files?: readonly FileSystemHandle[] }) => void): void
}

/**
 * Hands over the file that the system has opened this window with, where the browser offers that.
 * @param onError gets AppError `image/unreadable` where the file is gone, or may not be read
 */
export function onLaunched(open: (file: File) => void, onError: (error: AppError) => void): void {
  const queue = (globalThis as { launchQueue?: LaunchQueue }).launchQueue
  queue?.setConsumer(({ files = [] }) => {
    const [handle] = files
    if (handle?.kind !== 'file') return
    const { name } = handle
    const fail = (cause: unknown) => onError(new AppError('image/unreadable', { params: { name }, cause }))
    void (handle as FileSystemFileHandle).getFile().then(open, fail)
  })
}
