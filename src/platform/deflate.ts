import { AppError } from '../core/errors'
import { readAll } from './readAll'

/** @returns a zlib stream (RFC 1950), as PNG needs it */
export function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return through(bytes, new CompressionStream('deflate'), Infinity)
}

/** @returns bare deflate (RFC 1951), for links */
export function deflateRaw(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return through(bytes, new CompressionStream('deflate-raw'), Infinity)
}

/**
 * Inflates bare deflate (RFC 1951).
 * @param limit bytes of the result: a few bytes can inflate to any size
 * @throws AppError `share/unreadable` for damaged bytes, `share/too-large` over the limit
 */
export async function inflateRaw(
  bytes: Uint8Array<ArrayBuffer>,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await through(bytes, new DecompressionStream('deflate-raw'), limit)
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('share/unreadable', { cause })
  }
}

/**
 * Inflates a zlib stream (RFC 1950).
 * @param limit bytes of the result
 * @throws where it is damaged or over the limit
 */
export function inflate(bytes: Uint8Array<ArrayBuffer>, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  return through(bytes, new DecompressionStream('deflate'), limit)
}

/** The same piece by piece, as both sides can take them. @throws where it is damaged */
export async function* inflatePieces(
  pieces: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array> {
  const source = pieces[Symbol.asyncIterator]()
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await source.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
  })
  const reader = stream.pipeThrough(new DecompressionStream('deflate')).getReader()
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value
  } finally {
    // Where reading failed, that is thrown already.
    await reader.cancel().catch(() => {})
  }
}

function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: GenericTransformStream,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const source = new Blob([bytes]).stream().pipeThrough(stream)
  return readAll(source, limit, () => new AppError('share/too-large'))
}
