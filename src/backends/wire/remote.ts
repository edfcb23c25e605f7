import type { BackendRef, Credentials } from '../../core/prediction/backend'
import type { Exchange } from '../../core/prediction/exchange'
import { type HttpAnswer, type HttpRequest, request } from '../../platform/http'
import { encodeSrgbPng, toDataUri } from '../../platform/imageEncode'
import { tokenVault } from '../../platform/tokenVault'
import { absoluteBase } from './baseUrl'
import type { WireOptions } from './wireInput'

const MAX_ANSWER_BYTES = 64 * 2 ** 20

/** A server at one base address: every request, and the key, goes there only. */
export interface Remote extends Pick<WireOptions, 'encode' | 'toUri'> {
  /** Absolute, without a trailing slash. */
  readonly base: string
  /** Read at each request, so that no key is held. */
  readonly credentials: () => Credentials
  readonly onExchange?: ((exchange: Exchange) => void) | undefined
}

/** @returns the server of a ref, with this page's codec and credentials. @throws AppError `backend/no-url`, `backend/url-invalid` */
export function remoteAt({ url }: BackendRef, onExchange?: (exchange: Exchange) => void): Remote {
  const base = absoluteBase(url ?? '', location.href)
  const { origin } = new URL(base)
  return {
    base,
    onExchange,
    credentials: () => tokenVault().credentialsFor(origin),
    encode: encodeSrgbPng,
    toUri: toDataUri,
  }
}

export type RemoteRequest = Pick<HttpRequest, 'method' | 'signal' | 'timeoutMs'> &
  Partial<Pick<HttpRequest, 'json' | 'file' | 'prefer' | 'accept' | 'keepalive' | 'onText' | 'limitBytes'>>

/**
 * Sends one request below the base address.
 * @param path begins with a slash
 * @throws AppError `backend/...`
 */
export function sendTo(remote: Remote, path: string, options: RemoteRequest): Promise<HttpAnswer> {
  const { base, credentials, onExchange } = remote
  return request({
    onExchange,
    url: base + path,
    credentials: credentials(),
    limitBytes: MAX_ANSWER_BYTES,
    ...options,
  })
}
