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
  const reader = stream.getReader()
  const parts: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > limit) {
      // Not awaited: a stream that hangs must not hold the error back.
      reader.cancel().catch(() => {})
      throw tooLarge()
    }
    parts.push(value)
    onPart?.(value)
  }
  return joined(parts, length)
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
