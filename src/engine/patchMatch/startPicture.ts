import type { RgbaImage } from '../../core/image/raster'
import { resampleRgba } from '../../core/image/resample'
import type { Random } from '../random'
import type { Level } from './level'
import { writeTexture } from './pyramid'
import type { OffsetField } from './offsetField'

/** @returns whether a picture to start from shows as much of the hole as a level has room for */
export function isShownBy(start: RgbaImage, { width, height }: Level): boolean {
  return width <= start.width && height <= start.height
}

/** Writes the hole's colours and their texture, as the picture to start from has them. */
export function paintStart(level: Level, start: RgbaImage): void {
  const { width, height, color, hole } = level
  const { data } = resampleRgba(start, width, height)
  const whole: Level = { ...level, color: color.slice(), known: new Uint8Array(hole.length).fill(1) }
  for (let p = 0; p < hole.length; p++) {
    if (hole[p]) whole.color[p] = data[p * 4] | (data[p * 4 + 1] << 8) | (data[p * 4 + 2] << 16)
  }
  writeTexture(whole, TEXTURE_GAIN)
  for (let p = 0; p < hole.length; p++) if (hole[p]) color[p] = whole.color[p]
}

/** As of the levels that have room for several: see `planLevels`. */
const TEXTURE_GAIN = 4

/** Matches to search on from, where none was placed and there is nothing to take them over from. */
export function matchAnywhere(field: OffsetField, random: Random): void {
  const { match, placed } = field
  for (let i = 0; i < match.length; i++) if (!placed[i]) match[i] = field.randomSource(random)
}
