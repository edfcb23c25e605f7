/** Id of the page's hidden file input, which the "Open image" buttons click. */
export const FILE_INPUT_ID = 'open-image-file'

export function pickFile(): void {
  document.getElementById(FILE_INPUT_ID)?.click()
}

/**
 * Asks for a file and hands it to `take`; never called if the user cancels.
 * @param accept the kinds of files, as of a file input
 */
export function chooseFile(accept: string, take: (file: File) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = accept
  input.addEventListener('change', () => {
    const file = input.files?.[0]
    if (file) take(file)
  })
  input.click()
}
