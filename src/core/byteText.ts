/** A file's size as it is shown: `812 B`, `93 kB`, `1.4 MB`, with units of 1000. */
export function byteText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`
  const megabytes = bytes / 1e6
  return `${megabytes.toFixed(megabytes < 99.95 ? 1 : 0)} MB`
}
