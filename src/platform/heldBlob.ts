/** Bytes copied at a time: 4 MB at once took up to 19 ms of the page on a busy machine. */
const PART_BYTES = 2 ** 20

/**
 * A blob with its bytes in memory, for what stays open. One that was read from the database names a file of the browser's,
 * which goes with the storage when that is cleared; one that the user opened, a file that may be moved, deleted or changed:
 * after that it can be neither read nor written again.
 * @returns the blob itself where it cannot be read: whoever reads it says so
 */
export async function heldBlob(blob: Blob): Promise<Blob> {
  const parts: Blob[] = []
  try {
    for (let at = 0; at < blob.size; at += PART_BYTES)
      parts.push(new Blob([await blob.slice(at, at + PART_BYTES).arrayBuffer()]))
  } catch {
    return blob
  }
  return new Blob(parts, { type: blob.type })
}
