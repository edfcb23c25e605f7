/** The page's one file input; the button "Open image" and the shortcut click it. */
export const FILE_INPUT_ID = 'open-image-file'

export function pickFile(): void {
  document.getElementById(FILE_INPUT_ID)?.click()
}
