/** The file's name without its ending, safe to save under. */
export function stem(name: string): string {
  return name.replace(/\.[a-z0-9]{1,5}$/i, '').replace(/[^\p{L}\p{N} ._-]+/gu, '_') || 'image'
}

/** The name of a picture after a result was applied to it. */
export function editedName(name: string): string {
  return `${stem(name).replace(/-edited$/, '')}-edited.png`
}
