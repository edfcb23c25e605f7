import { AppError } from '../errors'

/**
 * An address that a picture may be fetched from: http or https, without credentials, as the browser will read it.
 * A path is taken on `base`. @throws AppError `image/url-invalid`
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

/** Control and direction marks (bidi, zero width) make an address read as another; a backslash is read as a slash. */
export function hasHiddenCharacters(text: string): boolean {
  // Control characters are what this looks for.
  // oxlint-disable-next-line no-control-regex
  return /[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\\]/.test(text)
}
