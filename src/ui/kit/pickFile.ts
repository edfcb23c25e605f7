/** The page's one file input; the button "Open image" and the shortcut click it. */
export const FILE_INPUT_ID = 'open-image-file'

export function pickFile(): void {
  document.getElementById(FILE_INPUT_ID)?.click()
}

/** Asks for a picture file for another purpose. */
export function chooseFile(take: (file: File) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = 'image/*'
  input.addEventListener('change', () => {
    const file = input.files?.[0]
    if (file) take(file)
  })
  input.click()
}
