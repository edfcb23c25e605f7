/** The folders among what was dropped: as files they cannot be read. */
export function folderNames(data: DataTransfer | null): string[] {
  return [...(data?.items ?? [])]
    .map((item) => item.webkitGetAsEntry?.() ?? null)
    .filter((entry) => entry !== null && entry.isDirectory)
    .map((entry) => entry?.name ?? '')
}

/** The first address of a list (RFC 2483); a line that begins with # is a comment. */
export function addressIn(list: string): string | null {
  return list.split(/[\r\n]+/).find((line) => /^https?:/i.test(line)) ?? null
}
