import { fromBase64 } from '../core/base64'
import { AppError, WHOLE } from '../core/errors'
import { imageFormat } from '../core/image/file/imageFormat'
import { isSameServer } from '../core/url/sameServer'
import { blobOf } from './blobOf'
import { requestFile } from './http'
import { NO_CREDENTIALS } from './tokenVault'

const MAX_OUTPUT_BYTES = 64 * 2 ** 20
const OUTPUT_TIMEOUT_MS = 60_000
/** Bytes at the start of a file that tell its format. */
const HEAD_BYTES = 1024
const DATA_URI = /^data:image\/(png|jpeg|webp|gif);base64,/

/** Where the page's own proxy fetches an output of an upstream, which no page may read there: each knows its own. */
const PROXY_PATHS = ['/replicate/output', '/cog/output']
/** The proxy's answer where the address is none of that upstream's. */
const NOT_UPSTREAM = 421

/**
 * Fetches one output, without credentials. Reads https, http of the backend's or the page's own origin, and data URIs,
 * and only bytes that are a picture. Behind the page's own proxy, the proxy fetches what lies on its upstreams by http.
 * @param backendOrigin null for a backend without an address
 * @throws AppError `backend/unsafe-output`, with WHOLE where an answer came that is no picture,
 * `backend/output-unreadable`; AbortError
 */
export async function fetchOutput(
  address: string,
  backendOrigin: string | null,
  signal: AbortSignal,
): Promise<Blob> {
  const isInline = address.startsWith('data:')
  const file = isInline
    ? await blobOf(dataUriBytes(address), '')
    : await fetchFile(address, backendOrigin, signal)
  const format = imageFormat(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()))
  if (!format || format === 'svg') {
    const { origin, href } = new URL(address)
    const params = { address: href.slice(0, 120), ...(isInline ? {} : { origin, [WHOLE]: 1 }) }
    throw new AppError('backend/unsafe-output', { params })
  }
  return file.slice(0, file.size, `image/${format}`)
}

function dataUriBytes(address: string): Uint8Array<ArrayBuffer> {
  const head = DATA_URI.exec(address)
  const bytes = head ? fromBase64(address.slice(head[0].length)) : null
  if (!bytes) throw new AppError('backend/unsafe-output', { params: { address: address.slice(0, 60) } })
  return bytes
}

async function fetchFile(address: string, backendOrigin: string | null, signal: AbortSignal): Promise<Blob> {
  const unsafe = new AppError('backend/unsafe-output', { params: { address: address.slice(0, 120) } })
  let url: URL
  try {
    url = new URL(address)
  } catch {
    throw unsafe
  }
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:'
  if (!isWeb || url.username || url.password) throw unsafe
  const isBackend = backendOrigin !== null && isSameServer(url.origin, backendOrigin)
  const isDirect = url.protocol === 'https:' || isBackend || url.origin === location.origin
  // Of a backend that is a path of this page, only the proxy knows the true origin.
  if (!isDirect && backendOrigin !== location.origin) throw unsafe
  const params = { origin: url.origin, address: url.href.slice(0, 300) }
  const fetchFrom = (from: string) =>
    requestFile({
      method: 'GET',
      url: from,
      credentials: NO_CREDENTIALS,
      signal,
      limitBytes: MAX_OUTPUT_BYTES,
      timeoutMs: OUTPUT_TIMEOUT_MS,
    })
  let answer
  try {
    if (isDirect) answer = await fetchFrom(url.href)
    else {
      for (const path of PROXY_PATHS) {
        answer = await fetchFrom(`${location.origin}${path}?address=${encodeURIComponent(url.href)}`)
        if (answer.status !== NOT_UPSTREAM) break
      }
    }
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause
    throw new AppError('backend/output-unreadable', { params: { ...params, reason: cause.code }, cause })
  }
  if (!answer || (!isDirect && answer.status === NOT_UPSTREAM)) throw unsafe
  if (answer.status !== 200) {
    const seconds = Number(answer.headers.get('retry-after'))
    const wait = seconds > 0 ? { seconds } : {}
    throw new AppError('backend/output-unreadable', { params: { ...params, reason: answer.status, ...wait } })
  }
  return answer.file
}
