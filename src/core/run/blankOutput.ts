import type { GrayImage, RgbaImage } from '../image/raster'

/** Tones of one colour may be this far apart, levels: JPEG rounds. */
const SAME = 2
/** A part of the picture has another colour from here on, levels. */
const OTHER = 24

/**
 * Tells a blank picture, black or of another single colour, which a safety check returns in place of an answer. An
 * answer is none where the unmasked part of what the model was shown has that one colour as well, such as a plain
 * background.
 * @param before the part of the picture that the model was shown
 * @param coverage the mask over it, of its size; null where the model painted by itself
 */
export function isBlankOutput(answer: RgbaImage, before: RgbaImage, coverage: GrayImage | null): boolean {
  if (!isPlain(answer)) return false
  // Where all was to be repainted, nothing says what should have stayed.
  const isShown = coverage?.data.includes(0) ? (p: number) => coverage.data[p] === 0 : () => true
  for (let p = 0; p < before.width * before.height; p++) {
    if (!isShown(p)) continue
    for (let c = 0; c < 3; c++) if (Math.abs(before.data[p * 4 + c] - answer.data[c]) > OTHER) return true
  }
  return false
}

function isPlain({ data }: RgbaImage): boolean {
  for (let i = 4; i < data.length; i++) if (Math.abs(data[i] - data[i % 4]) > SAME) return false
  return data.length > 0
}
