/**
 * True where two origins are one server: the same, or this machine by two of its names at the same port.
 * @param a as `URL.origin` @param b as `URL.origin`
 */
export function isSameServer(a: string, b: string): boolean {
  return byOneName(a) === byOneName(b)
}

function byOneName(origin: string): string {
  return origin.replace(/^(https?:\/\/)(?:localhost|127\.0\.0\.1|\[::1\])(?=:|$)/, '$1localhost')
}
