import type { ScreenSetup } from './maskScreen'
import type { ScreenCoverage } from './sampleMask'

/** The brush's ring. Lengths in device px, from the canvas's corner. */
export interface RingShape {
  readonly x: number
  readonly y: number
  /** Radius of the painted width. */
  readonly outer: number
  /** Radius of full coverage; null where it is not shown. */
  readonly inner: number | null
  /** Width of its lines. */
  readonly line: number
}

/** What the page tells the worker that paints the mask. */
export type DisplayMessage =
  | { readonly kind: 'open'; readonly canvas: OffscreenCanvas; readonly isStill: boolean }
  /** Shows another view; the worker answers `shown` once it is painted. */
  | { readonly kind: 'show'; readonly setup: ScreenSetup; readonly marked: ScreenCoverage }
  /** Once a frame: what has changed, and where the ring is now. */
  | {
      readonly kind: 'frame'
      readonly change: ScreenCoverage | null
      readonly ring: RingShape | null
    }
