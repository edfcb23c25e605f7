/**
 * True where any server can fetch the address as this page did: https on a public name. A private name or number means
 * something else on the server's side.
 */
export function isPublicUrl(address: string, pageOrigin: string): boolean {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    return false
  }
  const { protocol, hostname, origin, username, password, search } = url
  if (protocol !== 'https:' || username !== '' || password !== '' || origin === pageOrigin) return false
  // A query may hold a key.
  if (search !== '') return false
  const isNumber = /^[\d.]+$/.test(hostname) || hostname.startsWith('[')
  return !isNumber && hostname.includes('.') && !/\.(local|internal|lan|home|test|localhost)$/.test(hostname)
}

/** True where a file may say by EXIF how it is turned: not every server heeds it. */
export function hasExif(head: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(head).includes('Exif\0')
}
