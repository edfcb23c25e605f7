/** Which tone of a mask a model repaints. */
export type MaskPolarity = 'white' | 'black'

const TONE =
  /(white|black)((?:(?!white|black)[^.;])*?)(inpaint|repaint|fill|replac|remov|generat|edit|preserv|keep|kept)/gi
const KEEPS = /^(preserv|keep|kept)/i

/**
 * By what the mask's description says of white and black; white where it says nothing, as most models have it.
 * Gateways misreport it, so it can be overridden.
 */
export function maskPolarity(description: string): MaskPolarity {
  let votes = 0
  for (const [, tone, , verb] of description.matchAll(TONE)) {
    votes += (tone.toLowerCase() === 'white') === KEEPS.test(verb) ? -1 : 1
  }
  return votes < 0 ? 'black' : 'white'
}

/** The mask as the model wants it: of whites to repaint, or of blacks. */
export function withPolarity(mask: Uint8Array<ArrayBuffer>, polarity: MaskPolarity): Uint8Array<ArrayBuffer> {
  return polarity === 'white' ? mask : mask.map((value) => 255 - value)
}
