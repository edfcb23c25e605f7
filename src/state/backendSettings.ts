import { absoluteBase, normalizeBaseUrl, originOf } from '../backends/wire/baseUrl'
import { backendDescriptor } from '../backends/backendRegistry'
import type { ProbeResult } from '../backends/probe'
import { AppError, type AppErrorData, errorData } from '../core/errors'
import { tokenVault } from '../platform/tokenVault'
import { parseHeaders } from '../core/prediction/headers'
import { loadModel } from './modelLoader'
import { useSettings } from './settingsStore'

export type { ProbeResult } from '../backends/probe'

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
  const token = origin === null ? null : tokenVault().tokenFor(origin)
  return token === null || origin === null
    ? null
    : { end: token.slice(-4), kept: tokenVault().isKept(origin) }
}

/** True where something for this origin is kept on this device. */
export function isRemembered(origin: string | null): boolean {
  return origin !== null && tokenVault().isKept(origin)
}

/** @param keep on this device, beyond this tab */
export function storeToken(origin: string, token: string, keep: boolean): void {
  tokenVault().saveToken(origin, token, keep)
}

/** The names of the extra headers that go to an origin. */
export function headerNames(origin: string | null): string[] {
  return origin === null ? [] : Object.keys(tokenVault().credentialsFor(origin).headers)
}

/**
 * Takes extra headers as they were written; nothing takes them away.
 * @returns the first line that is none or may not be set; null where all were taken
 */
export function storeHeaders(origin: string, text: string, keep: boolean): string | null {
  const { refused } = parseHeaders(text)
  if (refused === null) tokenVault().saveHeaders(origin, text, keep)
  return refused
}

export function removeCredentials(origin: string): void {
  tokenVault().forgetCredentials(origin)
}

/** Moves what is stored for an origin between this tab and this device. */
export function keepCredentials(origin: string, keep: boolean): void {
  const token = tokenVault().tokenFor(origin)
  if (token !== null) tokenVault().saveToken(origin, token, keep)
  const headers = tokenVault().headersFor(origin)
  if (headers !== null) tokenVault().saveHeaders(origin, headers, keep)
}

export type ConnectionResult =
  | { readonly kind: 'works'; readonly found: ProbeResult }
  | { readonly kind: 'fails'; readonly error: AppErrorData }

/** Asks an address what it is; where it is still the one in the settings, they use what speaks with it. */
export async function checkConnection(url: string, signal: AbortSignal): Promise<ConnectionResult> {
  try {
    const base = absoluteBase(url, location.href)
    const credentials = tokenVault().credentialsFor(new URL(base).origin)
    const { probeBackend } = await import('../backends/probe')
    const found = await probeBackend(base, location.href, credentials, signal)
    const { backendUrl, set } = useSettings.getState()
    if (backendUrl === url) {
      set({ backendId: found.backendId })
      // A backend with one model: the form becomes its own.
      if (backendDescriptor(found.backendId).models === 'own') await loadModel('', signal).catch(() => {})
    }
    return { kind: 'works', found }
  } catch (error) {
    return { kind: 'fails', error: error instanceof AppError ? error.data : errorData(error) }
  }
}
