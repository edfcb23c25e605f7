import { normalizeBaseUrl, originOf } from '../backends/replicate/baseUrl'
import { probeBackend, type ProbeResult } from '../backends/probe'
import { AppError, type AppErrorData, errorData } from '../core/errors'
import { forgetToken, isKept, saveToken, tokenFor } from '../platform/tokenVault'
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
  | { readonly kind: 'works'; readonly found: ProbeResult }
  | { readonly kind: 'fails'; readonly error: AppErrorData }

/** Asks an address what it is; where it is still the one in the settings, they use what speaks with it. */
export async function checkConnection(url: string, signal: AbortSignal): Promise<ConnectionResult> {
  try {
    const base = normalizeBaseUrl(url, location.href)
    const token = tokenFor(originOf(base, location.href))
    const absolute = new URL(base || '/', location.href).href.replace(/\/$/, '')
    const found = await probeBackend(absolute, location.href, token, signal)
    const { backendUrl, set } = useSettings.getState()
    if (backendUrl === url) {
      set({ backendId: found.backendId })
      // A Cog server has one model: the form becomes its own.
      if (found.backendId === 'cog') await loadModel('', signal).catch(() => {})
    }
    return { kind: 'works', found }
  } catch (error) {
    return { kind: 'fails', error: error instanceof AppError ? error.data : errorData(error) }
  }
}
