import type { IccProfile } from '../raster'
import { SRGB_CURVE } from './curve'
import { type MatrixProfile, readMatrixProfile } from './iccProfile'

/** Primaries of sRGB adapted to D50. */
export const SRGB: MatrixProfile = {
  toXyz: [0.4360747, 0.3850649, 0.1430804, 0.2225045, 0.7168786, 0.0606169, 0.0139322, 0.0971045, 0.7141733],
  curves: [SRGB_CURVE, SRGB_CURVE, SRGB_CURVE],
}

/** Differences of primaries below this, and of curves below half a code, are rounding. */
const MATRIX_SLACK = 0.002
const CURVE_SLACK = 0.5 / 255

const known = new WeakMap<IccProfile, MatrixProfile | null>()

/** @returns null for sRGB: for no profile, for one that says sRGB, and for one that cannot be computed with */
export function spaceOf(profile: IccProfile | undefined): MatrixProfile | null {
  if (!profile) return null
  let space = known.get(profile)
  if (space === undefined) {
    space = readMatrixProfile(profile)
    if (space && isNearSrgb(space)) space = null
    known.set(profile, space)
  }
  return space
}

function isNearSrgb({ toXyz, curves }: MatrixProfile): boolean {
  const sameCurves = curves.every(({ light }) =>
    light.every((value, code) => Math.abs(value - SRGB_CURVE.light[code]) <= CURVE_SLACK),
  )
  return sameCurves && toXyz.every((value, i) => Math.abs(value - SRGB.toXyz[i]) <= MATRIX_SLACK)
}

/** True where values of the profile are not sRGB's. */
export function isOtherSpace(profile: IccProfile | undefined): boolean {
  return profile !== undefined && (readMatrixProfile(profile) === null || spaceOf(profile) !== null)
}

/**
 * The space to show a picture in: Display P3 where its colours may lie outside sRGB. The browser brings it to what the
 * screen has.
 */
export function shownSpace(profile: IccProfile | undefined): 'srgb' | 'display-p3' {
  return spaceOf(profile) ? 'display-p3' : 'srgb'
}
