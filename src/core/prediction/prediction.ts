import type { AppErrorData } from '../errors'
import type { Rect } from '../geometry'
import type { GrayImage, RgbaImage } from '../image/raster'
import type { GuideLine } from '../mask/guideLine'
import type { JsonValue } from '../json'

export const PREDICTION_STATUSES = [
  'starting',
  'processing',
  'succeeded',
  'failed',
  'canceled',
  'aborted',
] as const

export type PredictionStatus = (typeof PREDICTION_STATUSES)[number]

/** True for a status that never changes again. */
export function isTerminal(status: PredictionStatus): boolean {
  return status !== 'starting' && status !== 'processing'
}

/**
 * Everything a run depends on. Holds pixels, not files: only a backend that sends files encodes them. `image` and
 * `mask` have the same size: the model's where it has one, else that of `region`.
 */
export interface PredictionInput {
  readonly image: RgbaImage
  /** A public address of exactly this picture; null where there is none. */
  readonly imageUrl: string | null
  /** A public address of exactly this mask, in the tones that the model takes; null where there is none. */
  readonly maskUrl: string | null
  /** 255 is repainted, 0 stays. */
  readonly mask: GrayImage
  /** Of the mask's size: only where it is above 127 may be copied from. Left out, everything may. */
  readonly sources?: GrayImage
  /** Lines that the fill continues, px of `image`. Left out, there are none. */
  readonly guides?: readonly GuideLine[]
  /** The area that image and mask show, px of the source picture; may reach over its edge. */
  readonly region: Rect
  /** By schema name; blank fields are left out. */
  readonly params: Readonly<Record<string, JsonValue>>
}

/**
 * One output: an address to fetch (http, https or data URI), or pixels.
 * `at`: the part of the input's picture that `image` shows, px of it; left out where it shows all of it.
 */
export type OutputRef =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'pixels'; readonly image: RgbaImage; readonly at?: Rect }

/** Where an output's fine detail comes from: the photo, in the shapes that the model gave, or the model itself. */
export const DETAIL_SOURCES = ['photo', 'model'] as const

export type DetailSource = (typeof DETAIL_SOURCES)[number]

/** `turn`: the backend is busy with another run. `model`: it loads its model. */
export type WaitsFor = 'turn' | 'model'

export interface Prediction {
  readonly id: string
  readonly status: PredictionStatus
  readonly outputs: readonly OutputRef[]
  readonly error: AppErrorData | null
  readonly logs: string
  /** 0..1; null where unknown. */
  readonly progress: number | null
  /** One for each output, as far as the backend tells. */
  readonly seeds: readonly number[]
  /** One for each output; left out where the backend makes them in one way. */
  readonly details?: readonly DetailSource[] | undefined
  /** Place of the output that the backend judges best; left out where it does not judge. */
  readonly best?: number | undefined
  /** The backend's own status where it is not one of `PREDICTION_STATUSES`. */
  readonly rawStatus: string | null
  /** Why it has not begun, where the backend tells; left out where it does not. */
  readonly waitsFor?: WaitsFor | undefined
  /** Outputs beyond the limit that were left out. */
  readonly moreOutputs?: number
  /** Seconds of computing, where the backend tells. */
  readonly predictSeconds: number | null
}

/** @returns the seed of an output; one seed that the backend tells is that of all outputs; null where it tells none */
export function seedOf(seeds: readonly number[], place: number): number | null {
  return seeds[place] ?? (seeds.length === 1 ? seeds[0] : null)
}
