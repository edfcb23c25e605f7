/** From an encoded value to light, both 0..1; rises. */
export type Evaluate = (encoded: number) => number

/** A tone curve on 8-bit codes. */
export interface Curve {
  /** Light of each code, 0..1. */
  readonly light: Float64Array
  /** @returns the code whose rounding range holds the light */
  readonly encode: (light: number) => number
}

/** Light is looked up in this many steps before the exact comparison. */
const STEPS = 4096

export function curveOf(evaluate: Evaluate): Curve {
  const light = Float64Array.from({ length: 256 }, (_, code) => evaluate(code / 255))
  // The light where one code's range ends and the next one's begins.
  const ends = Float64Array.from({ length: 256 }, (_, code) =>
    code === 255 ? Infinity : evaluate((code + 0.5) / 255),
  )
  const first = new Uint8Array(STEPS + 1)
  for (let step = 0, code = 0; step <= STEPS; step++) {
    while (ends[code] <= step / STEPS) code++
    first[step] = code
  }
  return {
    light,
    encode(value) {
      if (value <= 0) return first[0]
      if (value >= 1) return first[STEPS]
      let code = first[Math.floor(value * STEPS)]
      while (ends[code] <= value) code++
      return code
    },
  }
}

/** @see IEC 61966-2-1 */
export const SRGB_CURVE = curveOf((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4))
