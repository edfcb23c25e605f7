/** Saves a blob as a file under `name`. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = name
  anchor.click()
  // The browser reads the blob while it handles the click, and needs no address after that.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** Puts a PNG on the clipboard. @throws DOMException where the browser or the user refuses */
export async function copyImage(png: Blob): Promise<void> {
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })])
}

/** Puts text on the clipboard. @throws DOMException where the browser or the user refuses */
export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text)
}
