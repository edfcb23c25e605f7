import { AppError } from '../errors'

/**
 * Reads an address that a picture may be fetched from: http or https, without credentials.
 * @param base what a relative address is resolved against
 * @throws AppError `image/url-invalid`
 */
export function parseImageUrl(text: string, base: string): URL {
  const fail = () => new AppError('image/url-invalid', { params: { url: text.slice(0, 200) } })
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > 8192 || hasHiddenCharacters(trimmed)) throw fail()
  let url: URL
  try {
    url = new URL(trimmed, base)
  } catch {
    throw fail()
  }
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.username || url.password) throw fail()
  return url
}

/** True where control, bidi or zero-width characters make an address look like another, or a backslash acts as a slash. */
export function hasHiddenCharacters(text: string): boolean {
  // Matches control characters on purpose.
  // oxlint-disable-next-line no-control-regex
  return /[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\\]/.test(text)
}
