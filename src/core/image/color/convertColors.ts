import { createRgba, type IccProfile, type RgbaImage } from '../raster'
import { SRGB_CURVE } from './curve'
import type { MatrixProfile } from './iccProfile'
import { spaceOf, SRGB } from './shownSpace'

/** Primaries of Display P3 adapted to D50. */
const DISPLAY_P3: MatrixProfile = {
  toXyz: [0.5151187, 0.2919778, 0.1571035, 0.2411892, 0.6922441, 0.0665668, -0.0010505, 0.0418791, 0.7840713],
  curves: [SRGB_CURVE, SRGB_CURVE, SRGB_CURVE],
}

/** Converts values to Display P3. @see convertColors */
export function toDisplayP3(image: RgbaImage): Pick<RgbaImage, 'width' | 'height' | 'data'> {
  return convert(image, spaceOf(image.profile) ?? SRGB, DISPLAY_P3)
}

/**
 * Converts values from the image's own profile to another: exact to rounding, colours outside the other space are
 * clipped, alpha stays. A profile by tables counts as sRGB here: only a browser converts it.
 * @param profile left out for sRGB
 * @returns with `profile`; the image's own values where both spaces are one
 */
export function convertColors(image: RgbaImage, profile?: IccProfile): RgbaImage {
  const from = spaceOf(image.profile)
  const to = spaceOf(profile)
  const { width, height, data } = image
  if (from === to || isSameProfile(image.profile, profile)) {
    return { width, height, data, ...(profile ? { profile } : {}) }
  }
  return convert(image, from ?? SRGB, to ?? SRGB, profile)
}

function convert(
  { width, height, data }: RgbaImage,
  from: MatrixProfile,
  to: MatrixProfile,
  profile?: IccProfile,
): RgbaImage {
  const out = createRgba(width, height, profile)
  const matrix = product(inverse(to.toXyz), from.toXyz)
  const [r, g, b] = from.curves.map(({ light }) => light)
  const [encodeR, encodeG, encodeB] = to.curves.map(({ encode }) => encode)
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = matrix
  let last = -1
  for (let i = 0; i < data.length; i += 4) {
    out.data[i + 3] = data[i + 3]
    const color = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2]
    // Neighbours are often alike.
    if (color === last) {
      out.data[i] = out.data[i - 4]
      out.data[i + 1] = out.data[i - 3]
      out.data[i + 2] = out.data[i - 2]
      continue
    }
    last = color
    const x = r[data[i]]
    const y = g[data[i + 1]]
    const z = b[data[i + 2]]
    out.data[i] = encodeR(m0 * x + m1 * y + m2 * z)
    out.data[i + 1] = encodeG(m3 * x + m4 * y + m5 * z)
    out.data[i + 2] = encodeB(m6 * x + m7 * y + m8 * z)
  }
  return out
}

function isSameProfile(a: IccProfile | undefined, b: IccProfile | undefined): boolean {
  return a === b || (a?.length === b?.length && a !== undefined && a.every((byte, i) => byte === b?.[i]))
}

function product(a: readonly number[], b: readonly number[]): number[] {
  return [0, 3, 6].flatMap((row) =>
    [0, 1, 2].map((column) => a[row] * b[column] + a[row + 1] * b[column + 3] + a[row + 2] * b[column + 6]),
  )
}

function inverse([a, b, c, d, e, f, g, h, i]: readonly number[]): number[] {
  const scale = 1 / (a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g))
  const adjugate = [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ]
  return adjugate.map((value) => value * scale)
}
