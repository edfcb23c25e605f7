/** How long each kind of work takes, ms. */
export interface Delays {
  decode: number
  mask: number
  place: number
  write: number
  encode: number
}

export function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
