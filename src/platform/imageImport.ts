import { AppError, isAbort } from '../core/errors'
import { MAX_FILE_BYTES } from '../core/image/limits'
import { parseImageUrl } from '../core/url/imageUrl'
import { fileNameOf } from './fileName'
import { requestFile } from './http'
import { NO_CREDENTIALS } from './tokenVault'

const URL_TIMEOUT_MS = 60_000
const REDIRECT_TIMEOUT_MS = 5_000

/**
 * Fetches a picture from the web, without credentials. Its site must allow it by CORS.
 * @param text an address as a user writes it
 * @returns the file, a name from its address, and the address
 * @throws AppError `image/url-invalid`, `image/url-failed`, `image/url-redirected`, `image/url-status`, `image/file-too-large`
 */
export async function fetchImage(
  text: string,
  signal: AbortSignal,
): Promise<{ blob: Blob; name: string; url: string }> {
  const url = parseImageUrl(text, location.href)
  const name = fileNameOf(url)
  const params = { url: url.href.slice(0, 200), origin: url.origin }
  let answer
  try {
    answer = await requestFile({
      method: 'GET',
      url: url.href,
      credentials: NO_CREDENTIALS,
      signal,
      limitBytes: MAX_FILE_BYTES,
      timeoutMs: URL_TIMEOUT_MS,
    })
  } catch (cause) {
    if (isAbort(cause)) throw cause
    if (cause instanceof AppError && cause.code === 'backend/answer-too-large') {
      throw new AppError('image/file-too-large', {
        params: { name, megabytes: `> ${MAX_FILE_BYTES / 2 ** 20}`, maxMegabytes: MAX_FILE_BYTES / 2 ** 20 },
        cause,
      })
    }
    const code = (await isRedirected(url, signal)) ? 'image/url-redirected' : 'image/url-failed'
    throw new AppError(code, { params, cause })
  }
  if (answer.status !== 200)
    throw new AppError('image/url-status', { params: { ...params, status: answer.status } })
  return { blob: answer.file, name, url: url.href }
}

/** True where the address leads on to another one: the browser does not tell which one of them it refused. */
async function isRedirected(url: URL, signal: AbortSignal): Promise<boolean> {
  try {
    const { type } = await fetch(url, {
      redirect: 'manual',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: AbortSignal.any([signal, AbortSignal.timeout(REDIRECT_TIMEOUT_MS)]),
    })
    return type === 'opaqueredirect'
  } catch {
    return false
  }
}

/** Reads the picture on the clipboard. @throws AppError `image/clipboard-empty`, `image/clipboard-denied` */
export async function readClipboardImage(): Promise<Blob> {
  let items: ClipboardItem[]
  try {
    items = await navigator.clipboard.read()
  } catch (cause) {
    throw new AppError('image/clipboard-denied', { cause })
  }
  for (const item of items) {
    const type = item.types.find((candidate) => candidate.startsWith('image/'))
    if (type) return item.getType(type)
  }
  throw new AppError('image/clipboard-empty')
}
