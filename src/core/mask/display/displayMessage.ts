import type { Rect } from '../../geometry'
import type { ScreenSetup } from './maskScreen'

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
  | { readonly kind: 'show'; readonly setup: ScreenSetup; readonly coverage: Uint8Array<ArrayBuffer> }
  /** Once a frame: what has changed, and where the ring is now. */
  | {
      readonly kind: 'frame'
      readonly change: { readonly part: Rect; readonly coverage: Uint8Array<ArrayBuffer> } | null
      readonly ring: RingShape | null
    }
