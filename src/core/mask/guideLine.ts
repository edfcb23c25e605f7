import type { ImagePoint } from '../geometry'

/** A line that the user draws across a hole, along what shall go on in it: a horizon, a stem, a wire, an edge. */
export interface GuideLine {
  /** Its corners, px of the picture; in a request for a part of that, px of the part. */
  readonly points: readonly ImagePoint[]
}
