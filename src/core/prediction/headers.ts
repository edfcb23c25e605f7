/** Extra request headers of a backend, by lower-case name. */
export type ExtraHeaders = Readonly<Record<string, string>>

/** Headers that this page or the browser sets; a gateway's own headers have other names. */
const RESERVED =
  /^(authorization|cookie2?|host|origin|referer|connection|content-.*|accept|accept-.*|transfer-encoding|upgrade|te|trailer|via|date|dnt|expect|keep-alive|prefer|user-agent|sec-.*|proxy-.*|access-control-.*|set-cookie2?|__proto__)$/

const NAME = /^[!#$%&'*+.^_`|~\w-]{1,100}$/
/** Printable Latin-1, which is what a header may hold. */
const VALUE = /^[\t\u0020-\u007e\u00a0-\u00ff]{0,4000}$/
const MAX_HEADERS = 20

/**
 * Reads headers as a user writes them: one `Name: value` a line; blank lines are skipped.
 * @returns the headers, and the first line that is not a header or must not be set, null where there is none
 */
export function parseHeaders(text: string): { headers: ExtraHeaders; refused: string | null } {
  const headers: Record<string, string> = {}
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  for (const line of lines.slice(0, MAX_HEADERS)) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase()
    const value = line.slice(colon + 1).trim()
    if (!NAME.test(name) || RESERVED.test(name) || !VALUE.test(value)) return { headers, refused: line }
    headers[name] = value
  }
  return { headers, refused: lines[MAX_HEADERS] ?? null }
}
