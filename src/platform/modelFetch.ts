import { AppError, isAbort } from '../core/errors'
import { fileNameOf } from './fileName'

interface FetchProgress {
  readonly bytes: number
  /** null where the server does not say. */
  readonly total: number | null
}

/** Parts are joined at this size: the browser may move what is joined out of memory, bytes. */
const JOIN = 32 * 2 ** 20

/**
 * Downloads a model's file. Its site must allow it by CORS; nothing of the user's is sent.
 * @param text an https address as a user writes it
 * @throws AppError `onnx/url-invalid`, `onnx/url-failed`, `onnx/url-status`, `onnx/too-large`; AbortError
 */
export async function fetchModel(
  text: string,
  limitBytes: number,
  signal: AbortSignal,
  report: (progress: FetchProgress) => void,
): Promise<{ file: Blob; name: string }> {
  const url = addressOf(text)
  const name = fileNameOf(url)
  try {
    const answer = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer', signal })
    const { status, body, headers } = answer
    if (status !== 200 || !body) {
      await body?.cancel()
      throw new AppError('onnx/url-status', { params: { origin: url.origin, status } })
    }
    const length = Number(headers.get('content-length'))
    const total = length > 0 && !headers.has('content-encoding') ? length : null
    const file = await readParts(body, (bytes) => {
      if (Math.max(bytes, total ?? 0) > limitBytes) throw new AppError('onnx/too-large', { params: { name } })
      report({ bytes, total })
    })
    return { file, name }
  } catch (cause) {
    if (cause instanceof AppError || isAbort(cause)) throw cause
    throw new AppError('onnx/url-failed', { params: { origin: url.origin }, cause })
  }
}

async function readParts(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  report: (bytes: number) => void,
): Promise<Blob> {
  const reader = body.getReader()
  let joined = new Blob()
  let parts: Uint8Array<ArrayBuffer>[] = []
  let [bytes, loose] = [0, 0]
  try {
    for (;;) {
      report(bytes)
      const { done, value } = await reader.read()
      if (done) return new Blob([joined, ...parts])
      parts.push(value)
      bytes += value.length
      loose += value.length
      if (loose < JOIN) continue
      joined = new Blob([joined, ...parts])
      parts = []
      loose = 0
    }
  } finally {
    // Where it is left early, the download ends.
    reader.cancel().catch(() => {})
  }
}

/** By https, or from this machine. */
function addressOf(text: string): URL {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null
  const isLocal = url?.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname)
  if (!url || !(url.protocol === 'https:' || isLocal)) {
    throw new AppError('onnx/url-invalid', { params: { url: text.slice(0, 200) } })
  }
  return url
}
