import { nextTask } from './nextTask'

/**
 * Reads a stream to its end.
 * @param limit bytes; what is more is not read, and the stream is cancelled
 * @param tooLarge makes the error that is thrown then
 * @param onPart called with each part as it arrives
 */
export async function readAll(
  stream: ReadableStream<Uint8Array>,
  limit: number,
  tooLarge: () => Error,
  onPart?: (part: Uint8Array) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  const length = await readParts(stream, limit, tooLarge, (part) => {
    parts.push(part)
    onPart?.(part)
  })
  return joined(parts, length)
}

/** As `readAll`: no more than a slice of the stream is in the page's memory, the browser holds the rest. */
export async function readBlob(
  stream: ReadableStream<Uint8Array>,
  limit: number,
  tooLarge: () => Error,
): Promise<Blob> {
  const slices: Blob[] = []
  let parts: BlobPart[] = []
  let bytes = 0
  const cut = () => {
    slices.push(new Blob(parts))
    parts = []
    bytes = 0
  }
  await readParts(stream, limit, tooLarge, (part) => {
    if (bytes > 0 && bytes + part.length > SLICE_BYTES) cut()
    parts.push(part as Uint8Array<ArrayBuffer>)
    bytes += part.length
  })
  cut()
  return new Blob(slices)
}

/** @returns how many bytes there were */
async function readParts(
  stream: ReadableStream<Uint8Array>,
  limit: number,
  tooLarge: () => Error,
  onPart: (part: Uint8Array) => void,
): Promise<number> {
  const reader = stream.getReader()
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return length
    length += value.length
    if (length > limit) {
      // Not awaited: a stream that hangs must not hold the error back.
      reader.cancel().catch(() => {})
      throw tooLarge()
    }
    onPart(value)
  }
}

/** Bytes that are copied in one task: a few ms. */
export const SLICE_BYTES = 8 * 2 ** 20

/** A large answer is copied in several tasks. */
async function joined(parts: readonly Uint8Array[], length: number): Promise<Uint8Array<ArrayBuffer>> {
  const out = new Uint8Array(length)
  let at = 0
  let slice = 0
  for (const part of parts) {
    if (slice + part.length > SLICE_BYTES) {
      await nextTask()
      slice = 0
    }
    out.set(part, at)
    at += part.length
    slice += part.length
  }
  return out
}
