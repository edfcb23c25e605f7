/** @returns a name for what an address leads to: the end of its path, or its host */
export function fileNameOf({ pathname, host }: URL): string {
  const last = pathname.slice(pathname.lastIndexOf('/') + 1)
  try {
    return decodeURIComponent(last).slice(0, 120) || host
  } catch {
    return last.slice(0, 120)
  }
}
