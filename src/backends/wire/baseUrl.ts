import { AppError } from '../../core/errors'
import { hasHiddenCharacters, isWritten } from '../../core/url/imageUrl'

/**
 * Reads the base address of a predictions API as a user pastes it: a host, a base, the `/predictions` address itself,
 * or a path of this page's origin.
 * @param pageUrl the page's own address
 * @returns without a trailing slash and without a query; a path stays a path
 * @throws AppError `backend/no-url`, `backend/url-invalid`
 */
export function normalizeBaseUrl(text: string, pageUrl: string): string {
  const trimmed = text.trim()
  if (trimmed === '') throw new AppError('backend/no-url')
  const fail = () => new AppError('backend/url-invalid', { params: { url: trimmed.slice(0, 200) } })
  if (trimmed.length > 2048 || hasHiddenCharacters(trimmed)) throw fail()
  const isPath = trimmed.startsWith('/') && !trimmed.startsWith('//')
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)
  const looksLikeHost = /^(localhost|[\w-]+(\.[\w-]+)+|\[[\da-f:]+\])(:\d+)?(\/|$)/i.test(trimmed)
  if (!isPath && !looksLikeHost && !(hasScheme && isWritten(trimmed))) throw fail()
  const local = /^(localhost|127\.|\[::1\])/i.test(trimmed)
  let url: URL
  try {
    url = new URL(isPath || hasScheme ? trimmed : `${local ? 'http' : 'https'}://${trimmed}`, pageUrl)
  } catch {
    throw fail()
  }
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.username || url.password) throw fail()
  // No server listens there, and no name has an empty part.
  if (url.port === '0' || /^\.|\.\./.test(url.hostname)) throw fail()
  const path = url.pathname.replace(/\/+$/, '').replace(/\/predictions$/, '')
  return isPath ? path : url.origin + path
}

/**
 * `normalizeBaseUrl` as an absolute address.
 * @returns without a trailing slash
 * @throws AppError `backend/no-url`, `backend/url-invalid`
 */
export function absoluteBase(text: string, pageUrl: string): string {
  return new URL(normalizeBaseUrl(text, pageUrl) || '/', pageUrl).href.replace(/\/$/, '')
}

/** @returns the origin of a base address; for a path, the page's */
export function originOf(base: string, pageUrl: string): string {
  return new URL(base || '/', pageUrl).origin
}
