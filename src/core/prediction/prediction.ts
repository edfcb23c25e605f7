import type { AppErrorData } from '../errors'
import type { Rect } from '../geometry'
import type { GrayImage, RgbaImage } from '../image/raster'
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

/** Nothing changes any more after one of these. */
export function isTerminal(status: PredictionStatus): boolean {
  return status !== 'starting' && status !== 'processing'
}

/**
 * All a run depends on. Pixels, not files: a backend that sends files encodes them, one that computes here does not.
 * image and mask have the same size: the model's where it has one, else `region`'s.
 */
export interface PredictionInput {
  readonly image: RgbaImage
  /** A public address of exactly this picture; null where there is none. */
  readonly imageUrl: string | null
  /** 255 is repainted, 0 is kept. */
  readonly mask: GrayImage
  /** What image and mask show, px of the source picture; may reach over its edge. */
  readonly region: Rect
  /** By schema name: only what is to be sent. */
  readonly params: Readonly<Record<string, JsonValue>>
}

/** One output: an address to fetch (http, https or data URI), or pixels. */
export type OutputRef =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'pixels'; readonly image: RgbaImage }

export interface Prediction {
  readonly id: string
  readonly status: PredictionStatus
  readonly outputs: readonly OutputRef[]
  readonly error: AppErrorData | null
  readonly logs: string
  /** 0..1; null where nothing true is known. */
  readonly progress: number | null
  /** Seeds by output, as far as the backend tells. */
  readonly seeds: readonly number[]
  /** The status as the backend spelled it, where it is not one of ours. */
  readonly rawStatus: string | null
  /** How many more outputs there were than are taken. */
  readonly moreOutputs?: number
  /** Seconds of computing, where the backend tells. */
  readonly predictSeconds: number | null
}
