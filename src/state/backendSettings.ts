import { normalizeBaseUrl, originOf } from '../backends/replicate/baseUrl'
import { testConnection } from '../backends/replicate/replicateBackend'
import { AppError, type AppErrorData, errorData } from '../core/errors'
import { forgetToken, isKept, saveToken, tokenFor } from '../platform/tokenVault'

/** The origin that a token for this address belongs to; null where it is no address. */
export function tokenOrigin(url: string): string | null {
  try {
    return originOf(normalizeBaseUrl(url, location.href), location.href)
  } catch {
    return null
  }
}

/** What may be shown of a stored token: its end. */
export function tokenHint(origin: string | null): { end: string; kept: boolean } | null {
  const token = origin === null ? null : tokenFor(origin)
  return token === null || origin === null ? null : { end: token.slice(-4), kept: isKept(origin) }
}

/** @param keep on this device, beyond this tab */
export function storeToken(origin: string, token: string, keep: boolean): void {
  saveToken(origin, token, keep)
}

export function removeToken(origin: string): void {
  forgetToken(origin)
}

/** Moves a stored token between this tab and this device. */
export function keepToken(origin: string, keep: boolean): void {
  const token = tokenFor(origin)
  if (token !== null) saveToken(origin, token, keep)
}

export type ConnectionResult =
  | { readonly kind: 'works'; readonly latencyMs: number }
  | { readonly kind: 'fails'; readonly error: AppErrorData }

export async function checkConnection(url: string, signal: AbortSignal): Promise<ConnectionResult> {
  try {
    const base = normalizeBaseUrl(url, location.href)
    const token = tokenFor(originOf(base, location.href))
    return { kind: 'works', ...(await testConnection(base, token, signal)) }
  } catch (error) {
    return { kind: 'fails', error: error instanceof AppError ? error.data : errorData(error) }
  }
}
