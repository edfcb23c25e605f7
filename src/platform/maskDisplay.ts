import type { DisplayMessage } from '../core/mask/display/displayMessage'
// The bundler makes this default export: the worker's address.
// oxlint-disable-next-line import/default
import displayWorkerUrl from './maskDisplay.worker.ts?worker&url'
import { startModuleWorker } from './trustedTypes'

export interface MaskDisplayEvents {
  /** What `show` asked for last is on the screen. */
  shown(): void
  /** The worker is gone: its canvas changes no more. */
  failed(): void
}

/** A canvas that a worker paints. */
export interface MaskDisplayWorker {
  /** @param transfer buffers that the worker gets */
  send(message: DisplayMessage, transfer: Transferable[]): void
  end(): void
}

/** Starts a worker that paints a mask into a canvas. @param isStill the outline does not move */
export async function openMaskDisplay(
  canvas: OffscreenCanvas,
  isStill: boolean,
  events: MaskDisplayEvents,
): Promise<MaskDisplayWorker> {
  const worker = startModuleWorker(displayWorkerUrl)
  worker.addEventListener('message', () => events.shown())
  worker.addEventListener('error', (event) => {
    event.preventDefault()
    worker.terminate()
    events.failed()
  })
  const send = (message: DisplayMessage, transfer: Transferable[]) => worker.postMessage(message, transfer)
  send({ kind: 'open', canvas, isStill }, [canvas])
  return { send, end: () => worker.terminate() }
}
