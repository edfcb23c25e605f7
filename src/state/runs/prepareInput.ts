import { EMPTY_RECT, movedRect, type Rect, rectOf, type Size } from '../../core/geometry'
import { fillBeyond } from '../../core/frame/fillBeyond'
import { isOtherSpace } from '../../core/image/color/convertColors'
import { createGray, type GrayImage } from '../../core/image/raster'
import { isSameShape } from '../../core/image/enlargedOutput'
import { resampleGray, resampleRgba } from '../../core/image/resample'
import { surroundings, workRegion } from '../../core/image/workRegion'
import { type Mask, maskBounds, readMask } from '../../core/mask/mask'
import { type FieldSpec, type FieldValues, paramsOf } from '../../core/prediction/inputSchema'
import { freeSize, requestedSize } from '../../core/prediction/modelSize'
import type { PredictionInput } from '../../core/prediction/prediction'
import { hasExif, isPublicUrl } from '../../core/url/publicUrl'
import type { Ports } from '../ports'
import { baseOf, pictureSize, type SourceImage } from '../session/source'
import { readBands } from './readBands'
import { sampledRegion } from './sampledRegion'

export interface PrepareOptions {
  readonly source: SourceImage
  /** What is shown of the source, px of it. */
  readonly frame: Rect
  /** null where the model takes none: it is given the whole frame. */
  readonly mask: Mask | null
  /** Where the backend may copy from; null where it may from everywhere. */
  readonly sampling?: Mask | null
  readonly fields: readonly FieldSpec[]
  readonly values: FieldValues
  /** Names of fields that hold the model's default because nobody has set them. */
  readonly untouched?: readonly string[]
  /** True where the model works at the size of its fields `width` and `height`. */
  readonly fixedSize: boolean
  /** A public address of exactly `mask` over the whole picture, in the model's tones; null where there is none. */
  readonly maskUrl?: string | null
  /** Below 1 it is sent smaller than the model would take it. */
  readonly scale: number
}

export interface InputPreparer {
  /**
   * Everything a run depends on, frozen: the part of the picture around the mask, at the model's size where it has one.
   * The shape of the part is the model's, so nothing is squashed; the mask has the size of the picture as sent.
   */
  prepare(options: PrepareOptions): Promise<PredictionInput>
  /** The picture's address has failed with a run, as the server may not reach it: it is sent as pixels from now on. */
  distrust(source: SourceImage): void
}

/** A file's EXIF lies within its first bytes. */
const EXIF_BYTES = 64 * 1024

/** @param page an address on its origin is no public one */
export function createInputPreparer({
  base,
  nextTask,
}: Pick<Ports['page'], 'base' | 'nextTask'>): InputPreparer {
  const pageOrigin = new URL(base).origin
  const distrusted = new Set<string>()

  /** Where any server finds exactly these pixels. A file that EXIF may turn, or of other colours, goes as pixels. */
  const addressOf = async (source: SourceImage): Promise<string | null> => {
    const { link, file, altered } = source
    if (altered || isOtherSpace(baseOf(source).pixels.profile)) return null
    if (!file || link.kind !== 'url' || distrusted.has(link.url) || !isPublicUrl(link.url, pageOrigin))
      return null
    const head = new Uint8Array(await file.slice(0, EXIF_BYTES).arrayBuffer())
    return hasExif(head) ? null : link.url
  }

  return {
    async prepare(options) {
      const { source, frame, mask, sampling = null, maskUrl = null } = options
      const { fields, values, untouched, fixedSize, scale } = options
      const bounds = movedRect(mask ? maskBounds(mask) : EMPTY_RECT, -frame.x, -frame.y)
      const seen = mask ? surroundings(bounds, frame) : rectOf(frame)
      const wanted = fixedSize ? (requestedSize(fields, values) ?? freeSize(seen)) : null
      const whole = rectOf(pictureSize(source))
      const address = await addressOf(source)
      // Where both have an address, the server fetches and scales them itself, if that squashes nothing.
      const isLinked =
        maskUrl !== null &&
        address !== null &&
        isEqualRect(frame, whole) &&
        isSameShape(wanted ?? whole, whole)
      const around = isLinked
        ? whole
        : movedRect(wanted ? workRegion(bounds, frame, wanted) : seen, frame.x, frame.y)
      const region = mask && sampling ? sampledRegion(mask, sampling, around) : around
      const size = wanted ? scaled(wanted, scale) : region
      const { before, coverage: masked } = await readBands(source, mask, frame, region, nextTask)
      const image = fillBeyond(before, region, whole)
      const coverage = masked ?? fullMask(region)
      const sources = sampling && readMask(sampling, region)
      const isSame = size.width === region.width && size.height === region.height
      return {
        image: isSame ? image : resampleRgba(image, size.width, size.height),
        imageUrl: isLinked || (isSame && isEqualRect(region, whole)) ? address : null,
        maskUrl: isLinked ? maskUrl : null,
        mask: isSame ? coverage : resampleGray(coverage, size.width, size.height),
        ...(sources && { sources: isSame ? sources : resampleGray(sources, size.width, size.height) }),
        region,
        params: paramsOf(fields, values, untouched),
      }
    },
    distrust({ link }) {
      if (link.kind === 'url') distrusted.add(link.url)
    },
  }
}

function scaled({ width, height }: Size, scale: number): Size {
  const side = (length: number) => Math.max(64, Math.round((length * scale) / 8) * 8)
  return scale < 1 ? { width: side(width), height: side(height) } : { width, height }
}

function fullMask({ width, height }: Size): GrayImage {
  const mask = createGray(width, height)
  mask.data.fill(255)
  return mask
}

function isEqualRect(a: Rect, b: Rect): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height
}
