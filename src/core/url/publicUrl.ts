/**
 * True where any server can fetch the same picture from the address: https on a public host name. A private name or an
 * IP address may lead elsewhere from the server's side.
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
  // A query may contain a key.
  if (search !== '') return false
  return isPublicHost(hostname)
}

/** True for a name that leads to the same server from everywhere; an address in numbers counts as none. */
export function isPublicHost(hostname: string): boolean {
  const isNumber = /^[\d.]+$/.test(hostname) || hostname.startsWith('[')
  return !isNumber && hostname.includes('.') && !/\.(local|internal|lan|home|test|localhost)$/.test(hostname)
}

/** True where a file may have an EXIF orientation, which not every server applies. @param head the file's first bytes */
export function hasExif(head: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(head).includes('Exif\0')
}
