/** Saves a blob as a file under `name`. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = name
  anchor.click()
  // The browser takes the blob over while it handles the click; the address is not needed after that task.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** @throws DOMException where the browser or the user refuses */
export async function copyImage(png: Blob): Promise<void> {
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })])
}

export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text)
}
