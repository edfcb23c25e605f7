import { isEqual } from '../../core/document/equality'
import { DEFAULT_SENT } from '../../core/document/sentArea'
import { containsRect, rectOf, type Size } from '../../core/geometry'
import { isOtherSpace } from '../../core/image/color/shownSpace'
import { pasteBare } from '../../core/frame/prefill'
import { DEFAULT_PREFILL, type Prefill } from '../../core/frame/prefillKinds'
import { createGray, type GrayImage } from '../../core/image/raster'
import { isSameShape } from '../../core/image/enlargedOutput'
import { guidesFrom } from '../../core/mask/command/guideLines'
import type { GuideLine } from '../../core/mask/guideLine'
import { readMask } from '../../core/mask/mask'
import { paramsOf } from '../../core/prediction/inputSchema'
import type { PredictionInput } from '../../core/prediction/prediction'
import type { SendPlan } from '../../core/run/sendPlan'
import { hasExif, isPublicUrl } from '../../core/url/publicUrl'
import type { Ports } from '../ports'
import { baseOf, pictureSize, type SourceImage } from '../session/source'
import type { DeviceFill } from './deviceFill'
import { readBands } from './readBands'
import { sentPlan, type SentPlanOptions } from './sentPlan'

export interface PrepareOptions extends SentPlanOptions {
  readonly source: SourceImage
  /** Lines that a fill continues, px of the picture; none where the backend does not heed them. */
  readonly guides: readonly GuideLine[]
  /** Names of fields that hold the model's default because nobody has set them. */
  readonly untouched?: readonly string[]
  /** A public address of exactly `mask` over the whole picture, in the model's tones; null where there is none. */
  readonly maskUrl?: string | null
  /** What the model is shown where the picture has nothing; its edge unless given. */
  readonly prefill?: Prefill
}

export interface InputPreparer {
  /**
   * Everything a run depends on, frozen: the part of the picture that `plan` says, at the model's size where it has one.
   * The mask has the size of the picture as sent.
   */
  prepare(options: PrepareOptions): Promise<PredictionInput>
  /**
   * What a run sends of the picture. Where a server finds picture and mask at addresses of their own it fetches and scales
   * all of both, if that squashes nothing and no part was chosen.
   */
  plan(options: PrepareOptions): Promise<SendPlan & { readonly isLinked: boolean }>
  /** The picture's address has failed with a run, as the server may not reach it: it is sent as pixels from now on. */
  distrust(source: SourceImage): void
}

/** A file's EXIF lies within its first bytes. */
const EXIF_BYTES = 64 * 1024

/**
 * @param page an address on its origin is no public one
 * @param scale brings pixels to a size, off this thread
 * @param fillHere fills what is masked, on this device
 */
export function createInputPreparer(
  { base, nextTask }: Pick<Ports['page'], 'base' | 'nextTask'>,
  scaleInput: Ports['codec']['scale'],
  fillHere: DeviceFill,
): InputPreparer {
  const pageOrigin = new URL(base).origin
  const distrusted = new Set<string>()

  /** Where any server finds exactly these pixels. A file that EXIF may turn, or of other colours, goes as pixels. */
  const addressOf = async (source: SourceImage): Promise<string | null> => {
    const { link, file, altered } = source
    if (altered || isOtherSpace(baseOf(source).pixels.profile)) return null
    if (!file || link.kind !== 'url' || distrusted.has(link.url) || !isPublicUrl(link.url, pageOrigin))
      return null
    try {
      const head = new Uint8Array(await file.slice(0, EXIF_BYTES).arrayBuffer())
      return hasExif(head) ? null : link.url
    } catch {
      // The file is gone: nobody can say what a server would make of the one at its address.
      return null
    }
  }

  const preparer: InputPreparer = {
    async plan(options) {
      const { source, frame, maskUrl = null, sent } = options
      const plan = sentPlan(options)
      const whole = rectOf(pictureSize(source))
      const isLinkable =
        maskUrl !== null &&
        isEqual(sent, DEFAULT_SENT) &&
        isEqual(frame, whole) &&
        isSameShape(options.fixedSize ? plan.size : whole, whole)
      if (!isLinkable || (await addressOf(source)) === null) return { ...plan, isLinked: false }
      return { region: whole, size: options.fixedSize ? plan.size : whole, isLinked: true }
    },
    async prepare(options) {
      const { source, frame, mask, sampling, guides, maskUrl = null, fields, values, untouched } = options
      const { prefill: kind = DEFAULT_PREFILL } = options
      const { region, size, isLinked } = await preparer.plan(options)
      const { before, coverage: masked } = await readBands(source, mask, frame, region, nextTask)
      const whole = rectOf(pictureSize(source))
      const coverage = masked ?? fullMask(region)
      const sources = sampling && readMask(sampling, region)
      const isSame = size.width === region.width && size.height === region.height
      const isWhole = isSame && isEqual(region, whole)
      const pixels = { image: before, mask: coverage, ...(sources && { sources }) }
      // A turn bares corners inside the picture, too.
      const isReady = isSame && (kind === DEFAULT_PREFILL ? containsRect(whole, region) : masked === null)
      const { bare, ...sent } = isReady
        ? { ...pixels, bare: undefined }
        : await scaleInput(pixels, size, { kind: masked ? kind : DEFAULT_PREFILL, region, base: whole })
      if (bare && kind === 'device') pasteBare(sent.image, bare, await fillHere(sent.image, bare))
      return {
        ...sent,
        // No backend that heeds them works at another size.
        ...(isSame && guides.length > 0 && { guides: guidesFrom(guides, region) }),
        imageUrl: isLinked || isWhole ? await addressOf(source) : null,
        maskUrl: isLinked ? maskUrl : null,
        region,
        params: paramsOf(fields, values, untouched),
      }
    },
    distrust({ link }) {
      if (link.kind === 'url') distrusted.add(link.url)
    },
  }
  return preparer
}

function fullMask({ width, height }: Size): GrayImage {
  const mask = createGray(width, height)
  mask.data.fill(255)
  return mask
}
