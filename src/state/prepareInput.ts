import { EMPTY_RECT, type Rect, rectOf, type Size } from '../core/geometry'
import { createGray, cropRgba, type GrayImage } from '../core/image/raster'
import { resampleGray, resampleRgba } from '../core/image/resample'
import { surroundings, workRegion } from '../core/image/workRegion'
import { type Mask, maskBounds, readMask } from '../core/mask/mask'
import { type FieldSpec, type FieldValues, paramsOf } from '../core/prediction/inputSchema'
import { freeSize, requestedSize } from '../core/prediction/modelSize'
import type { PredictionInput } from '../core/prediction/prediction'
import { hasExif, isPublicUrl } from '../core/url/publicUrl'
import type { SourceImage } from './sessionStore'

export interface PrepareOptions {
  readonly source: SourceImage
  /** null where the model takes none: it is given the whole picture. */
  readonly mask: Mask | null
  readonly fields: readonly FieldSpec[]
  readonly values: FieldValues
  readonly fixedSize: boolean
  /** Below 1 it is sent smaller than the model would take it. */
  readonly scale: number
}

/**
 * Everything a run depends on, frozen: the part of the picture around the mask, at the model's size where it has one.
 * The shape of the part is the model's, so nothing is squashed; the mask has the size of the picture as sent.
 */
export async function prepareInput(options: PrepareOptions): Promise<PredictionInput> {
  const { source, mask, fields, values, fixedSize, scale } = options
  const bounds = mask ? maskBounds(mask) : EMPTY_RECT
  const seen = mask ? surroundings(bounds, source.pixels) : rectOf(source.pixels)
  const wanted = fixedSize ? (requestedSize(fields, values) ?? freeSize(seen)) : null
  const region = wanted ? workRegion(bounds, source.pixels, wanted) : seen
  const size = wanted ? scaled(wanted, scale) : region
  const image = cropRgba(source.pixels, region)
  const coverage = mask ? readMask(mask, region) : allOf(region)
  const same = size.width === region.width && size.height === region.height
  return {
    image: same ? image : resampleRgba(image, size.width, size.height),
    imageUrl: same && isWhole(region, source.pixels) ? await addressOf(source) : null,
    mask: same ? coverage : resampleGray(coverage, size.width, size.height),
    region,
    params: paramsOf(fields, values),
  }
}

function scaled({ width, height }: Size, scale: number): Size {
  const side = (length: number) => Math.max(64, Math.round((length * scale) / 8) * 8)
  return scale < 1 ? { width: side(width), height: side(height) } : { width, height }
}

function allOf({ width, height }: Size): GrayImage {
  const mask = createGray(width, height)
  mask.data.fill(255)
  return mask
}

function isWhole({ x, y, width, height }: Rect, picture: Size): boolean {
  return x === 0 && y === 0 && width === picture.width && height === picture.height
}

/** Addresses with which a run has failed: the server may not reach them. */
const distrusted = new Set<string>()

/** From now on the picture is sent as pixels. */
export function distrustAddress({ link }: SourceImage): void {
  if (link.kind === 'url') distrusted.add(link.url)
}

const EXIF_BYTES = 64 * 1024

/** Where any server finds exactly these pixels. A file that may say how it is turned is sent as pixels instead. */
async function addressOf({ link, file }: SourceImage): Promise<string | null> {
  if (link.kind !== 'url' || distrusted.has(link.url) || !isPublicUrl(link.url, location.origin)) return null
  const head = new Uint8Array(await file.slice(0, EXIF_BYTES).arrayBuffer())
  return hasExif(head) ? null : link.url
}
