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
  if (!isWritten(trimmed)) throw fail()
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

/**
 * True for an address with scheme, slashes and host, and for a path. A browser takes much else for one too, such as
 * `https:host`, `https:///host` and `//host`, which do not lead where they seem to.
 */
export function isWritten(text: string): boolean {
  const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(text)
  return hasScheme ? /^[a-z][a-z0-9+.-]*:\/\/[^/?#]/i.test(text) : !text.startsWith('//')
}

/** The text with its hidden characters written out, to be shown. */
export function printable(text: string): string {
  return Array.from(text, (character) =>
    character !== ' ' && hasHiddenCharacters(character) && character !== '\\'
      ? `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`
      : character,
  ).join('')
}
