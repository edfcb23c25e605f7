/** The tone of the mask that a model repaints. */
export type MaskPolarity = 'white' | 'black'

const TONE =
  /(white|black)((?:(?!white|black)[^.;])*?)(inpaint|repaint|fill|replac|remov|generat|edit|preserv|keep|kept)/gi
const KEEPS = /^(preserv|keep|kept)/i

/**
 * Reads the polarity from the description of a model's mask field. Gateways misreport it, so users can override it.
 * @returns white where the description does not tell: most models repaint white
 */
export function maskPolarity(description: string): MaskPolarity {
  let votes = 0
  for (const [, tone, , verb] of description.matchAll(TONE)) {
    votes += (tone.toLowerCase() === 'white') === KEEPS.test(verb) ? -1 : 1
  }
  return votes < 0 ? 'black' : 'white'
}

/** The mask in the model's polarity. @param mask 255 is repainted @returns `mask` itself where that is white */
export function withPolarity(mask: Uint8Array<ArrayBuffer>, polarity: MaskPolarity): Uint8Array<ArrayBuffer> {
  return polarity === 'white' ? mask : mask.map((value) => 255 - value)
}
