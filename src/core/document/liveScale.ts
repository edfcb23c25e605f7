import { intersectRect, isEmptyRect, movedRect, type Rect, rectOf } from '../geometry'
import { createGray, cropRgba, type GrayImage, type RgbaImage } from '../image/raster'
import { scaleDown } from '../image/scaleDown'
import { encodeRuns } from '../mask/raster/maskRuns'
import { CoverageStages } from './coverage'
import { type Blend, type Patch, PLAIN_BLEND } from './document'

/** A patch over the one that changes, as far as it lies over that. */
export interface CoveringPatch {
  readonly patch: Patch
  /** Of its rectangle's size. */
  readonly pixels: RgbaImage
  readonly at: Rect
  readonly coverage: GrayImage
}

/** What of a patch does not depend on the value of its blend that moves. */
export interface LiveParts {
  readonly patch: Patch
  /** The patch's pixels, brought to the picture's colours. */
  readonly toned: RgbaImage
  /** The picture below it over its rectangle. */
  readonly below: RgbaImage
  readonly above: readonly CoveringPatch[]
  /** px of the picture that a px of these stands for. */
  readonly scale: number
}

/**
 * The same in fewer pixels, each the mean of a square. They count from the patch's corner; what is less than one at its
 * right and lower edge is left out.
 * @param scale px of the picture that a side of the square stands for
 */
export function scaledParts({ patch, toned, below, above }: LiveParts, scale: number): LiveParts {
  const { rect } = patch
  const size = { width: Math.floor(rect.width / scale), height: Math.floor(rect.height / scale) }
  const whole = rectOf(size)
  const shrunk = (image: RgbaImage, at: Rect, over: Rect) => {
    const part = cropRgba(image, movedRect(scaledUp(over, rect, scale), -at.x, -at.y))
    return scaleDown(part, over.width, over.height)
  }
  const { region, bare } = new CoverageStages(patch, rect)
  const around = scaledAround(region, rect, scale)
  const covered = shrunkGray(bare, region, scaledUp(around, rect, scale), scale)
  const own: Patch = {
    ...patch,
    rect: whole,
    coverage: [{ kind: 'raster', mode: 'replace', rect: around, runs: encodeRuns(covered) }],
    coverageFrame: around,
    // Its tone is in its pixels.
    blend: PLAIN_BLEND,
  }
  return {
    patch: own,
    toned: shrunk(toned, rect, whole),
    below: shrunk(below, rect, whole),
    scale,
    above: above.flatMap((one) => {
      const at = intersectRect(scaledAround(one.at, rect, scale), whole)
      if (isEmptyRect(at)) return []
      const coverage = shrunkGray(one.coverage, one.at, scaledUp(at, rect, scale), scale)
      return {
        patch: { ...one.patch, rect: at },
        pixels: shrunk(one.pixels, one.patch.rect, at),
        at,
        coverage,
      }
    }),
  }
}

/** A blend as it looks in fewer pixels: its lengths to the nearest of them. */
export function scaledBlend(blend: Blend, scale: number): Blend {
  const [growPx, featherPx] = [blend.growPx, blend.featherPx].map((px) => Math.round(px / scale))
  return { ...blend, growPx, featherPx }
}

/** Where an area in fewer pixels lies in the picture. @param corner where both start to count */
export function scaledUp({ x, y, width, height }: Rect, corner: Rect, scale: number): Rect {
  return { x: corner.x + x * scale, y: corner.y + y * scale, width: width * scale, height: height * scale }
}

/** The smallest area in fewer pixels that holds one of the picture. */
export function scaledAround({ x, y, width, height }: Rect, corner: Rect, scale: number): Rect {
  const left = Math.floor((x - corner.x) / scale)
  const top = Math.floor((y - corner.y) / scale)
  return {
    x: left,
    y: top,
    width: Math.ceil((x + width - corner.x) / scale) - left,
    height: Math.ceil((y + height - corner.y) / scale) - top,
  }
}

/** The means of squares. @param at where `gray` lies @param over what is shrunk; 0 where `gray` is not */
function shrunkGray(gray: GrayImage, at: Rect, over: Rect, scale: number): GrayImage {
  const out = createGray(over.width / scale, over.height / scale)
  const sums = new Uint32Array(out.width)
  const left = at.x - over.x
  for (let y = 0; y < out.height; y++) {
    sums.fill(0)
    for (let k = 0; k < scale; k++) {
      const row = over.y + y * scale + k - at.y
      if (row < 0 || row >= gray.height) continue
      const line = row * gray.width
      for (let x = Math.max(0, -left); x < gray.width && x + left < over.width; x++)
        sums[Math.floor((x + left) / scale)] += gray.data[line + x]
    }
    for (let x = 0; x < out.width; x++) out.data[y * out.width + x] = Math.round(sums[x] / (scale * scale))
  }
  return out
}
