import { nextTask } from './nextTask'
import { SLICE_BYTES } from './readAll'

/** A blob of bytes: the browser copies all that it is handed at once, so large ones are handed over in slices. */
export async function blobOf(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Blob> {
  const slices: Blob[] = []
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    if (at > 0) await nextTask()
    slices.push(new Blob([bytes.subarray(at, at + SLICE_BYTES)]))
  }
  return new Blob(slices, { type })
}
