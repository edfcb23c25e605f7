import type { FilledPart } from '../core/image/filledPart'
import type { GrayImage, RgbaImage } from '../core/image/raster'
import type { GuideLine } from '../core/mask/guideLine'

/** The engine that a fill runs on where none is chosen. */
export const DEFAULT_ENGINE_ID = 'content-aware-fill'

export const FILL_QUALITIES = ['fast', 'standard', 'best'] as const

/** How many rounds a fill takes: `standard` is the best trade-off measured. */
export type FillQuality = (typeof FILL_QUALITIES)[number]

/** Sides of the compared patches, px: larger ones keep structure, smaller ones fit into tight places. */
export const PATCH_SIDES = [7, 5, 3] as const

/** How many kinds of fills there are: a seed's remainder by it says which, 0 the most trusted. */
export const KIND_COUNT = 4

/** `none`: pixels are copied as they are. `default`: light is continued where it changes as a plane does. `high`: it is followed closely. */
export const COLOR_ADAPTATIONS = ['none', 'default', 'high'] as const

/** How what is copied may be changed. */
export interface Adaptation {
  readonly mirror: boolean
  /** By quarter turns. */
  readonly rotate: boolean
  /** To 0.8 and 1.25 of its size. */
  readonly scale: boolean
  readonly color: (typeof COLOR_ADAPTATIONS)[number]
}

export interface FillRequest {
  readonly image: RgbaImage
  /** Of the image's size. Every pixel above 0 is filled, so that a soft edge has something to blend into. */
  readonly mask: GrayImage
  /**
   * Of the image's size: where it is above 127 may be copied from; the rest is only compared with. Left out, everything
   * may. Whole patches have to lie in it.
   */
  readonly sources?: GrayImage | undefined
  /**
   * The picture with its hole filled by something else, smaller: the coarse levels show it instead of a guess. Its alpha
   * does not count.
   */
  readonly start?: RgbaImage | undefined
  /** Lines across the hole, px of `image`: patches along one are taken from along its known parts. Others are ignored. */
  readonly guides?: readonly GuideLine[] | undefined
  /** Left out, nothing but the light is adapted, as by `default`. */
  readonly adaptation?: Partial<Adaptation> | undefined
  /** Seeds the random numbers, and sets how far patches may come from: neighbouring seeds differ usefully. */
  readonly seed: number
  readonly quality: FillQuality
  /** The largest side to try; smaller ones follow where no whole patch is known. */
  readonly patchSide: (typeof PATCH_SIDES)[number]
}

export interface Fitted {
  /** How ill the copied pieces meet: of fills of one picture and mask the least looks most of a piece. 0 where none is copied. */
  readonly misfit: number
}

export interface FilledImage extends RgbaImage, Fitted {}

/** The part that was masked. */
export interface EngineAnswer extends FilledPart, Fitted {}

/** Fills the masked part of a picture from the rest of it. */
export interface FillEngine {
  /**
   * @param onProgress called with 0..1, never less than before
   * @returns a picture of the same size; pixels whose mask is 0 have the same bytes
   * @throws AppError `engine/no-source` where there is nothing to fill from, `engine/no-sampling` where `sources` leaves
   * nothing
   */
  run(request: FillRequest, onProgress: (fraction: number) => void): Promise<FilledImage>
  /**
   * As `run`, in less memory.
   * @param request its pixels are freed as soon as nothing needs them: they are gone afterwards
   * @returns the part that was masked, with a margin
   */
  runPart(request: FillRequest, onProgress: (fraction: number) => void): Promise<EngineAnswer>
}
