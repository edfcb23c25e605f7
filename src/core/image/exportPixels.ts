import type { Size } from '../geometry'
import { createRgba, type GrayImage, pasteInto, type RgbaImage } from './raster'
import { resampleRgba } from './resample'
import { scaleDown } from './scaleDown'

/** What an exported file shows. */
export type ExportContent =
  | { readonly kind: 'whole'; readonly image: RgbaImage }
  /** What a run made, transparent outside of the coverage; without one all of it. */
  | { readonly kind: 'alone'; readonly image: RgbaImage; readonly coverage: GrayImage | null }
  /** Side by side. */
  | { readonly kind: 'beforeAfter'; readonly before: RgbaImage; readonly after: RgbaImage }

/** Max side and pixels of two pictures side by side. */
const MAX_PAIR_SIDE = 16_384
const MAX_PAIR_PIXELS = 64 * 2 ** 20

/** Between two pictures, in parts of a picture's width. */
const GAP = 1 / 64

/**
 * @param picture of one of the pictures, px
 * @param scale 0..1
 * @returns the size of the file, px: at least 1 by 1
 */
export function exportSize(kind: ExportContent['kind'], picture: Size, scale: number): Size {
  const { width, height } = kind === 'beforeAfter' ? pairSize(picture) : picture
  const fits = Math.min(
    MAX_PAIR_SIDE / Math.max(width, height),
    Math.sqrt(MAX_PAIR_PIXELS / (width * height)),
  )
  const by = kind === 'beforeAfter' ? Math.min(scale, fits) : scale
  return { width: Math.max(1, Math.round(width * by)), height: Math.max(1, Math.round(height * by)) }
}

function pairSize({ width, height }: Size): Size {
  return { width: 2 * width + Math.max(2, Math.round(width * GAP)), height }
}

/** @returns the pixels of a file of `size`. @see exportSize */
export function exportPixels(content: ExportContent, size: Size): RgbaImage {
  switch (content.kind) {
    case 'whole':
      return scaleDown(content.image, size.width, size.height)
    case 'alone':
      return scaleDown(cutOut(content.image, content.coverage), size.width, size.height)
    case 'beforeAfter':
      return sideBySide(content.before, content.after, size)
  }
}

/** The image with its alpha lowered to the coverage. */
function cutOut(image: RgbaImage, coverage: GrayImage | null): RgbaImage {
  if (!coverage) return image
  const data = image.data.slice()
  for (let p = 0, i = 3; p < coverage.data.length; p++, i += 4) {
    data[i] = Math.round((data[i] * coverage.data[p]) / 255)
  }
  return { ...image, data }
}

/** Both at one size, with a transparent gap between them. */
function sideBySide(before: RgbaImage, after: RgbaImage, size: Size): RgbaImage {
  const share = before.width / pairSize(before).width
  const width = Math.max(1, Math.round(size.width * share))
  const out = createRgba(size.width, size.height, before.profile)
  const same = resampleRgba(after, before.width, before.height)
  pasteInto(out, scaleDown(before, width, size.height), 0, 0)
  pasteInto(out, scaleDown(same, width, size.height), size.width - width, 0)
  return out
}
