/** What an exported picture says about how it was made. Never an address, a key or a file. */
export interface About {
  /** Empty where there is none. */
  readonly prompt: string
  /** Model, version, seed and fields by name, as JSON: for people and other programs. */
  readonly parameters: string
  /** What this page makes of it again: a link's bytes, packed, as base64url. */
  readonly document: string
}

/** Max characters of `document`: with it alone the text fits a JPEG's segment. */
export const MAX_ABOUT_CHARS = 48 * 1024

/** Named in files as the program that wrote them. */
export const SOFTWARE = 'Pentimento'
