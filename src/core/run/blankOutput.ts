import { intersectRect, type Rect, rectOf } from '../geometry'
import { cropRgba, type RgbaImage } from '../image/raster'
import { type Mask, readMask } from '../mask/mask'

/** Tones of one colour may be this far apart, levels: JPEG rounds. */
const SAME = 2
/** A part of the picture has another colour from here on, levels. */
const OTHER = 24

/**
 * Tells a blank picture, black or of another single colour, which a safety check returns in place of an answer. An
 * answer is none where the unmasked part of what the model was shown has that one colour as well, such as a plain
 * background.
 * @param picture what was shown, with more around it
 * @param region what the model was shown, px of `picture`; may reach beyond it
 * @param mask null where the model painted by itself
 */
export function isBlankOutput(
  answer: RgbaImage,
  picture: RgbaImage,
  region: Rect,
  mask: Mask | null,
): boolean {
  if (!isPlain(answer)) return false
  const rect = intersectRect(region, rectOf(picture))
  const before = cropRgba(picture, rect)
  const coverage = mask ? readMask(mask, rect).data : null
  // Where all was to be repainted, nothing says what should have stayed.
  const isShown = coverage?.includes(0) ? (p: number) => coverage[p] === 0 : () => true
  for (let p = 0; p < rect.width * rect.height; p++) {
    if (!isShown(p)) continue
    for (let c = 0; c < 3; c++) if (Math.abs(before.data[p * 4 + c] - answer.data[c]) > OTHER) return true
  }
  return false
}

function isPlain({ data }: RgbaImage): boolean {
  for (let i = 4; i < data.length; i++) if (Math.abs(data[i] - data[i % 4]) > SAME) return false
  return data.length > 0
}
