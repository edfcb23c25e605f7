import type { GrayImage } from './raster'

/** Above this a pixel belongs to a sampling area: where soft edges look like its border. */
export const MIN_SAMPLED = 127
/** A hole finds enough to copy from in this many times its own area. */
const ENOUGH = 2

/** @returns whether a part of a picture holds enough of a sampling area to fill its hole. Both have its size. */
export function hasEnoughToSample(mask: GrayImage, sources: GrayImage): boolean {
  let hole = 0
  let sampled = 0
  for (let p = 0; p < mask.data.length; p++) {
    if (mask.data[p] > 0) hole++
    else if (sources.data[p] > MIN_SAMPLED) sampled++
  }
  return sampled >= ENOUGH * hole
}
