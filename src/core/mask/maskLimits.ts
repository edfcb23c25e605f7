/** In a file of their own: the start page needs these numbers, not the code that keeps to them. */

/** Max brush diameter, image px. */
export const MAX_BRUSH_SIZE = 1_000

/** Max radius of growing, shrinking, feathering and smoothing, image px. */
export const MAX_RADIUS = 200

/** Parts and gaps with fewer pixels are likely mistakes. */
export const SPECK_PIXELS = 64
