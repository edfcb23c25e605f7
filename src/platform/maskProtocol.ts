import type { AppErrorData } from '../core/errors'
import type { Rect, Size } from '../core/geometry'
import type { MaskBand, TileChange } from '../core/mask/command/maskBand'
import type { MaskCommand } from '../core/mask/command/maskCommand'
import type { MaskReview } from '../core/mask/lint/maskLint'
import type { Selection } from '../core/mask/select/selection'

/** The picture that selections look at: announced, then sent in parts, so that no task of the page is long. */
export type MaskPictureMessage =
  | { readonly kind: 'picture'; readonly key: string; readonly width: number; readonly height: number }
  | { readonly kind: 'part'; readonly offset: number; readonly bytes: Uint8ClampedArray<ArrayBuffer> }

/** What is likely to be asked next: its code is compiled meanwhile. Not answered. */
export interface MaskWarmUp {
  readonly kind: 'warm'
  readonly what: 'selections' | 'operations'
}

/** Requests to the mask worker; each is answered once, under its id. */
export type MaskRequest =
  | {
      readonly id: number
      readonly kind: 'command'
      readonly band: MaskBand
      readonly command: MaskCommand
    }
  /** @see reviewMask */
  | { readonly id: number; readonly kind: 'review'; readonly mask: MaskBand; readonly model: Size | null }
  | {
      readonly id: number
      readonly kind: 'select'
      /** Of the picture, which the worker has by then. */
      readonly key: string
      readonly selection: Selection
    }

export type MaskReply =
  | { readonly id: number; readonly kind: 'changes'; readonly changes: readonly TileChange[] }
  /** Where something was selected, and the coverage there as `encodeRuns` writes it. */
  | {
      readonly id: number
      readonly kind: 'selection'
      readonly rect: Rect
      readonly runs: Uint8Array<ArrayBuffer>
    }
  | { readonly id: number; readonly kind: 'review'; readonly review: MaskReview | null }
  | { readonly id: number; readonly kind: 'error'; readonly error: AppErrorData }
