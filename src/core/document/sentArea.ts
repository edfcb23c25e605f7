import type { Rect } from '../geometry'
import { DEFAULT_CONTEXT } from '../image/contextLimits'

/** Which part of the picture goes to the model. */
export type SentArea =
  /** The mask with its surroundings, so it follows the mask; whole percents: 0 is the mask only, 100 the whole picture. */
  | { readonly kind: 'around'; readonly context: number }
  /** px of the base; brought to the model's shape, and into the frame, when it is sent. */
  | { readonly kind: 'rect'; readonly rect: Rect }

/** What a picture opens with. */
export const DEFAULT_SENT: SentArea = { kind: 'around', context: DEFAULT_CONTEXT }
